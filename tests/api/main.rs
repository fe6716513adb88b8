//! The API as its clients use it, on SQLite and on PostgreSQL.

#![allow(clippy::unwrap_used, clippy::expect_used, reason = "a test may fail by panicking")]

mod accounts;
mod booking;
mod calls;
mod channels;
mod clips;
mod conversations;
mod crm;
mod events;
mod faults;
mod guards;
mod zoom;
