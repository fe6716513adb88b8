//! Copies of a SQLite database.

use db::schema::settings;
use db::testing::TestDatabase;
use db::{Conn, Database, DatabaseSettings, Engine, Error, JsonText};
use diesel::prelude::*;

fn insert(conn: &mut Conn, key: i64) -> Result<(), Error> {
    let row = (
        settings::key.eq(key.to_string()),
        settings::value.eq(JsonText("1".to_owned())),
        settings::updated_at.eq(key),
    );
    diesel::insert_into(settings::table).values(row).execute(conn)?;
    Ok(())
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_backup_under_load_holds_all_that_was_acknowledged_before() {
    let test = TestDatabase::new(Engine::Sqlite).unwrap();
    let database = Database::open(test.settings()).unwrap();
    for key in 0..100 {
        database.write(move |conn| insert(conn, key), |()| {}).await.unwrap();
    }
    let copy = test.directory().unwrap().join("copy.db");
    let backup = tokio::task::spawn_blocking({
        let (database, copy) = (database.clone(), copy.clone());
        move || database.backup_to(&copy)
    });
    for key in 100..200 {
        database.write(move |conn| insert(conn, key), |()| {}).await.unwrap();
    }
    backup.await.unwrap().unwrap();
    let restored = Database::open(&DatabaseSettings::new(format!("sqlite://{}", copy.display()))).unwrap();
    let keys: Vec<i64> = restored
        .read(|conn| -> Result<_, Error> {
            Ok(settings::table.select(settings::updated_at).order(settings::updated_at).load(conn)?)
        })
        .await
        .unwrap();
    assert!(keys.len() >= 100);
    assert_eq!(keys, (0..keys.len() as i64).collect::<Vec<_>>(), "a moment in time, without holes");
    assert!(database.backup_to(&copy).is_err(), "never over an existing file");
}

#[test]
fn postgres_is_backed_up_with_its_own_tools() {
    let test = TestDatabase::new(Engine::Postgres).unwrap();
    let database = Database::open(test.settings()).unwrap();
    let refused = database.backup_to(std::path::Path::new("/nowhere")).unwrap_err();
    assert!(refused.to_string().contains("pg_dump"), "{refused}");
}
