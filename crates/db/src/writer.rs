//! SQLite's one writer: operations that wait for it at the same time share a commit (group commit).
//!
//! Each operation runs in its own savepoint. An operation that is refused, by itself or by a constraint, rolls back to
//! its savepoint and leaves the others alone. After any other database error, or a panic, the transaction cannot be
//! trusted: SQLite itself may have rolled it back (disk full, input/output error). Then the connection is thrown away
//! and every operation of the batch fails. Nobody is answered before the commit returned.

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::{Arc, Mutex, PoisonError};
use std::thread::JoinHandle;

use diesel::connection::{AnsiTransactionManager, SimpleConnection, TransactionManager};
use diesel::{Connection, SqliteConnection};

use crate::conn::Purpose;
use crate::queue::Queue;
use crate::workers::{Task, spawn};
use crate::{Conn, DatabaseSettings, Error, Verdict};

/// How many operations share a commit at the most.
const BATCH_LIMIT: usize = 64;

/// How often the writer lets others run before the next commit.
const YIELDS: usize = 8;

/// The thread that alone writes to a SQLite database.
pub(crate) struct Writer {
    queue: Arc<Queue<Box<dyn Task>>>,
    thread: Mutex<Option<JoinHandle<()>>>,
}

impl Writer {
    pub(crate) fn start(settings: &DatabaseSettings) -> Result<Self, Error> {
        let queue = Arc::new(Queue::new(settings.queue_limit));
        let thread = {
            let (queue, settings) = (Arc::clone(&queue), settings.clone());
            spawn("db-writer".to_owned(), move || write(&queue, &settings))?
        };
        Ok(Self { queue, thread: Mutex::new(Some(thread)) })
    }

    pub(crate) fn push(&self, task: Box<dyn Task>) -> Result<(), Error> {
        self.queue.push(task)
    }

    pub(crate) fn waiting(&self) -> usize {
        self.queue.len()
    }

    /// Finishes what is queued and ends the thread.
    pub(crate) fn close(&self) {
        self.queue.close();
        if let Some(thread) = self.thread.lock().unwrap_or_else(PoisonError::into_inner).take() {
            // It ends by a panic only outside of an operation; there is nothing left to do for it.
            let _ = thread.join();
        }
    }
}

impl Drop for Writer {
    fn drop(&mut self) {
        self.queue.close();
    }
}

fn write(queue: &Queue<Box<dyn Task>>, settings: &DatabaseSettings) {
    let mut held: Option<Conn> = None;
    while let Some(first) = queue.pop() {
        let conn = match held.as_mut() {
            Some(conn) => conn,
            None => match Conn::open(settings, Purpose::Write) {
                Ok(conn) => held.insert(conn),
                Err(cause) => {
                    tracing::warn!(%cause, "cannot open the database");
                    for task in std::iter::once(first).chain(waiting(queue)) {
                        task.settle(Some(Error::Unavailable(cause.to_string())));
                    }
                    continue;
                }
            },
        };
        let mut batch = Vec::with_capacity(BATCH_LIMIT);
        let committed = run_batch(queue, conn, first, &mut batch);
        if let Err(cause) = &committed {
            tracing::warn!(%cause, operations = batch.len(), "a batch of writes failed");
            metrics::counter!("rapport_db_failed_batches_total").increment(1);
            held = None;
        }
        metrics::histogram!("rapport_db_batch_operations").record(batch.len() as f64);
        metrics::gauge!("rapport_db_waiting").set(queue.len() as f64);
        let answered = batch.len();
        for task in batch {
            task.settle(committed.as_ref().err().map(|cause| Error::Unavailable(cause.clone())));
        }
        let_them_return(queue, answered);
    }
}

/// Gives the processor to those who were answered, so that their next operations share a commit. Without it, the first
/// to return would have a commit to itself while all others wait for it. There is no pause: with nothing else to run, it
/// costs a few microseconds.
fn let_them_return(queue: &Queue<Box<dyn Task>>, answered: usize) {
    for _ in 0..YIELDS {
        if queue.len() >= answered {
            return;
        }
        std::thread::yield_now();
    }
}

/// Runs `first` and whatever is queued meanwhile, then commits. `batch` receives every task that was begun, the one
/// that broke the batch included; when the transaction cannot begin, every task that waits.
fn run_batch(
    queue: &Queue<Box<dyn Task>>,
    conn: &mut Conn,
    first: Box<dyn Task>,
    batch: &mut Vec<Box<dyn Task>>,
) -> Result<(), String> {
    let mut next = Some(first);
    if let Err(cause) = sqlite(conn)
        .and_then(|sqlite| AnsiTransactionManager::begin_transaction_sql(sqlite, "BEGIN IMMEDIATE"))
    {
        batch.extend(next.into_iter().chain(waiting(queue)));
        return Err(cause.to_string());
    }
    while let Some(mut task) = next {
        let outcome = run_in_savepoint(task.as_mut(), conn);
        batch.push(task);
        outcome?;
        next = if batch.len() < BATCH_LIMIT { queue.try_pop() } else { None };
    }
    <Conn as Connection>::TransactionManager::commit_transaction(conn).map_err(|cause| cause.to_string())
}

/// Everything that waits. When the database cannot be used, for example because another program holds its lock, each
/// would wait as long as the first, one after the other, only to fail the same way.
fn waiting(queue: &Queue<Box<dyn Task>>) -> impl Iterator<Item = Box<dyn Task>> {
    std::iter::from_fn(|| queue.try_pop())
}

fn run_in_savepoint(task: &mut dyn Task, conn: &mut Conn) -> Result<(), String> {
    execute(conn, "SAVEPOINT operation")?;
    match catch_unwind(AssertUnwindSafe(|| task.run(conn))) {
        Ok(Ok(())) => execute(conn, "RELEASE operation"),
        // Both statements fail when SQLite rolled back the outer transaction, for then the savepoint is gone: this is
        // the check that the connection is still inside of it.
        Ok(Err(Verdict::Refused)) => execute(conn, "ROLLBACK TO operation; RELEASE operation"),
        Ok(Err(Verdict::Retry | Verdict::Broken)) => {
            Err("the database failed in the middle of a commit".to_owned())
        }
        Err(_) => Err("an operation panicked".to_owned()),
    }
}

fn execute(conn: &mut Conn, sql: &str) -> Result<(), String> {
    sqlite(conn).and_then(|sqlite| sqlite.batch_execute(sql)).map_err(|cause| cause.to_string())
}

fn sqlite(conn: &mut Conn) -> diesel::QueryResult<&mut SqliteConnection> {
    match conn {
        Conn::Sqlite(conn) => Ok(conn),
        Conn::Pg(_) => Err(diesel::result::Error::NotInTransaction),
    }
}
