//! The database on both engines: group commit and its faults, retries, migrations, and that `schema.rs` is true.

mod backup;
mod group_commit;
mod migrations;
mod postgres;
mod schema;
