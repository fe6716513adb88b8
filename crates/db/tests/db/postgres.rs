//! What only PostgreSQL does: transactions that run again, and a database that goes away.

use std::sync::Arc;
use std::sync::atomic::{AtomicU32, Ordering};

use db::schema::settings;
use db::testing::{TestDatabase, connect};
use db::{Conn, Database, Engine, Error, JsonText};
use diesel::connection::SimpleConnection;
use diesel::prelude::*;

fn open() -> (TestDatabase, Database) {
    let test = TestDatabase::new(Engine::Postgres).unwrap();
    let database = Database::open(test.settings()).unwrap();
    (test, database)
}

fn insert(conn: &mut Conn, key: &str) -> Result<(), Error> {
    let row =
        (settings::key.eq(key), settings::value.eq(JsonText("1".to_owned())), settings::updated_at.eq(0_i64));
    diesel::insert_into(settings::table).values(row).execute(conn)?;
    Ok(())
}

fn touch(conn: &mut Conn, key: &str) -> Result<(), Error> {
    diesel::update(settings::table.find(key))
        .set(settings::updated_at.eq(settings::updated_at + 1))
        .execute(conn)?;
    Ok(())
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn two_that_lock_each_other_out_both_succeed_in_the_end() {
    let (_test, database) = open();
    for key in ["a", "b"] {
        database.write(move |conn| insert(conn, key), |()| {}).await.unwrap();
    }
    let runs = Arc::new(AtomicU32::new(0));
    let meet = Arc::new(std::sync::Barrier::new(2));
    let both = [("a", "b"), ("b", "a")].map(|(first, second)| {
        let (database, runs, meet) = (database.clone(), Arc::clone(&runs), Arc::clone(&meet));
        tokio::spawn(async move {
            let op = move |conn: &mut Conn| {
                touch(conn, first)?;
                // Both hold their first row before either asks for its second; later runs go straight on.
                if runs.fetch_add(1, Ordering::SeqCst) < 2 {
                    meet.wait();
                }
                touch(conn, second)
            };
            database.write(op, |()| {}).await
        })
    });
    for one in both {
        one.await.unwrap().unwrap();
    }
    let touched: Vec<i64> = database
        .read(|conn| -> Result<_, Error> { Ok(settings::table.select(settings::updated_at).load(conn)?) })
        .await
        .unwrap();
    assert_eq!(touched, [2, 2]);
    assert!(runs.load(Ordering::SeqCst) > 2, "one of them ran again");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_work_goes_on_after_every_connection_was_cut() {
    let (test, database) = open();
    database.write(|conn| insert(conn, "before"), |()| {}).await.unwrap();
    let mut admin = connect(test.settings()).unwrap();
    admin
        .batch_execute(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity
             WHERE datname = current_database() AND pid <> pg_backend_pid()",
        )
        .unwrap();
    let mut failures = 0;
    while let Err(cause) = database.write(|conn| insert(conn, "after"), |()| {}).await {
        assert!(matches!(cause, Error::Unavailable(_) | Error::Query(_)), "{cause}");
        failures += 1;
        assert!(failures <= 16, "at most once a connection: {cause}");
    }
    let count: i64 = database
        .read(|conn| -> Result<_, Error> { Ok(settings::table.count().get_result(conn)?) })
        .await
        .unwrap();
    assert_eq!(count, 2);
}

#[tokio::test]
async fn a_panic_costs_a_connection_and_nothing_else() {
    let (_test, database) = open();
    let panicked = database
        .write(
            |conn| -> Result<(), Error> {
                insert(conn, "panicked")?;
                panic!("on purpose")
            },
            |()| {},
        )
        .await;
    assert!(matches!(panicked, Err(Error::Unavailable(_))), "{panicked:?}");
    database.write(|conn| insert(conn, "after"), |()| {}).await.unwrap();
    let keys: Vec<String> = database
        .read(|conn| -> Result<_, Error> { Ok(settings::table.select(settings::key).load(conn)?) })
        .await
        .unwrap();
    assert_eq!(keys, ["after"]);
}
