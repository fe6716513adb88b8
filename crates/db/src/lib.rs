//! The database: one connection type over SQLite and PostgreSQL, the one schema, migrations and cursors.
//!
//! Queries are ordinary Diesel on `&mut Conn`. Where both engines can but Diesel's common subset cannot
//! (`ON CONFLICT`, batch insert, `as_returning`), [`on!`] compiles one expression for each. Where the SQL itself
//! differs, `match conn` on that fragment; `$1` placeholders work on both.
//!
//! Invariants:
//! - Nobody is told that a write succeeded before its commit returned.
//! - SQLite has one writer thread; operations that wait for it share a commit ([`writer`](crate::Database::write)).
//! - A connection that panicked or whose transaction broke is thrown away, never used again.
//!
//! Map: `conn` connection and engine, `column` JSON columns, `cached` and `limited` statements that are kept, `cursor` keyset cursors,
//! `database` the handle, `writer` SQLite's group commit, `workers` threads that own a connection each, `migrate` schema
//! versions.

mod cached;
mod column;
mod conn;
mod cursor;
mod database;
mod error;
mod limited;
mod migrate;
mod queue;
#[allow(missing_docs, reason = "columns speak for themselves; the migrations say what they hold")]
pub mod schema;
mod settings;
#[cfg(feature = "testing")]
pub mod testing;
mod workers;
mod writer;

pub use cached::Cached;
pub use column::{Json, JsonDoc, JsonText};
pub use conn::{Conn, Engine, MultiBackend};
pub use cursor::{Cursor, CursorPart, MalformedCursor};
pub use database::Database;
pub use error::{Error, OperationError, Verdict, judge};
pub use limited::Limited;
pub use migrate::{MIGRATIONS, Migration, MigrationReport};
pub use settings::{DatabaseSettings, Synchronous};
