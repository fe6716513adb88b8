//! One connection type over both engines.

use diesel::connection::SimpleConnection;
use diesel::{Connection, PgConnection, SqliteConnection};

use crate::{DatabaseSettings, Error};

mod multi {
    #![allow(missing_docs, reason = "the derive generates undocumented items")]

    /// A connection to PostgreSQL or to SQLite. Queries run on it as on any Diesel connection.
    #[derive(diesel::MultiConnection)]
    pub enum Conn {
        /// PostgreSQL.
        Pg(diesel::PgConnection),
        /// SQLite.
        Sqlite(diesel::SqliteConnection),
    }
}
pub use multi::{Conn, MultiBackend};

/// The database engines that Rapport runs on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Engine {
    /// One file inside the data directory, one process.
    Sqlite,
    /// A server shared by several nodes.
    Postgres,
}

impl Engine {
    /// The engine that a database URL names: `sqlite://path` or `postgres://…` (also `postgresql://…`).
    ///
    /// # Errors
    /// [`Error::Url`] for any other scheme.
    pub fn of(url: &str) -> Result<Self, Error> {
        if url.starts_with("sqlite://") {
            Ok(Self::Sqlite)
        } else if url.starts_with("postgres://") || url.starts_with("postgresql://") {
            Ok(Self::Postgres)
        } else {
            Err(Error::Url)
        }
    }
}

/// What a connection is going to be used for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Purpose {
    /// Reads and writes.
    Write,
    /// Reads alone; SQLite refuses writes on it.
    Read,
}

impl Conn {
    /// Opens a connection and sets it up for `purpose`.
    pub(crate) fn open(settings: &DatabaseSettings, purpose: Purpose) -> Result<Self, Error> {
        match Engine::of(&settings.url)? {
            Engine::Sqlite => open_sqlite(settings, purpose).map(Self::Sqlite),
            Engine::Postgres => open_postgres(settings).map(Self::Pg),
        }
    }

    /// Which engine this connection talks to.
    pub fn engine(&self) -> Engine {
        match self {
            Self::Pg(_) => Engine::Postgres,
            Self::Sqlite(_) => Engine::Sqlite,
        }
    }
}

fn open_sqlite(settings: &DatabaseSettings, purpose: Purpose) -> Result<SqliteConnection, Error> {
    let path = settings.sqlite_path().ok_or(Error::Url)?;
    let path = path.to_str().ok_or(Error::Url)?;
    let mut conn = SqliteConnection::establish(path).map_err(Error::connect)?;
    let (cache_kib, query_only) = match purpose {
        Purpose::Write => (16 * 1024, "OFF"),
        Purpose::Read => (4 * 1024, "ON"),
    };
    // busy_timeout comes first: switching to WAL takes a lock that another process may hold. secure_delete overwrites
    // what is deleted or changed, so that what was erased is not left in free space of the file.
    conn.batch_execute(&format!(
        "PRAGMA busy_timeout = 5000;
         PRAGMA journal_mode = WAL;
         PRAGMA synchronous = {};
         PRAGMA foreign_keys = ON;
         PRAGMA temp_store = MEMORY;
         PRAGMA secure_delete = ON;
         PRAGMA journal_size_limit = 67108864;
         PRAGMA cache_size = -{cache_kib};
         PRAGMA query_only = {query_only};",
        settings.synchronous.pragma(),
    ))
    .map_err(Error::from)?;
    Ok(conn)
}

fn open_postgres(settings: &DatabaseSettings) -> Result<PgConnection, Error> {
    let mut conn = PgConnection::establish(&settings.url).map_err(Error::connect)?;
    conn.batch_execute(&format!(
        "SET TIME ZONE 'UTC';
         SET default_transaction_isolation = 'read committed';
         SET statement_timeout = {};
         SET application_name = 'rapport';",
        settings.statement_timeout_ms,
    ))
    .map_err(Error::from)?;
    // Diesel tells a deadlock only by its message, so ask for English; without the right to, servers mostly speak it.
    if let Err(refused) = conn.batch_execute("SET lc_messages = 'C'") {
        tracing::debug!(%refused, "the database keeps its own message language");
    }
    Ok(conn)
}

/// Compiles one expression for each engine, for what both can and Diesel's common subset cannot: `ON CONFLICT`,
/// batch insert, `as_returning`.
///
/// ```ignore
/// on!(conn, c => insert_into(settings::table).values(&row).on_conflict(settings::key).do_nothing().execute(c))?;
/// ```
#[macro_export]
macro_rules! on {
    ($conn:expr, $c:ident => $body:expr) => {
        match $conn {
            $crate::Conn::Pg($c) => $body,
            $crate::Conn::Sqlite($c) => $body,
        }
    };
}
