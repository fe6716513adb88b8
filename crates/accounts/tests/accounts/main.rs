//! Sign-in, administration, outbox and files over HTTP, on both engines.

#![allow(clippy::unwrap_used, clippy::expect_used, reason = "a test may fail by panicking")]

mod erasure;
mod files;
mod mails;
mod notifications;
mod roles;
mod sessions;
mod start;
mod users;
