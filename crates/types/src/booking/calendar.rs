//! Calendars that say when a host is busy.

use crate::wire::{paths, queries, replies, requests, text_enum};
use crate::{CalendarAccountId, CalendarId, ConnectionId, Timestamp};

text_enum! {
    /// Where calendars are kept.
    pub enum CalendarProvider {
        /// A server that speaks CalDAV (RFC 4791). Read, written to, and kept the same both ways.
        CalDav = "caldav",
        /// Google Calendar. Read, written to, and kept the same both ways.
        Google = "google",
        /// Outlook and Microsoft 365. Read, written to, and kept the same both ways.
        Microsoft = "microsoft",
        /// An address with a calendar file (RFC 5545). Read alone.
        Feed = "feed",
    }
}

impl CalendarProvider {
    /// Whether it is a service with a sign-in of its own, with a web page of each event, and with video conferences.
    #[must_use]
    pub const fn is_online_service(self) -> bool {
        matches!(self, Self::Google | Self::Microsoft)
    }
}

text_enum! {
    /// Whether a calendar can be used.
    pub enum CalendarState {
        /// It has not been read yet.
        Pending = "pending",
        /// It can.
        Ok = "ok",
        /// Its server cannot be reached.
        Unreachable = "unreachable",
        /// Its server does not accept the sign-in any more: connect it again.
        Refused = "refused",
    }
}

replies! {
    /// A calendar of an account.
    pub struct Calendar {
        /// The calendar's id.
        pub id: CalendarId,
        /// Its name as its owner sees it.
        pub name: String,
        /// `#rrggbb`, when it has a colour.
        pub color: Option<String>,
        /// Its zone, as an IANA name.
        pub time_zone: Option<String>,
        /// Whether its owner is whoever signed in: no other can be added.
        pub is_owned: bool,
        /// Whether events can be written to it.
        pub is_writable: bool,
        /// Whether it was added, so that what stands in it takes the time.
        pub is_added: bool,
        /// Whether meetings are written to it.
        pub is_default: bool,
        /// Whether events with contacts become meetings, and changes made there come back.
        pub is_two_way: bool,
        /// Whether it can be used.
        pub state: CalendarState,
        /// Why not, in a sentence.
        pub error: Option<String>,
        /// When it was read last.
        pub synced_at: Option<Timestamp>,
    }

    /// A sign-in at a keeper of calendars, or a feed.
    pub struct CalendarAccount {
        /// The account's id.
        pub id: CalendarAccountId,
        /// Where it is kept.
        pub provider: CalendarProvider,
        /// The address or the name it is known by.
        pub name: String,
        /// Whether it can be used.
        pub state: CalendarState,
        /// Why not, in a sentence.
        pub error: Option<String>,
        /// Whether events can be kept the same both ways: not with a feed.
        pub can_two_way: bool,
        /// Its calendars, by name.
        pub calendars: Vec<Calendar>,
    }

    /// Your accounts.
    pub struct CalendarAccounts {
        /// In the order in which they were connected.
        pub items: Vec<CalendarAccount>,
    }
}

/// What to connect.
#[derive(Clone, Debug, PartialEq, serde::Serialize, serde::Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(tag = "provider", rename_all = "lowercase", deny_unknown_fields)]
pub enum ConnectCalendars {
    /// A server that speaks CalDAV.
    CalDav {
        /// The address of the server or of a calendar: at most 2000 characters.
        url: String,
        /// The name to sign in with: at most 200 characters.
        user_name: String,
        /// The password: at most 500 characters. It is kept sealed.
        password: String,
    },
    /// A Google account that was connected before (`start_connection`).
    Google {
        /// The connection.
        connection_id: ConnectionId,
    },
    /// A Microsoft account that was connected before (`start_connection`).
    Microsoft {
        /// The connection.
        connection_id: ConnectionId,
    },
    /// An address with a calendar file.
    Feed {
        /// The address: `https`, or `webcal` for the same: at most 2000 characters.
        url: String,
        /// What to call it: 1 to 100 characters.
        name: String,
    },
}

requests! {
    /// How a calendar is used.
    #[derive(Eq)]
    pub struct UpdateCalendar {
        /// Whether what stands in it takes the time.
        pub is_added: bool,
        /// Whether meetings are written to it. The one that was the default before is not any more.
        pub is_default: bool,
        /// Whether events with contacts become meetings, and changes made there come back.
        pub is_two_way: bool,
    }
}

queries! {
    /// What Microsoft asks before it tells of changes.
    pub struct MicrosoftPush {
        /// What is to be answered: at most 500 characters.
        #[serde(rename = "validationToken")]
        pub validation_token: Option<String>,
    }
}

paths! {
    /// The id of an account.
    pub struct CalendarAccountPath {
        /// The account.
        pub calendar_account_id: CalendarAccountId,
    }

    /// The id of a calendar.
    pub struct CalendarPath {
        /// The calendar.
        pub calendar_id: CalendarId,
    }
}
