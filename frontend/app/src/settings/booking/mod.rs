//! Booking: how the account's pages look, and the address of one's own links.

mod links;
mod pages;

pub use links::MeetingLinksPage;
pub use pages::BookingPagesPage;
