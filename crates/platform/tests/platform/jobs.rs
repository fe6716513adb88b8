//! Jobs: at least once, retried, dead in the end, taken over from a node that died.

use std::collections::HashMap;
use std::sync::{Arc, Mutex};
use std::time::Duration;

use db::schema::jobs;
use db::testing::TestDatabase;
use diesel::prelude::*;
use platform::{Actor, Ctx, Engine, Error, Job, JobError, Periodic, Result, testing};
use serde::{Deserialize, Serialize};
use types::{JobId, Permission};

use crate::start::*;

/// What ran, how often.
#[derive(Default)]
struct Ran(Mutex<HashMap<String, u32>>);

impl Ran {
    fn note(&self, name: &str) -> u32 {
        let mut ran = self.0.lock().unwrap();
        let times = ran.entry(name.to_owned()).or_default();
        *times += 1;
        *times
    }

    fn times(&self, name: &str) -> u32 {
        self.0.lock().unwrap().get(name).copied().unwrap_or_default()
    }
}

#[derive(Serialize, Deserialize)]
struct Work {
    name: String,
    /// How often it fails before it succeeds.
    failures: u32,
}

impl Work {
    fn named(name: &str, failures: u32) -> Self {
        Self { name: name.to_owned(), failures }
    }
}

impl Job for Work {
    const KIND: &'static str = "work";
    const MAX_ATTEMPTS: u32 = 3;

    async fn run(self, ctx: Ctx) -> Result<()> {
        let times = ctx.extension::<Ran>()?.note(&self.name);
        match self.name.as_str() {
            "panics" => panic!("on purpose"),
            "permanent" => return Err(JobError::Permanent("no such address".into()).into()),
            "slow" => tokio::time::sleep(Duration::from_millis(300)).await,
            _ => {}
        }
        if times <= self.failures { Err(Error::internal("not yet")) } else { Ok(()) }
    }
}

async fn node_at_rest(database: &TestDatabase, ran: &Arc<Ran>) -> Ctx {
    let builder = testing::builder(database).unwrap().job::<Work>().shared_extension(Arc::clone(ran));
    builder.build().await.unwrap()
}

