//! SQLite's one writer: who shares a commit, and who fails when one of them does.

use std::sync::mpsc;
use std::time::Duration;

use db::schema::settings;
use db::testing::TestDatabase;
use db::{Conn, Database, Engine, Error, JsonText};
use diesel::connection::SimpleConnection;
use diesel::prelude::*;

/// As many as share a commit.
const BATCH: usize = 64;

fn open() -> (TestDatabase, Database) {
    let test = TestDatabase::new(Engine::Sqlite).unwrap();
    let database = Database::open(test.settings()).unwrap();
    (test, database)
}

fn insert(conn: &mut Conn, key: &str) -> Result<(), Error> {
    let row =
        (settings::key.eq(key), settings::value.eq(JsonText("1".to_owned())), settings::updated_at.eq(0_i64));
    diesel::insert_into(settings::table).values(row).execute(conn)?;
    Ok(())
}

fn refuse(conn: &mut Conn) -> Result<(), Error> {
    insert(conn, "refused")?;
    Err(diesel::result::Error::NotFound.into())
}

fn break_constraint(conn: &mut Conn) -> Result<(), Error> {
    insert(conn, "twice")?;
    insert(conn, "twice")
}

fn fill_disk(conn: &mut Conn) -> Result<(), Error> {
    // SQLite refuses to grow the file: the same code path as a full disk, SQLITE_FULL.
    conn.batch_execute("PRAGMA max_page_count = 1")?;
    let long = "x".repeat(1 << 20);
    insert(conn, &long)
}

fn fill_disk_and_go_on(conn: &mut Conn) -> Result<(), Error> {
    // An operation that swallows the error, though SQLite may have rolled everything back.
    let _ = fill_disk(conn);
    Ok(())
}

fn end_the_transaction(conn: &mut Conn) -> Result<(), Error> {
    conn.batch_execute("ROLLBACK")?;
    Ok(())
}

fn panic_inside(conn: &mut Conn) -> Result<(), Error> {
    insert(conn, "panicked")?;
    panic!("on purpose")
}

/// Runs 64 operations that share a commit, the one at `fault` being `op`; their results, in order.
async fn batch_with(
    database: &Database,
    fault: usize,
    op: fn(&mut Conn) -> Result<(), Error>,
) -> Vec<Result<(), Error>> {
    // The writer is held while the batch queues up.
    let (release, released) = mpsc::channel::<()>();
    let (started, has_started) = tokio::sync::oneshot::channel();
    let mut started = Some(started);
    let holding = tokio::spawn({
        let database = database.clone();
        async move {
            database
                .write(
                    move |_| -> Result<(), Error> {
                        if let Some(started) = started.take() {
                            started.send(()).unwrap();
                            released.recv_timeout(Duration::from_secs(10)).unwrap();
                        }
                        Ok(())
                    },
                    |()| {},
                )
                .await
        }
    });
    has_started.await.unwrap();
    // The one that holds it is the first of a batch: fill the rest of that batch, so that ours begins anew.
    let mut filling = Vec::new();
    for _ in 1..BATCH {
        filling.push(queue(database, |_| Ok(())).await);
    }
    let mut ours = Vec::new();
    for k in 0..BATCH {
        ours.push(match k {
            k if k == fault => queue(database, op).await,
            k => queue(database, move |conn| insert(conn, &format!("op-{k:02}"))).await,
        });
    }
    release.send(()).unwrap();
    holding.await.unwrap().unwrap();
    for filler in filling {
        filler.await.unwrap().unwrap();
    }
    let mut results = Vec::new();
    for one in ours {
        results.push(one.await.unwrap());
    }
    results
}

/// Queues an operation, and returns once it waits in the queue.
async fn queue(
    database: &Database,
    op: impl FnMut(&mut Conn) -> Result<(), Error> + Send + 'static,
) -> tokio::task::JoinHandle<Result<(), Error>> {
    let before = database.waiting();
    let task = tokio::spawn({
        let database = database.clone();
        async move { database.write(op, |()| {}).await }
    });
    while database.waiting() == before {
        tokio::task::yield_now().await;
    }
    task
}

async fn keys(database: &Database) -> Vec<String> {
    database
        .read(|conn| -> Result<_, Error> {
            Ok(settings::table.select(settings::key).order(settings::key).load(conn)?)
        })
        .await
        .unwrap()
}

