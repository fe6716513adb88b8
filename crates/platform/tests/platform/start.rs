//! What every test here starts from.

use std::sync::Arc;
use std::time::Duration;

use db::testing::TestDatabase;
use platform::events::{Before, Feed, Next, Start};
use platform::{Actor, Ctx, CtxBuilder, Engine, Grants, Result, Running, Tx, UserActor, testing};
use types::{Event, InboxId, JobId, Permission, SessionId, Subject, ThreadId, UserId};

pub const ENGINES: [Engine; 2] = [Engine::Sqlite, Engine::Postgres];
pub const INBOX: InboxId = InboxId(1);

/// How long anything may take that is expected to happen.
pub const PATIENCE: Duration = Duration::from_secs(15);

/// A node on a database of its own.
pub struct Node {
    pub ctx: Ctx,
    pub running: Running,
    pub database: Arc<TestDatabase>,
}

/// A running node on a new database.
pub async fn node(engine: Engine) -> Node {
    node_with(engine, |builder| builder).await
}

/// A running node on a new database, wired up further.
pub async fn node_with(engine: Engine, wire: impl FnOnce(CtxBuilder) -> CtxBuilder) -> Node {
    let database = Arc::new(TestDatabase::new(engine).unwrap());
    another(&database, wire).await
}

/// A running node on this database.
pub async fn another(database: &Arc<TestDatabase>, wire: impl FnOnce(CtxBuilder) -> CtxBuilder) -> Node {
    let ctx = wire(testing::builder(database).unwrap()).build().await.unwrap();
    let running = ctx.start();
    Node { ctx, running, database: Arc::clone(database) }
}

/// A user who may use one inbox.
pub fn agent(id: i64, inbox: InboxId) -> Actor {
    user(id, [Permission::ReadThreads].into(), [inbox].into())
}

/// A user with these permissions and inboxes.
pub fn user(
    id: i64,
    permissions: types::PermissionSet,
    inboxes: std::collections::BTreeSet<InboxId>,
) -> Actor {
    Actor::User(UserActor {
        id: UserId(id),
        name: "Ann".into(),
        session_id: SessionId(id),
        grants: Arc::new(Grants { permissions, inboxes, ..Grants::default() }),
    })
}

/// An event that carries a number.
pub fn numbered(number: i64) -> Event {
    Event::ThreadRead { thread_id: ThreadId(1), seq: number }
}

/// Emits an event that carries a number to whoever may use the inbox.
pub fn tell(tx: &mut Tx<'_>, inbox: InboxId, number: i64) -> Result<()> {
    tx.emit(Subject::Thread { id: ThreadId(1), inbox }, numbered(number))
}

pub async fn say(ctx: &Ctx, inbox: InboxId, number: i64) {
    ctx.write(&Actor::System, move |tx| tell(tx, inbox, number)).await.unwrap();
}

/// What a feed says next, within [`PATIENCE`].
pub async fn next(feed: &mut Feed) -> Next {
    tokio::time::timeout(PATIENCE, feed.next()).await.expect("nothing came").unwrap()
}

/// The number of the next event of a feed, and its cursor.
pub async fn next_number(feed: &mut Feed) -> (i64, String) {
    number_of(&next(feed).await)
}

/// The number of an event, and its cursor.
pub fn number_of(next: &Next) -> (i64, String) {
    let Next::Frame(frame) = next else { panic!("no frame") };
    let frame: serde_json::Value = serde_json::from_slice(&frame.json).unwrap();
    assert_eq!(frame["frame"], "event");
    (frame["event"]["seq"].as_i64().unwrap(), frame["cursor"].as_str().unwrap_or_default().to_owned())
}

/// Waits until something is true.
pub async fn until(what: &str, mut is_true: impl AsyncFnMut() -> bool) {
    let deadline = tokio::time::Instant::now() + PATIENCE;
    while !is_true().await {
        assert!(tokio::time::Instant::now() < deadline, "{what} did not happen");
        tokio::time::sleep(Duration::from_millis(5)).await;
    }
}

/// The ids of dead jobs.
pub async fn dead(ctx: &Ctx) -> Vec<JobId> {
    let page = ctx.read(&Actor::System, |tx| platform::jobs::dead_jobs(tx, None, 50)).await.unwrap();
    page.items.into_iter().map(|job| job.id).collect()
}

/// Opens a feed of an actor that was just authenticated.
pub async fn open_feed(ctx: &Ctx, actor: &Actor, since: Option<&str>) -> (Feed, Start) {
    Feed::open(ctx, Before::authenticating(ctx).await.unwrap(), actor, since)
}
