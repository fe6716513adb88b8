//! How to reach the database, and how careful to be with the disk.

use std::path::PathBuf;

use serde::{Deserialize, Serialize};

/// When SQLite waits for the disk.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Synchronous {
    /// Every commit is on the disk before it is acknowledged: nothing is lost at a power failure.
    #[default]
    Full,
    /// A power failure may lose the last commits; a crash of the process loses none.
    Normal,
}

impl Synchronous {
    pub(crate) fn pragma(self) -> &'static str {
        match self {
            Self::Full => "FULL",
            Self::Normal => "NORMAL",
        }
    }
}

/// How to reach the database.
#[derive(Clone, Debug, PartialEq)]
pub struct DatabaseSettings {
    /// `sqlite://path/to/file` or `postgres://user:password@host/database`.
    pub url: String,
    /// When SQLite waits for the disk.
    pub synchronous: Synchronous,
    /// How many connections: for everything on PostgreSQL; on SQLite for reads, and at most two a processor core.
    pub pool_size: u16,
    /// After how many milliseconds PostgreSQL gives up a statement.
    pub statement_timeout_ms: u32,
    /// How many operations may wait for the database before new ones are refused.
    pub queue_limit: usize,
}

impl DatabaseSettings {
    /// Settings with the defaults for everything but the URL.
    pub fn new(url: impl Into<String>) -> Self {
        Self {
            url: url.into(),
            synchronous: Synchronous::Full,
            pool_size: 16,
            statement_timeout_ms: 10_000,
            queue_limit: 4096,
        }
    }

    /// The file of a SQLite database; nothing for PostgreSQL.
    pub fn sqlite_path(&self) -> Option<PathBuf> {
        self.url.strip_prefix("sqlite://").map(PathBuf::from)
    }
}
