//! Which times of a link are offered: the facts for the slot engine, read from the database, and what it says.

mod facts;

use std::collections::HashMap;

use platform::{Result, Tx};
use types::accounts::UserState;
use types::booking::BookingLinkState;
use types::{MeetingId, Timestamp, UserId};

use crate::store::links::{HostRow, LinkRow};
use crate::store::meetings;

pub(crate) use facts::{Facts, bookable, first_zone};

/// What is not in the way of whoever asks.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Own {
    /// The meeting that is to be moved.
    pub(crate) meeting: Option<MeetingId>,
    /// The hash of the token of the visitor's own hold.
    pub(crate) hold: Option<String>,
}

/// A stretch of time: the first instant, and the first one after it.
pub(crate) type Stretch = (Timestamp, Timestamp);

/// The hosts of a link and whether it can be booked, without looking at times.
#[derive(Clone, Debug)]
pub(crate) struct Standing {
    /// The hosts whose times are offered.
    pub(crate) hosts: Vec<HostRow>,
    /// The hosts who are left out.
    pub(crate) excluded: Vec<UserId>,
    /// Those among them who are left out because a calendar cannot be reached.
    pub(crate) unreachable: Vec<UserId>,
    /// Whether the link can be booked.
    pub(crate) state: BookingLinkState,
    /// When the hosts' calendars were read, the one that was read longest ago.
    pub(crate) synced_at: Option<Timestamp>,
    /// Up to when the calendars of hosts are known: what is later is not known to be free.
    pub(crate) known_until: HashMap<UserId, Timestamp>,
}

impl Standing {
    /// The hosts whose times are offered.
    pub(crate) fn host_ids(&self) -> Vec<UserId> {
        self.hosts.iter().map(|host| host.user_id).collect()
    }
}

/// Where a link stands for a meeting that was booked by it: whoever was booked stays booked, also when they left the link. The
/// booking that a link was full with has ended it, and can be moved nevertheless.
pub(crate) fn standing_of_meeting(tx: &mut Tx<'_>, link: &LinkRow, meeting: MeetingId) -> Result<Standing> {
    let hosts = hosts_of_meeting(tx, meeting)?;
    let is_full = match link.settings.0.most_bookings {
        Some(most) => meetings::count_of_link(tx, link.id)? >= i64::from(most),
        None => false,
    };
    let link = LinkRow { ended_at: link.ended_at.filter(|_| !is_full), ..link.clone() };
    standing(tx, &link, hosts)
}

/// The hosts of a meeting, as those of a link.
pub(crate) fn hosts_of_meeting(tx: &mut Tx<'_>, meeting: MeetingId) -> Result<Vec<HostRow>> {
    let mut hosts = Vec::new();
    for user_id in meetings::hosts_of(tx, meeting)? {
        let user = accounts::users::find(tx, user_id)?;
        let is_active = user.state == UserState::Active;
        hosts.push(HostRow { user_id, weight: 1, name: user.name, email: user.email, is_active });
    }
    Ok(hosts)
}

/// Where a link stands.
pub(crate) fn standing(tx: &mut Tx<'_>, link: &LinkRow, hosts: Vec<HostRow>) -> Result<Standing> {
    facts::standing(tx, link, hosts)
}
