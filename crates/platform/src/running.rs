//! The work of a node that goes on beside requests.

use std::time::Duration;

use db::Engine;
use tokio::sync::watch;
use tokio::task::JoinSet;

use crate::events::{self, Bus, Order};
use crate::jobs::{self, PeriodicTask};
use crate::{Actor, Ctx, Periodic, Result, Tx, idempotency};

/// How often it forgets who is not present any more.
const PRESENCE_TICK: Duration = Duration::from_secs(1);

/// The running work of a node. Dropping it ends the work without waiting.
pub struct Running {
    ctx: Ctx,
    stop: watch::Sender<bool>,
    tasks: JoinSet<()>,
    bus: Option<Bus>,
}

pub(crate) fn start(ctx: &Ctx) -> Running {
    let (stop, stopped) = watch::channel(false);
    let bus = match ctx.engine() {
        Engine::Sqlite => None,
        Engine::Postgres => {
            Bus::start(ctx).inspect_err(|cause| tracing::error!(%cause, "events will not be delivered")).ok()
        }
    };
    let mut tasks = JoinSet::new();
    tasks.spawn(events::tail(ctx.clone(), stopped.clone()));
    tasks.spawn(jobs::run(ctx.clone(), stopped.clone()));
    tasks.spawn(jobs::run_periodic(ctx.clone(), stopped.clone()));
    tasks.spawn(expire_presence(ctx.clone(), stopped));
    Running { ctx: ctx.clone(), stop, tasks, bus }
}

impl Running {
    /// Ends the work: claims no more jobs, waits for those that run, gives leases back. The database stays open.
    pub async fn stop(mut self) {
        // Nobody listens any more when every task has ended by itself.
        let _ = self.stop.send(true);
        while self.tasks.join_next().await.is_some() {}
        let ctx = self.ctx.clone();
        if let Some(bus) = self.bus.take() {
            // Joining a thread blocks; a failure to do so leaves nothing to be done.
            let _ = tokio::task::spawn_blocking(move || bus.stop(&ctx)).await;
        }
        let shared = self.ctx.shared();
        if let Err(cause) = shared.node.release(&shared.database, &shared.ids).await {
            tracing::warn!(%cause, "cannot give the node number back; its lease runs out");
        }
    }
}

impl Drop for Running {
    fn drop(&mut self) {
        // The thread holds a context itself, so it would never notice that nobody else does.
        if self.bus.take().is_some() {
            self.ctx.shared().signals.order(Order::Stop);
        }
    }
}

async fn expire_presence(ctx: Ctx, mut stop: watch::Receiver<bool>) {
    while !*stop.borrow() {
        ctx.expire_presence();
        tokio::select! {
            () = tokio::time::sleep(PRESENCE_TICK) => {}
            _ = stop.changed() => return,
        }
    }
}

/// The platform's own periodic work.
pub(crate) fn own_periodic() -> [PeriodicTask; 2] {
    [PeriodicTask::of::<ExpireEvents>(), PeriodicTask::of::<ExpireReplies>()]
}

/// Deletes events that are older than the settings say.
struct ExpireEvents;

impl Periodic for ExpireEvents {
    const NAME: &'static str = "expire_events";
    const EVERY: Duration = Duration::from_secs(10 * 60);

    async fn run(ctx: Ctx) -> Result<()> {
        let days = ctx.config().events.retention_days;
        in_chunks(&ctx, move |tx, limit| {
            let before = tx.now().plus_seconds(-days * 24 * 60 * 60);
            events::expire(tx, before, limit)
        })
        .await
    }
}

/// Deletes replies that were kept for idempotency long enough.
struct ExpireReplies;

impl Periodic for ExpireReplies {
    const NAME: &'static str = "expire_replies";
    const EVERY: Duration = Duration::from_secs(10 * 60);

    async fn run(ctx: Ctx) -> Result<()> {
        in_chunks(&ctx, idempotency::expire).await
    }
}

/// Repeats a deletion of at most so many rows until there are none left, so that other writers get their turn.
async fn in_chunks(
    ctx: &Ctx,
    delete: impl Fn(&mut Tx<'_>, i64) -> Result<usize> + Clone + Send + 'static,
) -> Result<()> {
    const CHUNK: i64 = 500;
    loop {
        let delete = delete.clone();
        if ctx.write(&Actor::System, move |tx| delete(tx, CHUNK)).await? == 0 {
            return Ok(());
        }
    }
}
