//! Background work: what an operation wants done after its commit, outside of its transaction.
//!
//! A job is a serialisable struct, enqueued in a transaction. It runs at least once, on one node at a time, so it must
//! be idempotent. A failure is retried with growing pauses; after the last attempt the job is dead, and administrators
//! see it and may run it again. A node leaves kinds of jobs alone that it does not know.

mod dead;
mod periodic;
mod runner;
mod store;

use std::collections::HashMap;
use std::future::Future;

use futures_util::future::BoxFuture;
use serde::Serialize;
use serde::de::DeserializeOwned;

pub use dead::{dead_jobs, delete_dead_job, retry_dead_job};
pub(crate) use periodic::{PeriodicTask, run_periodic};
pub(crate) use runner::run;
pub(crate) use store::enqueue;

pub use self::periodic::Periodic;
use crate::{Cause, Ctx, Error, Result};

/// A kind of background work.
pub trait Job: Serialize + DeserializeOwned + Send + 'static {
    /// Names the kind in the database; never changes.
    const KIND: &'static str;
    /// How often it is tried before it is dead.
    const MAX_ATTEMPTS: u32 = 10;

    /// Does the work. May run again after it succeeded, when the node died before it could say so.
    ///
    /// # Errors
    /// Any error has it tried again later; [`JobError::Permanent`] makes it dead at once.
    fn run(self, ctx: Ctx) -> impl Future<Output = Result<()>> + Send;
}

/// Why a job failed, where it matters to the runner.
#[derive(Debug, thiserror::Error)]
pub enum JobError {
    /// Trying again will not help.
    #[error("{0}")]
    Permanent(Cause),
}

impl From<JobError> for Error {
    fn from(error: JobError) -> Self {
        Self::Internal(Box::new(error))
    }
}

/// How to run one kind of job.
#[derive(Clone, Copy)]
pub(crate) struct JobKind {
    max_attempts: u32,
    run: fn(Ctx, String) -> BoxFuture<'static, Result<()>>,
}

/// The kinds of jobs that this node knows.
#[derive(Clone, Default)]
pub(crate) struct Jobs(HashMap<&'static str, JobKind>);

impl Jobs {
    pub(crate) fn register<J: Job>(&mut self) {
        self.0.insert(J::KIND, JobKind { max_attempts: J::MAX_ATTEMPTS, run: run_job::<J> });
    }

    fn kind(&self, name: &str) -> Option<JobKind> {
        self.0.get(name).copied()
    }

    fn names(&self) -> Vec<&'static str> {
        self.0.keys().copied().collect()
    }
}

fn run_job<J: Job>(ctx: Ctx, payload: String) -> BoxFuture<'static, Result<()>> {
    Box::pin(async move {
        let job: J = serde_json::from_str(&payload).map_err(|cause| JobError::Permanent(cause.into()))?;
        job.run(ctx).await
    })
}