async fn enqueue(ctx: &Ctx, name: &'static str, failures: u32) -> JobId {
    ctx.write(&Actor::System, move |tx| tx.enqueue(&Work::named(name, failures))).await.unwrap()
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_job_runs_soon_after_its_commit_and_not_without() {
    for engine in ENGINES {
        let ran = Arc::new(Ran::default());
        let node = node_with(engine, |b| b.job::<Work>().shared_extension(Arc::clone(&ran))).await;
        enqueue(&node.ctx, "now", 0).await;
        until("the job", async || ran.times("now") == 1).await;
        let refused = node
            .ctx
            .write(&Actor::System, |tx| {
                tx.enqueue(&Work::named("refused", 0))?;
                Err::<(), _>(Error::NotFound)
            })
            .await;
        assert!(refused.is_err());
        let later = node.ctx.now().plus_seconds(3600);
        let at = node.ctx.write(&Actor::System, move |tx| tx.enqueue_at(&Work::named("later", 0), later));
        at.await.unwrap();
        assert_eq!(node.ctx.run_jobs_until_idle().await.unwrap(), 0);
        node.ctx.clock().advance(3601);
        until("the later job", async || ran.times("later") == 1).await;
        assert_eq!(ran.times("refused"), 0);
        node.running.stop().await;
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_job_that_fails_is_tried_again_after_a_pause() {
    for engine in ENGINES {
        let (database, ran) = (TestDatabase::new(engine).unwrap(), Arc::new(Ran::default()));
        let ctx = node_at_rest(&database, &ran).await;
        ctx.clock().set(ctx.now());
        enqueue(&ctx, "twice", 1).await;
        assert_eq!(ctx.run_jobs_until_idle().await.unwrap(), 1);
        assert_eq!(ctx.run_jobs_until_idle().await.unwrap(), 0, "not at once");
        ctx.clock().advance(10);
        assert_eq!(ctx.run_jobs_until_idle().await.unwrap(), 1);
        ctx.clock().advance(3600);
        assert_eq!(ctx.run_jobs_until_idle().await.unwrap(), 0, "done");
        assert_eq!((ran.times("twice"), dead(&ctx).await.len()), (2, 0));
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_job_dies_in_the_end_and_can_be_revived() {
    for engine in ENGINES {
        let (database, ran) = (TestDatabase::new(engine).unwrap(), Arc::new(Ran::default()));
        let ctx = node_at_rest(&database, &ran).await;
        ctx.clock().set(ctx.now());
        let failing = enqueue(&ctx, "failing", 3).await;
        let panicking = enqueue(&ctx, "panics", 0).await;
        let permanent = enqueue(&ctx, "permanent", 0).await;
        for _ in 0..5 {
            ctx.run_jobs_until_idle().await.unwrap();
            ctx.clock().advance(3600);
        }
        assert_eq!(dead(&ctx).await, [permanent, panicking, failing], "{engine:?}");
        assert_eq!([ran.times("failing"), ran.times("panics"), ran.times("permanent")], [3, 3, 1]);

        let administrator = user(1, [Permission::ManageJobs].into(), [].into());
        let first = ctx.read(&administrator, |tx| platform::jobs::dead_jobs(tx, None, 2)).await.unwrap();
        assert_eq!(
            (first.items.len(), first.items[0].last_error.as_str()),
            (2, "internal error: no such address")
        );
        let cursor = first.next_cursor.unwrap();
        let second = ctx
            .read(&administrator, move |tx| platform::jobs::dead_jobs(tx, Some(&cursor), 2))
            .await
            .unwrap();
        assert_eq!((second.items[0].id, second.next_cursor), (failing, None));

        let retry = |actor: Actor| {
            let ctx = ctx.clone();
            async move { ctx.write(&actor, move |tx| platform::jobs::retry_dead_job(tx, failing)).await }
        };
        assert!(matches!(retry(agent(2, INBOX)).await, Err(Error::Forbidden(Permission::ManageJobs))));
        retry(administrator.clone()).await.unwrap();
        assert!(matches!(retry(administrator).await, Err(Error::NotFound)));
        ctx.run_jobs_until_idle().await.unwrap();
        assert_eq!(ran.times("failing"), 4, "the fourth time it succeeds");
        assert_eq!(dead(&ctx).await, [permanent, panicking]);
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_job_of_a_node_that_died_is_taken_over() {
    for engine in ENGINES {
        let (database, ran) = (TestDatabase::new(engine).unwrap(), Arc::new(Ran::default()));
        let ctx = node_at_rest(&database, &ran).await;
        ctx.clock().set(ctx.now());
        enqueue(&ctx, "orphan", 0).await;
        // As a node leaves it that was killed in the middle.
        ctx.write(&Actor::System, |tx| {
            let until = tx.now().plus_seconds(60);
            diesel::update(jobs::table)
                .set((jobs::lease_holder.eq("killed"), jobs::leased_until.eq(until), jobs::attempts.eq(1)))
                .execute(tx.conn())?;
            Ok(())
        })
        .await
        .unwrap();
        assert_eq!(ctx.run_jobs_until_idle().await.unwrap(), 0, "it may still run there");
        ctx.clock().advance(61);
        assert_eq!(ctx.run_jobs_until_idle().await.unwrap(), 1, "{engine:?}");
        assert_eq!(ran.times("orphan"), 1);
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn kinds_that_a_node_does_not_know_wait_for_one_that_does() {
    for engine in ENGINES {
        let (database, ran) = (TestDatabase::new(engine).unwrap(), Arc::new(Ran::default()));
        let old = testing::builder(&database).unwrap().build().await.unwrap();
        enqueue(&old, "new kind", 0).await;
        assert_eq!(old.run_jobs_until_idle().await.unwrap(), 0);
        let new = node_at_rest(&database, &ran).await;
        assert_eq!(new.run_jobs_until_idle().await.unwrap(), 1, "{engine:?}");
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn two_nodes_share_the_jobs_and_run_each_once() {
    const COUNT: u32 = 60;
    let ran = Arc::new(Ran::default());
    let one = node_with(Engine::Postgres, |b| b.job::<Work>().shared_extension(Arc::clone(&ran))).await;
    let two = another(&one.database, |b| b.job::<Work>().shared_extension(Arc::clone(&ran))).await;
    let names: Vec<&'static str> = (0..COUNT).map(|n| &*format!("shared {n}").leak()).collect();
    for name in &names {
        enqueue(&one.ctx, name, 0).await;
    }
    until("all jobs", async || names.iter().all(|name| ran.times(name) > 0)).await;
    one.running.stop().await;
    two.running.stop().await;
    assert!(names.iter().all(|name| ran.times(name) == 1));
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn stopping_waits_for_what_runs() {
    let ran = Arc::new(Ran::default());
    let node = node_with(Engine::Sqlite, |b| b.job::<Work>().shared_extension(Arc::clone(&ran))).await;
    enqueue(&node.ctx, "slow", 0).await;
    until("the start", async || ran.times("slow") == 1).await;
    let ctx = node.ctx.clone();
    node.running.stop().await;
    let left: i64 =
        ctx.read(&Actor::System, |tx| Ok(jobs::table.count().get_result(tx.conn())?)).await.unwrap();
    assert_eq!(left, 0, "it was finished and taken off the list");
}

struct Tidy;

impl Periodic for Tidy {
    const NAME: &'static str = "tidy";
    const EVERY: Duration = Duration::from_secs(60);

    async fn run(ctx: Ctx) -> Result<()> {
        ctx.extension::<Ran>()?.note("tidy");
        Ok(())
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn periodic_work_runs_on_one_node_each_time() {
    let ran = Arc::new(Ran::default());
    let clock = platform::Clock::default();
    clock.set(clock.now());
    let wire = |b: platform::CtxBuilder| {
        b.periodic::<Tidy>().shared_extension(Arc::clone(&ran)).clock(clock.clone())
    };
    let one = node_with(Engine::Postgres, wire).await;
    let two = another(&one.database, wire).await;
    until("the first run", async || ran.times("tidy") == 1).await;
    clock.advance(59);
    tokio::time::sleep(Duration::from_millis(1500)).await;
    assert_eq!(ran.times("tidy"), 1);
    clock.advance(1);
    until("the second run", async || ran.times("tidy") == 2).await;
    tokio::time::sleep(Duration::from_millis(1500)).await;
    assert_eq!(ran.times("tidy"), 2);
    one.running.stop().await;
    two.running.stop().await;
}
