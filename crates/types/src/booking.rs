//! Booking: links that people outside book meetings by, calendars that say when a host is free, and the meetings.
//!
//! By meaning: [`link`] what can be booked, [`availability`] when, [`calendar`] what hosts are busy with elsewhere,
//! [`conference`] who can have a video conference made, [`meeting`] what was booked, [`page`] what people outside see and do,
//! [`settings`] what users and the account choose.

mod availability;
mod calendar;
mod conference;
mod link;
mod meeting;
mod page;
mod settings;

pub use availability::*;
pub use calendar::*;
pub use conference::*;
pub use link::*;
pub use meeting::*;
pub use page::*;
pub use settings::*;
