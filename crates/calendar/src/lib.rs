//! Calendars of others, as one outside thing: CalDAV (RFC 4791), Google, Microsoft and read-only ICS feeds (RFC 5545). No
//! actor, no tables. Whoever asks brings the credentials.
//!
//! Map: `model` what calendars and their events are here, whoever keeps them; `error` why something was not done; `ical`
//! iCalendar texts read and written; `caldav` calendars on CalDAV servers; `feed` calendars that are only published; `google` and
//! `microsoft` those two, over `rest`.

pub mod caldav;
mod error;
pub mod feed;
mod google;
pub mod ical;
mod microsoft;
mod model;
mod rest;

pub use error::{Error, Result};
pub use google::{Google, GoogleChannel};
pub use microsoft::{MOST_SUBSCRIPTION_SECONDS, Microsoft, MicrosoftSubscription, iana_zone};
pub use model::{
    Attendee, CalendarInfo, Changes, Draft, Event, Organizer, Participation, SyncToken, Window, Written,
};
