//! Links, their pages, and the meetings that are booked by them.

mod desk;
mod group;
mod holds;
mod hours;
mod links;
mod meetings;
mod pages;
mod privacy;
mod races;
mod requests;
mod round_robin;
mod rules;
