//! Links, their pages, and the meetings that are booked by them.

mod bad_input;
mod calendar_entries;
mod calendar_sync;
mod calendars;
mod conferences;
mod consent;
pub mod desk;
mod domains;
mod embeds;
mod flow;
mod google;
mod group;
mod holds;
mod hours;
mod links;
mod mails;
mod meetings;
mod microsoft;
mod pages;
mod privacy;
mod races;
mod readers;
mod reminders;
mod requests;
mod round_robin;
mod rules;
mod two_zones;
