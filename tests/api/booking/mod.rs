//! Links, their pages, and the meetings that are booked by them.

mod calendar_entries;
mod calendar_sync;
mod calendars;
mod desk;
mod group;
mod holds;
mod hours;
mod links;
mod mails;
mod meetings;
mod pages;
mod pictures;
mod privacy;
mod races;
mod reminders;
mod requests;
mod round_robin;
mod rules;
