//! Claims jobs that are due and runs them.

use std::panic::AssertUnwindSafe;
use std::time::Duration;

use futures_util::FutureExt;
use rand::RngExt;
use tokio::sync::watch;
use tokio::task::JoinSet;
use types::Timestamp;

use super::store::{self, Claimed};
use super::{JobError, JobKind};
use crate::{Actor, Ctx, Error, Result};

/// How often it looks for due jobs without being told.
const POLL: Duration = Duration::from_secs(1);

/// The pause before the second attempt; it doubles with each further one.
const FIRST_PAUSE_SECONDS: i64 = 5;
/// The longest pause between attempts.
const LONGEST_PAUSE_SECONDS: i64 = 60 * 60;

/// Runs jobs until told to stop; then waits for those that run, as long as the settings allow.
pub(crate) async fn run(ctx: Ctx, mut stop: watch::Receiver<bool>) {
    let slots = ctx.config().jobs.concurrency;
    let mut running: JoinSet<()> = JoinSet::new();
    while !*stop.borrow() && slots > 0 {
        let free = slots.saturating_sub(running.len());
        let claimed = if free == 0 { Ok(Vec::new()) } else { claim(&ctx, free).await };
        match claimed {
            Ok(claimed) => {
                for job in claimed {
                    running.spawn(perform(ctx.clone(), job));
                }
            }
            Err(cause) => tracing::warn!(%cause, "cannot claim jobs"),
        }
        metrics::gauge!("rapport_jobs_running").set(running.len() as f64);
        tokio::select! {
            () = ctx.shared().jobs_due.notified() => {}
            Some(_) = running.join_next() => {}
            () = tokio::time::sleep(POLL) => {}
            _ = stop.changed() => {}
        }
    }
    let patience = Duration::from_secs(ctx.config().server.shutdown_seconds);
    let finished = async { while running.join_next().await.is_some() {} };
    if tokio::time::timeout(patience, finished).await.is_err() {
        tracing::warn!(jobs = running.len(), "jobs were cut off; another node will run them again");
    }
}

/// Claims at most `limit` jobs that are due.
async fn claim(ctx: &Ctx, limit: usize) -> Result<Vec<Claimed>> {
    let kinds = ctx.shared().jobs.names();
    let asked = kinds.clone();
    // Looking is cheap, claiming takes the writer.
    if !ctx.read(&Actor::System, move |tx| store::is_due(tx, &asked)).await? {
        return Ok(Vec::new());
    }
    let holder = ctx.shared().node.holder().to_owned();
    ctx.write(&Actor::System, move |tx| {
        let until = lease_end(tx.ctx());
        store::claim(tx, &kinds, &holder, until, limit as i64)
    })
    .await
}

fn lease_end(ctx: &Ctx) -> Timestamp {
    ctx.now().plus_seconds(ctx.config().jobs.lease_seconds)
}

/// Runs a claimed job and notes how it went.
async fn perform(ctx: Ctx, job: Claimed) {
    let Some(kind) = ctx.shared().jobs.kind(&job.kind) else { return };
    let outcome = attempt(&ctx, &job, kind).await;
    let label = match &outcome {
        Ok(()) => "done",
        Err(_) => "failed",
    };
    metrics::counter!("rapport_jobs_total", "kind" => job.kind.clone(), "outcome" => label).increment(1);
    if let Err(cause) = note(&ctx, &job, kind, outcome).await {
        // Its lease runs out, and it runs again.
        tracing::warn!(%cause, job = %job.id, kind = job.kind, "cannot note how a job went");
    }
}

/// Runs the job once, keeping its claim meanwhile.
async fn attempt(ctx: &Ctx, job: &Claimed, kind: JobKind) -> Result<()> {
    let work = AssertUnwindSafe((kind.run)(ctx.clone(), job.payload())).catch_unwind();
    let work = work.map(|outcome| outcome.unwrap_or_else(|_| Err(Error::internal("the job panicked"))));
    let lease = u64::try_from(ctx.config().jobs.lease_seconds).unwrap_or(1);
    let keep = async {
        loop {
            tokio::time::sleep(Duration::from_secs(lease) / 3).await;
            let (id, holder) = (job.id, ctx.shared().node.holder().to_owned());
            let renewed =
                ctx.write(&Actor::System, move |tx| store::renew(tx, id, &holder, lease_end(tx.ctx()))).await;
            match renewed {
                Ok(true) => {}
                Ok(false) => return Error::internal("another node took the job over"),
                Err(cause) => tracing::warn!(%cause, job = %id, "cannot keep the claim on a job"),
            }
        }
    };
    tokio::select! {
        outcome = work => outcome,
        lost = keep => Err(lost),
    }
}

async fn note(ctx: &Ctx, job: &Claimed, kind: JobKind, outcome: Result<()>) -> Result<()> {
    let (id, holder) = (job.id, ctx.shared().node.holder().to_owned());
    let Err(cause) = outcome else {
        return ctx.write(&Actor::System, move |tx| store::finish(tx, id, &holder)).await;
    };
    let last = job.attempt() >= kind.max_attempts || is_permanent(&cause);
    let pause = pause_seconds(job.attempt());
    if last {
        tracing::error!(%cause, job = %id, kind = job.kind, "a job is dead");
    } else {
        tracing::warn!(%cause, job = %id, kind = job.kind, pause, "a job failed and will be tried again");
    }
    let cause = cause.to_string();
    ctx.write(&Actor::System, move |tx| {
        let retry_at = (!last).then(|| tx.now().plus_seconds(pause));
        store::fail(tx, id, &holder, &cause, retry_at)
    })
    .await
}

fn is_permanent(cause: &Error) -> bool {
    match cause {
        Error::Internal(cause) => cause.downcast_ref::<JobError>().is_some(),
        _ => false,
    }
}

/// The pause after a failed attempt: it doubles, up to an hour, and a random part keeps jobs that failed together from
/// coming back together.
fn pause_seconds(attempt: u32) -> i64 {
    let doubled = FIRST_PAUSE_SECONDS.saturating_mul(1_i64 << attempt.saturating_sub(1).min(20));
    let pause = doubled.min(LONGEST_PAUSE_SECONDS);
    pause + rand::rng().random_range(0..=pause / 4)
}

impl Ctx {
    /// Runs every job that is due, and what those enqueue, one after the other; how many there were. For tests, and for
    /// commands that end when their work is done.
    ///
    /// # Errors
    /// [`Error::Unavailable`] when the database cannot be used. A job's failure is not an error here.
    pub async fn run_jobs_until_idle(&self) -> Result<usize> {
        let mut ran = 0;
        loop {
            let claimed = claim(self, 16).await?;
            if claimed.is_empty() {
                return Ok(ran);
            }
            for job in claimed {
                perform(self.clone(), job).await;
                ran += 1;
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pauses_double_up_to_an_hour() {
        for (attempt, least) in [(1, 5), (2, 10), (5, 80), (11, 3600), (99, 3600)] {
            let pause = pause_seconds(attempt);
            assert!((least..=least + least / 4).contains(&pause), "{attempt}: {pause}");
        }
    }
}
