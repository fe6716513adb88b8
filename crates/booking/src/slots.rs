//! Which times of a link are offered: the facts for the slot engine, read from the database, and what it says.

mod facts;

use platform::{Result, Tx};
use types::booking::BookingLinkState;
use types::{MeetingId, Timestamp, UserId};

use crate::store::links::{self, HostRow, LinkRow};
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
}

/// Where a link stands for a meeting that was booked by it: whoever was booked stays booked.
pub(crate) fn standing_of_meeting(tx: &mut Tx<'_>, link: &LinkRow, meeting: MeetingId) -> Result<Standing> {
    let booked = meetings::hosts_of(tx, meeting)?;
    let mut hosts = links::hosts_of(tx, link.id)?;
    hosts.retain(|host| booked.contains(&host.user_id));
    standing(tx, link, hosts)
}

/// Where a link stands.
pub(crate) fn standing(tx: &mut Tx<'_>, link: &LinkRow, hosts: Vec<HostRow>) -> Result<Standing> {
    facts::standing(tx, link, hosts)
}
