//! Calendars of others, as one outside thing: CalDAV (RFC 4791), Google, Microsoft and read-only ICS feeds (RFC 5545). No
//! actor, no tables. Whoever asks brings the credentials.
//!
//! Map: `model` what calendars and their events are here, whoever keeps them; `error` why something was not done; `ical`
//! iCalendar texts read and written; `caldav` calendars on CalDAV servers; `feed` calendars that are only published.

pub mod caldav;
mod error;
pub mod feed;
pub mod ical;
mod model;

pub use error::{Error, Result};
pub use model::{
    Attendee, CalendarInfo, Changes, Draft, Event, Organizer, Participation, SyncToken, Window, Written,
};
