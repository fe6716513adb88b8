//! What calendars and their events are here, whoever keeps them.

use types::Timestamp;

/// A calendar that an account has.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CalendarInfo {
    /// What the provider calls it: for CalDAV the absolute address of the collection.
    pub external_id: String,
    /// Its name as its owner sees it.
    pub name: String,
    /// `#rrggbb`, when it has a colour.
    pub color: Option<String>,
    /// Whether the provider says that it is the account's own main calendar.
    pub is_primary: bool,
    /// Whether the account owns it; of others' calendars it is at most a reader.
    pub is_owned: bool,
    /// Whether events can be written to it.
    pub is_writable: bool,
    /// Its zone, as an IANA name.
    pub time_zone: Option<String>,
}

/// A stretch of time: from an instant on, until another, which is not part of it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Window {
    /// The first instant.
    pub from: Timestamp,
    /// The first instant after it.
    pub until: Timestamp,
}

/// Where an earlier answer ended, for asking what changed since. It means something to its own server alone.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SyncToken(pub String);

/// Whether somebody comes (PARTSTAT, RFC 5545, section 3.2.12).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Participation {
    /// They have not said.
    NeedsAction,
    /// They come.
    Accepted,
    /// They do not come.
    Declined,
    /// They may come.
    Tentative,
}

/// Who an event is from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Organizer {
    /// Their name, as far as it is known.
    pub name: Option<String>,
    /// Their e-mail address.
    pub email: String,
}

/// Somebody who is invited to an event.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Attendee {
    /// Their name, as far as it is known.
    pub name: Option<String>,
    /// Their e-mail address.
    pub email: String,
    /// Whether they come.
    pub participation: Participation,
}

/// One happening of an event: each instance of a recurring one is an event of its own here.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Event {
    /// What the provider calls the event: for CalDAV the absolute address of the resource, shared by all instances.
    pub external_id: String,
    /// Which instance of a recurring event it is, as its provider names it; empty for an event that happens once.
    pub instance: String,
    /// The UID (RFC 5545, section 3.8.4.7), which is the same in everybody's calendar.
    pub uid: String,
    /// The version of the resource (ETag).
    pub etag: Option<String>,
    /// When it begins.
    pub starts_at: Timestamp,
    /// When it is over.
    pub ends_at: Timestamp,
    /// Whether it takes whole days. The instants are those of the calendar's zone.
    pub is_all_day: bool,
    /// Whether it takes the time: it is opaque (TRANSP) and neither cancelled (STATUS) nor declined by the owner.
    pub is_busy: bool,
    /// Whether it was called off.
    pub is_cancelled: bool,
    /// Its title.
    pub summary: String,
    /// Its description, as plain text.
    pub description: String,
    /// Where it is.
    pub location: String,
    /// Who it is from.
    pub organizer: Option<Organizer>,
    /// Who is invited.
    pub attendees: Vec<Attendee>,
    /// Its revision (SEQUENCE).
    pub sequence: u32,
    /// The address of its video conference, as far as the provider knows one.
    pub conference_url: Option<String>,
}

/// What changed in a calendar.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Changes {
    /// Whether `events` is all that there is in the window, so that whatever is not in it is gone.
    pub is_full: bool,
    /// The external ids of the events that changed or went: what was known of them holds no more.
    pub changed_ids: Vec<String>,
    /// The instances, in the window, of the events that are new or changed.
    pub events: Vec<Event>,
    /// For asking again.
    pub token: Option<SyncToken>,
}

/// An event as we want it to stand in a calendar.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Draft {
    /// Its UID, chosen by us: writing again with the same makes no second event. Letters, digits, `-`, `.` and `@` alone.
    pub uid: String,
    /// Its revision.
    pub sequence: u32,
    /// When it begins.
    pub starts_at: Timestamp,
    /// When it is over.
    pub ends_at: Timestamp,
    /// The zone that it is written in, as an IANA name.
    pub time_zone: String,
    /// Its title.
    pub summary: String,
    /// Its description, as plain text.
    pub description: String,
    /// Where it is.
    pub location: String,
    /// Who it is from.
    pub organizer: Organizer,
    /// Who is invited, by us. CalDAV keeps them in the event, as such (RFC 6638, section 7.1); Google and Microsoft, who would
    /// show or write to them, are not told.
    pub attendees: Vec<Attendee>,
    /// Whether the event is from, and for, whom it is in the calendar already: somebody made it there.
    pub keeps_people: bool,
    /// The address of a video conference that was made elsewhere.
    pub conference_url: Option<String>,
    /// Whether the provider is to make a video conference for it, where it can.
    pub wants_conference: bool,
}

/// An event that was written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Written {
    /// What the provider calls it.
    pub external_id: String,
    /// Its version now.
    pub etag: Option<String>,
    /// The address where its owner sees it in a browser.
    pub url: Option<String>,
    /// The address of its video conference, when one was made.
    pub conference_url: Option<String>,
}
