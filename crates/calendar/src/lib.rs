//! Calendars of others, as one outside thing: CalDAV (RFC 4791), Google, Microsoft and read-only ICS feeds (RFC 5545). No
//! actor, no tables. Whoever asks brings the credentials.
//!
//! Map: `model` what calendars and their events are here, whoever keeps them; `error` why something was not done; `google` and
//! `microsoft` those two, over `rest`.

mod error;
mod google;
mod microsoft;
mod model;
mod rest;

pub use error::{Error, Result};
pub use google::{Google, GoogleChannel, google_uid};
pub use microsoft::{MOST_SUBSCRIPTION_SECONDS, Microsoft, MicrosoftSubscription, iana_zone};
pub use model::{
    Attendee, CalendarInfo, Changes, Draft, Event, Organizer, Participation, SyncToken, Window, Written,
};
