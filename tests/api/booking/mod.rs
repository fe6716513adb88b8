//! Links, their pages, and the meetings that are booked by them.

mod desk;
mod mails;
mod reminders;