#[tokio::test]
async fn a_refused_operation_leaves_the_others_alone() {
    for op in [refuse, break_constraint] {
        for fault in [0, 31, BATCH - 1] {
            let (_test, database) = open();
            let results = batch_with(&database, fault, op).await;
            for (k, result) in results.iter().enumerate() {
                assert_eq!(result.is_ok(), k != fault, "operation {k} of a batch with a fault at {fault}");
            }
            let expected: Vec<String> =
                (0..BATCH).filter(|k| *k != fault).map(|k| format!("op-{k:02}")).collect();
            assert_eq!(keys(&database).await, expected);
        }
    }
}

#[tokio::test]
async fn a_fault_of_the_database_fails_the_whole_batch() {
    for op in [fill_disk, fill_disk_and_go_on, end_the_transaction, panic_inside] {
        for fault in [0, 31, BATCH - 1] {
            let (_test, database) = open();
            let results = batch_with(&database, fault, op).await;
            // Those behind the fault run in a batch of their own; nobody before it, nor it, was told a success.
            for (k, result) in results.iter().enumerate() {
                assert_eq!(result.is_ok(), k > fault, "operation {k} of a batch with a fault at {fault}");
            }
            let expected: Vec<String> = (fault + 1..BATCH).map(|k| format!("op-{k:02}")).collect();
            assert_eq!(keys(&database).await, expected);
        }
    }
}

#[tokio::test]
async fn what_was_acknowledged_is_there_after_the_next_fault() {
    let (_test, database) = open();
    database.write(|conn| insert(conn, "kept"), |()| {}).await.unwrap();
    assert!(database.write(panic_inside, |()| {}).await.is_err());
    database.write(|conn| insert(conn, "after"), |()| {}).await.unwrap();
    assert_eq!(keys(&database).await, ["after", "kept"]);
}

#[tokio::test]
async fn a_full_queue_refuses_at_once() {
    let test = TestDatabase::new(Engine::Sqlite).unwrap();
    let mut tight = test.settings().clone();
    tight.queue_limit = 2;
    let database = Database::open(&tight).unwrap();
    let (release, released) = mpsc::channel::<()>();
    let (started, has_started) = tokio::sync::oneshot::channel();
    let mut started = Some(started);
    let holding = tokio::spawn({
        let database = database.clone();
        async move {
            let hold = move |_: &mut Conn| -> Result<(), Error> {
                if let Some(started) = started.take() {
                    started.send(()).unwrap();
                    released.recv_timeout(Duration::from_secs(10)).unwrap();
                }
                Ok(())
            };
            database.write(hold, |()| {}).await
        }
    });
    has_started.await.unwrap();
    let waiting = [queue(&database, |_| Ok(())).await, queue(&database, |_| Ok(())).await];
    let refused = database.write(|conn| insert(conn, "late"), |()| {}).await;
    assert!(matches!(refused, Err(Error::Busy { waiting: 2 })), "{refused:?}");
    release.send(()).unwrap();
    holding.await.unwrap().unwrap();
    for one in waiting {
        one.await.unwrap().unwrap();
    }
}

#[tokio::test]
async fn reads_cannot_write_on_sqlite() {
    let (_test, database) = open();
    assert!(database.read(|conn| insert(conn, "sneaked")).await.is_err());
    assert_eq!(keys(&database).await, Vec::<String>::new());
}

#[tokio::test]
async fn closing_finishes_what_is_queued_and_refuses_more() {
    let (_test, database) = open();
    let mut queued = Vec::new();
    for k in 0..200 {
        let database = database.clone();
        queued.push(tokio::spawn(async move {
            database.write(move |conn| insert(conn, &format!("{k:03}")), |()| {}).await
        }));
    }
    while database.waiting() == 0 {
        tokio::task::yield_now().await;
    }
    let closing = database.clone();
    tokio::task::spawn_blocking(move || closing.close()).await.unwrap();
    let mut done = 0;
    for one in queued {
        match one.await.unwrap() {
            Ok(()) => done += 1,
            Err(Error::Closed) => {}
            Err(other) => panic!("{other}"),
        }
    }
    let reopened = Database::open(database.settings()).unwrap();
    assert_eq!(keys(&reopened).await.len(), done);
}
