//! A meeting with those whom it is for, read once for all mails about it.

use accounts::mails::NewMail;
use accounts::users;
use platform::{Result, Tx};
use types::UserId;
use types::accounts::{Locale, UserState};
use types::booking::BookingLanguage;

use crate::invitees::Invitee;
use crate::store::meetings::{self, MeetingRow};
use crate::store::profiles;
use crate::{conferences, invitees};

/// A user who takes part.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Host {
    pub(crate) id: UserId,
    pub(crate) name: String,
    pub(crate) email: String,
    /// Whether they work here.
    pub(crate) is_active: bool,
    /// The language that they are spoken to.
    pub(crate) language: BookingLanguage,
    /// The zone that they have chosen, as an IANA name; nothing when they have not.
    pub(crate) zone: Option<String>,
}

impl Host {
    /// A user as a host.
    pub(crate) fn of(tx: &mut Tx<'_>, id: UserId) -> Result<Self> {
        let user = users::find(tx, id)?;
        let language = match users::locale_of(tx, id)? {
            Locale::English => BookingLanguage::English,
            Locale::French => BookingLanguage::French,
        };
        let zone = profiles::find(tx, id)?.map(|profile| profile.time_zone);
        let is_active = user.state == UserState::Active;
        Ok(Self { id, name: one_line(&user.name), email: user.email, is_active, language, zone })
    }

    /// The country whose way of writing dates and times is used where none was chosen.
    pub(super) fn country(&self) -> &'static str {
        match self.language {
            BookingLanguage::English => "GB",
            BookingLanguage::French => "FR",
        }
    }
}

/// A meeting with those whom it is for.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct About<'a> {
    pub(crate) row: &'a MeetingRow,
    /// In order; those too who do not work here any more.
    pub(crate) hosts: Vec<Host>,
    /// The contact as users know it.
    pub(crate) contact_name: String,
    /// The contact as whoever is written to.
    pub(crate) invitee: Invitee,
    /// Whether its video conference has no address yet.
    pub(crate) awaits_conference: bool,
}

impl<'a> About<'a> {
    /// Reads what there is to know.
    pub(crate) fn of(tx: &mut Tx<'_>, row: &'a MeetingRow) -> Result<Self> {
        let mut hosts = Vec::new();
        for id in meetings::hosts_of(tx, row.id)? {
            hosts.push(Host::of(tx, id)?);
        }
        let contact_name = crm::contacts::find(tx, row.contact_id)?.name;
        let invitee = invitees::of(tx, row)?;
        let awaits_conference = conferences::is_awaited(tx, row)?;
        Ok(Self { row, hosts, contact_name, invitee, awaits_conference })
    }

    /// The host in whose name the guests are written to, and who reads their answers.
    pub(crate) fn sender(&self) -> Option<&Host> {
        self.hosts.iter().find(|host| host.is_active)
    }

    /// Whether the meeting stands in the calendar of this host.
    pub(super) fn is_first(&self, host: &Host) -> bool {
        self.hosts.first().is_some_and(|first| first.id == host.id)
    }

    /// The names of the hosts.
    pub(super) fn host_names(&self) -> String {
        self.hosts.iter().map(|host| host.name.as_str()).collect::<Vec<_>>().join(", ")
    }
}

/// A mail in the name of a host, who reads the answers.
pub(super) fn in_name_of(host: Option<&Host>, mail: NewMail) -> NewMail {
    let (from_name, reply_to) = host.map(|host| (host.name.clone(), host.email.clone())).unzip();
    NewMail { from_name, reply_to, ..mail }
}

/// What becomes part of a header is one line.
pub(super) fn one_line(text: &str) -> String {
    text.chars().map(|c| if c.is_control() { ' ' } else { c }).collect()
}
