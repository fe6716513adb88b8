//! The database on both engines: group commit and its faults, retries, migrations, and that `schema.rs` is true.

#![allow(clippy::unwrap_used, clippy::expect_used, reason = "a test may fail by panicking")]

mod backup;
mod group_commit;
mod migrations;
mod postgres;
mod schema;
