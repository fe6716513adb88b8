//! Work that is done again and again, on one node at a time.

use std::future::Future;
use std::time::Duration;

use db::on;
use db::schema::periodic_runs;
use diesel::prelude::*;
use futures_util::FutureExt;
use futures_util::future::BoxFuture;
use tokio::sync::watch;
use types::Timestamp;

use crate::{Actor, Ctx, Error, Result};

/// Something that is done again and again.
pub trait Periodic: Send + 'static {
    /// Names it in the database; never changes.
    const NAME: &'static str;
    /// The time from one run to the next.
    const EVERY: Duration;

    /// Does it. A failure is logged; the next run comes at its time.
    ///
    /// # Errors
    /// Whatever went wrong.
    fn run(ctx: Ctx) -> impl Future<Output = Result<()>> + Send;
}

/// How to run one [`Periodic`].
#[derive(Clone, Copy)]
pub(crate) struct PeriodicTask {
    pub(crate) name: &'static str,
    every: Duration,
    run: fn(Ctx) -> BoxFuture<'static, Result<()>>,
}

impl PeriodicTask {
    pub(crate) fn of<P: Periodic>() -> Self {
        Self { name: P::NAME, every: P::EVERY, run: |ctx| Box::pin(P::run(ctx)) }
    }
}

/// How often it looks whether something is due.
const TICK: Duration = Duration::from_secs(1);

/// Runs everything that is due, until told to stop.
pub(crate) async fn run_periodic(ctx: Ctx, mut stop: watch::Receiver<bool>) {
    while !*stop.borrow() {
        for task in &ctx.shared().periodic {
            if let Err(cause) = run_if_due(&ctx, *task).await {
                tracing::warn!(%cause, task = task.name, "periodic work failed");
            }
        }
        tokio::select! {
            () = tokio::time::sleep(TICK) => {}
            _ = stop.changed() => return,
        }
    }
}

/// Runs a task if it is due and no other node is faster; whether it ran.
pub(crate) async fn run_if_due(ctx: &Ctx, task: PeriodicTask) -> Result<bool> {
    let every = i64::try_from(task.every.as_micros()).unwrap_or(i64::MAX);
    let last = ctx.read(&Actor::System, move |tx| last_run(tx.conn(), task.name)).await?;
    if last.is_some_and(|last| last.0.saturating_add(every) > ctx.now().0) {
        return Ok(false);
    }
    let claimed = ctx
        .write(&Actor::System, move |tx| {
            let now = tx.now();
            let row = (periodic_runs::name.eq(task.name), periodic_runs::last_run_at.eq(0_i64));
            on!(tx.conn(), c => diesel::insert_into(periodic_runs::table)
                .values(row).on_conflict(periodic_runs::name).do_nothing().execute(c))?;
            let due = periodic_runs::table
                .find(task.name)
                .filter(periodic_runs::last_run_at.le(now.0.saturating_sub(every)));
            Ok(diesel::update(due).set(periodic_runs::last_run_at.eq(now)).execute(tx.conn())? == 1)
        })
        .await?;
    if claimed {
        let run = std::panic::AssertUnwindSafe((task.run)(ctx.clone())).catch_unwind();
        run.await.unwrap_or_else(|_| Err(Error::internal("it panicked")))?;
    }
    Ok(claimed)
}

fn last_run(conn: &mut db::Conn, name: &str) -> Result<Option<Timestamp>> {
    Ok(periodic_runs::table.find(name).select(periodic_runs::last_run_at).get_result(conn).optional()?)
}
