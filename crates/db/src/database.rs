//! The handle to the database that a process holds.

use std::num::NonZero;
use std::path::Path;
use std::sync::Arc;

use diesel::sql_types::{Integer, Text};
use diesel::{QueryableByName, RunQueryDsl};
use tokio::sync::oneshot;

use crate::conn::Purpose;
use crate::workers::{Operation, Task, Workers};
use crate::writer::Writer;
use crate::{Conn, DatabaseSettings, Engine, Error, MigrationReport, OperationError, migrate};

struct Inner {
    settings: DatabaseSettings,
    engine: Engine,
    workers: Workers,
    /// SQLite's one writer; PostgreSQL's writes go to the workers.
    writer: Option<Writer>,
}

/// The database of this process. Clones share it.
#[derive(Clone)]
pub struct Database(Arc<Inner>);

impl Database {
    /// Prepares the threads for the database that `settings` name. Connections are opened when first needed.
    ///
    /// # Errors
    /// [`Error::Url`] for an unknown engine, [`Error::Unavailable`] when a thread cannot be started.
    pub fn open(settings: &DatabaseSettings) -> Result<Self, Error> {
        let engine = Engine::of(&settings.url)?;
        let (purpose, writer) = match engine {
            Engine::Sqlite => (Purpose::Read, Some(Writer::start(settings)?)),
            Engine::Postgres => (Purpose::Write, None),
        };
        let threads = match engine {
            Engine::Sqlite => usize::from(settings.pool_size).min(readers_that_help()),
            Engine::Postgres => settings.pool_size.into(),
        };
        let workers = Workers::start(settings, purpose, threads)?;
        Ok(Self(Arc::new(Inner { settings: settings.clone(), engine, workers, writer })))
    }

    /// Which engine it is.
    pub fn engine(&self) -> Engine {
        self.0.engine
    }

    /// How it was opened.
    pub fn settings(&self) -> &DatabaseSettings {
        &self.0.settings
    }

    /// How many operations wait for a connection.
    pub fn waiting(&self) -> usize {
        self.0.workers.waiting() + self.0.writer.as_ref().map_or(0, Writer::waiting)
    }

    /// Brings the schema up to date, see [`MIGRATIONS`](crate::MIGRATIONS). Blocks; call it before serving.
    ///
    /// # Errors
    /// [`Error::Migration`] when the schema is newer than this binary, a migration that was applied has another text
    /// now, or a migration fails.
    pub fn migrate(&self) -> Result<MigrationReport, Error> {
        migrate::migrate(&self.0.settings)
    }

    /// Opens a connection of its own, for one that listens or that holds a lock. Blocks.
    ///
    /// # Errors
    /// [`Error::Unavailable`] when the database cannot be reached.
    pub fn connect(&self) -> Result<Conn, Error> {
        Conn::open(&self.0.settings, Purpose::Write)
    }

    /// Runs `op` on a connection for reads, each statement in a transaction of its own.
    ///
    /// # Errors
    /// What `op` returns; [`Error::Busy`] when too many operations wait; [`Error::Unavailable`] without a database.
    pub async fn read<T, E>(
        &self,
        op: impl FnOnce(&mut Conn) -> Result<T, E> + Send + 'static,
    ) -> Result<T, E>
    where
        T: Send + 'static,
        E: OperationError,
    {
        let (reply, answer) = oneshot::channel();
        let mut op = Some(op);
        let once = move |conn: &mut Conn| match op.take() {
            Some(op) => op(conn),
            None => Err(Error::Closed.into()),
        };
        let task = Operation { op: once, committed: |_: &T| {}, result: None, reply, writes: false };
        self.0.workers.push(Box::new(task))?;
        answer.await.unwrap_or_else(|_| Err(Error::Closed.into()))
    }

    /// Runs `op` in a transaction and answers after its commit. `op` may run again when transactions get into each
    /// other's way, so it must not change anything but the database. `committed` is called between the commit and the
    /// answer, even when nobody waits for the answer any more.
    ///
    /// # Errors
    /// What `op` returns; [`Error::Busy`] when too many operations wait; [`Error::Unavailable`] when the commit failed
    /// or there is no database.
    pub async fn write<T, E>(
        &self,
        op: impl FnMut(&mut Conn) -> Result<T, E> + Send + 'static,
        committed: impl FnOnce(&T) + Send + 'static,
    ) -> Result<T, E>
    where
        T: Send + 'static,
        E: OperationError,
    {
        let (reply, answer) = oneshot::channel();
        let task: Box<dyn Task> = Box::new(Operation { op, committed, result: None, reply, writes: true });
        match &self.0.writer {
            Some(writer) => writer.push(task)?,
            None => self.0.workers.push(task)?,
        }
        answer.await.unwrap_or_else(|_| Err(Error::Closed.into()))
    }

    /// Writes a consistent copy of a SQLite database to `path`, while others go on reading and writing. Blocks.
    ///
    /// # Errors
    /// [`Error::Query`] when the file exists already or cannot be written; [`Error::Unavailable`] on PostgreSQL, which
    /// has tools of its own for this.
    pub fn backup_to(&self, path: &Path) -> Result<(), Error> {
        match self.connect()? {
            Conn::Sqlite(mut conn) => copy_sqlite(&mut conn, path),
            Conn::Pg(_) => Err(Error::Unavailable("use pg_dump to copy a PostgreSQL database".to_owned())),
        }
    }

    /// Folds the log of SQLite's latest writes into the file and empties it, so that what was deleted stands in neither.
    /// Waits for the transactions under way, at most five seconds. Does nothing on PostgreSQL. Blocks.
    ///
    /// # Errors
    /// [`Error::Unavailable`] when transactions kept the log in use; try again later.
    pub fn fold_log(&self) -> Result<(), Error> {
        let Conn::Sqlite(mut conn) = self.connect()? else { return Ok(()) };
        let folded: Folded = diesel::sql_query("PRAGMA wal_checkpoint(TRUNCATE)").get_result(&mut conn)?;
        match folded.busy {
            0 => Ok(()),
            _ => Err(Error::Unavailable("the log of latest writes is in use".to_owned())),
        }
    }

    /// Finishes what is queued and closes every connection. Blocks until it is done.
    pub fn close(&self) {
        if let Some(writer) = &self.0.writer {
            writer.close();
        }
        self.0.workers.close();
    }
}

/// What SQLite says of a checkpoint, <https://sqlite.org/pragma.html#pragma_wal_checkpoint>.
#[derive(QueryableByName)]
struct Folded {
    /// 1 when transactions under way kept it from finishing.
    #[diesel(sql_type = Integer)]
    busy: i32,
}

/// More readers than this only wait for a processor: SQLite works inside this process.
fn readers_that_help() -> usize {
    2 * std::thread::available_parallelism().map_or(2, NonZero::get)
}

/// Writes a consistent copy of the database to a file that does not exist yet.
pub(crate) fn copy_sqlite(conn: &mut diesel::SqliteConnection, path: &Path) -> Result<(), Error> {
    let name = path.to_string_lossy().into_owned();
    diesel::sql_query("VACUUM INTO $1").bind::<Text, _>(name).execute(conn)?;
    Ok(())
}
