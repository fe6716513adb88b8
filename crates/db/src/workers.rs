//! Threads that own a connection each and run what is queued for them.
//!
//! A connection belongs to one thread for its whole life: there is one hop from the async task to the connection and
//! no pool to check it out of. It is opened at the first operation and again after it broke.

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::{Arc, Mutex, PoisonError};
use std::thread::JoinHandle;

use diesel::Connection;
use diesel::connection::{AnsiTransactionManager, TransactionManager};
use tokio::sync::oneshot;

use crate::conn::Purpose;
use crate::queue::Queue;
use crate::{Conn, DatabaseSettings, Error, OperationError, Verdict};

type Transactions = <Conn as Connection>::TransactionManager;

/// How often an operation runs at the most when transactions get into each other's way.
const MAX_RUNS: u32 = 5;

/// An operation that waits for a connection, with whoever waits for its answer.
pub(crate) trait Task: Send {
    /// Runs the operation and keeps its result for [`settle`](Self::settle).
    fn run(&mut self, conn: &mut Conn) -> Result<(), Verdict>;
    /// Answers: with the result kept, or with `failure` in place of a result that did not come to be.
    fn settle(self: Box<Self>, failure: Option<Error>);
    /// Whether the operation runs in a transaction.
    fn writes(&self) -> bool;
}

/// A [`Task`] made of a closure and a channel for the answer.
pub(crate) struct Operation<T, E, F, C> {
    pub(crate) op: F,
    /// Called once the result is committed, even when nobody waits for the answer any more.
    pub(crate) committed: C,
    pub(crate) result: Option<Result<T, E>>,
    pub(crate) reply: oneshot::Sender<Result<T, E>>,
    pub(crate) writes: bool,
}

impl<T, E, F, C> Task for Operation<T, E, F, C>
where
    T: Send,
    E: OperationError,
    F: FnMut(&mut Conn) -> Result<T, E> + Send,
    C: FnOnce(&T) + Send,
{
    fn run(&mut self, conn: &mut Conn) -> Result<(), Verdict> {
        let result = (self.op)(conn);
        let verdict = result.as_ref().map(|_| ()).map_err(OperationError::verdict);
        self.result = Some(result);
        verdict
    }

    fn settle(self: Box<Self>, failure: Option<Error>) {
        let result = match (self.result, failure) {
            // The operation's own error says more than that its transaction broke.
            (Some(Err(own)), _) => Err(own),
            (_, Some(failure)) => Err(failure.into()),
            (Some(Ok(value)), None) => {
                (self.committed)(&value);
                Ok(value)
            }
            (None, None) => Err(Error::Unavailable("the operation did not run".to_owned()).into()),
        };
        // Whoever asked may have gone away; what is committed stays committed.
        let _ = self.reply.send(result);
    }

    fn writes(&self) -> bool {
        self.writes
    }
}

/// A fixed number of threads over one queue.
pub(crate) struct Workers {
    queue: Arc<Queue<Box<dyn Task>>>,
    threads: Mutex<Vec<JoinHandle<()>>>,
}

impl Workers {
    pub(crate) fn start(
        settings: &DatabaseSettings,
        purpose: Purpose,
        threads: usize,
    ) -> Result<Self, Error> {
        let queue = Arc::new(Queue::new(settings.queue_limit));
        let threads = (0..threads.max(1))
            .map(|number| {
                let (queue, settings) = (Arc::clone(&queue), settings.clone());
                spawn(format!("db-{number}"), move || work(&queue, &settings, purpose))
            })
            .collect::<Result<_, _>>()?;
        Ok(Self { queue, threads: Mutex::new(threads) })
    }

    pub(crate) fn push(&self, task: Box<dyn Task>) -> Result<(), Error> {
        self.queue.push(task)
    }

    pub(crate) fn waiting(&self) -> usize {
        self.queue.len()
    }

    /// Finishes what is queued and ends the threads.
    pub(crate) fn close(&self) {
        self.queue.close();
        for thread in self.threads.lock().unwrap_or_else(PoisonError::into_inner).drain(..) {
            // A thread ends by a panic only outside of an operation; there is nothing left to do for it.
            let _ = thread.join();
        }
    }
}

impl Drop for Workers {
    fn drop(&mut self) {
        self.queue.close();
    }
}

/// Starts a named thread.
pub(crate) fn spawn(name: String, body: impl FnOnce() + Send + 'static) -> Result<JoinHandle<()>, Error> {
    std::thread::Builder::new()
        .name(name.clone())
        .spawn(body)
        .map_err(|cause| Error::Unavailable(format!("cannot start the thread {name}: {cause}")))
}

fn work(queue: &Queue<Box<dyn Task>>, settings: &DatabaseSettings, purpose: Purpose) {
    let mut held: Option<Conn> = None;
    while let Some(mut task) = queue.pop() {
        let conn = match held.as_mut() {
            Some(conn) => conn,
            None => match Conn::open(settings, purpose) {
                Ok(conn) => held.insert(conn),
                Err(cause) => {
                    tracing::warn!(%cause, "cannot connect to the database");
                    task.settle(Some(cause));
                    continue;
                }
            },
        };
        let (keep, failure) = match catch_unwind(AssertUnwindSafe(|| perform(task.as_mut(), conn))) {
            Ok(Ok(keep)) => (keep, None),
            Ok(Err(failure)) => (false, Some(failure)),
            Err(_) => (false, Some(Error::Unavailable("the operation panicked".to_owned()))),
        };
        if !keep {
            held = None;
        }
        task.settle(failure);
    }
}

/// Runs a task, in a transaction if it writes. `Ok` tells whether the connection is still good; an error is what
/// became of a result that could not be committed.
fn perform(task: &mut dyn Task, conn: &mut Conn) -> Result<bool, Error> {
    if !task.writes() {
        return Ok(!matches!(task.run(conn), Err(Verdict::Broken)));
    }
    for run in 1..=MAX_RUNS {
        begin(conn)?;
        match task.run(conn) {
            Ok(()) => match Transactions::commit_transaction(conn) {
                Ok(()) => return Ok(true),
                Err(cause) if crate::judge(&cause) == Verdict::Retry && run < MAX_RUNS => {}
                Err(cause) if crate::judge(&cause) == Verdict::Broken => {
                    return Err(Error::Unavailable(cause.to_string()));
                }
                Err(cause) => return Err(cause.into()),
            },
            Err(verdict) => {
                let rolled_back = Transactions::rollback_transaction(conn).is_ok();
                if verdict == Verdict::Retry && rolled_back && run < MAX_RUNS {
                    metrics::counter!("rapport_db_retries_total").increment(1);
                    continue;
                }
                return Ok(rolled_back && verdict != Verdict::Broken);
            }
        }
    }
    Ok(true)
}

fn begin(conn: &mut Conn) -> Result<(), Error> {
    match conn {
        Conn::Sqlite(conn) => AnsiTransactionManager::begin_transaction_sql(conn, "BEGIN IMMEDIATE"),
        Conn::Pg(conn) => AnsiTransactionManager::begin_transaction(conn),
    }
    .map_err(|cause| Error::Unavailable(cause.to_string()))
}
