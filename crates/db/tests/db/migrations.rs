//! Migrations: embedded completely, applied once, refused when they do not fit.

use std::collections::BTreeSet;

use db::testing::{TestDatabase, connect};
use db::{Database, Engine, Error, MIGRATIONS, MigrationReport};
use diesel::connection::SimpleConnection;

const ENGINES: [Engine; 2] = [Engine::Sqlite, Engine::Postgres];

fn on_disk(engine: &str) -> BTreeSet<String> {
    let directory = format!("{}/../../migrations/{engine}", env!("CARGO_MANIFEST_DIR"));
    std::fs::read_dir(directory)
        .unwrap()
        .map(|entry| entry.unwrap().file_name().into_string().unwrap())
        .collect()
}

#[test]
fn every_migration_on_disk_is_embedded_in_order() {
    let embedded: Vec<&str> = MIGRATIONS.iter().map(|m| m.version).collect();
    assert!(embedded.windows(2).all(|pair| pair[0] < pair[1]));
    let embedded: BTreeSet<String> = embedded.into_iter().map(str::to_owned).collect();
    assert_eq!(embedded, on_disk("sqlite"));
    assert_eq!(embedded, on_disk("postgres"));
}

#[test]
fn migrating_again_does_nothing() {
    for engine in ENGINES {
        let test = TestDatabase::new(engine).unwrap();
        let database = Database::open(test.settings()).unwrap();
        assert_eq!(database.migrate().unwrap(), MigrationReport::default());
    }
}

#[test]
fn a_schema_that_this_program_did_not_make_is_refused() {
    for engine in ENGINES {
        let test = TestDatabase::new(engine).unwrap();
        let database = Database::open(test.settings()).unwrap();
        let mut conn = connect(test.settings()).unwrap();
        let mut refusal_after = |sql: &str| {
            conn.batch_execute(sql).unwrap();
            match database.migrate() {
                Err(Error::Migration(text)) => text,
                other => panic!("{other:?}"),
            }
        };
        let newer = refusal_after("INSERT INTO schema_migrations VALUES ('9999_future', 'x', 0)");
        assert!(newer.contains("9999_future") && newer.contains("newer release"), "{newer}");
        let changed = refusal_after(
            "DELETE FROM schema_migrations WHERE version = '9999_future';
             UPDATE schema_migrations SET checksum = 'other'",
        );
        assert!(changed.contains("another text"), "{changed}");
    }
}

#[test]
fn nodes_that_start_together_migrate_once() {
    for engine in ENGINES {
        let test = TestDatabase::new(engine).unwrap();
        let mut settings = test.settings().clone();
        // An empty database. Where a file was, a connection that closes late would take the new one's journal away.
        match engine {
            Engine::Sqlite => settings.url = settings.url.replace(".db", "-empty.db"),
            Engine::Postgres => connect(&settings)
                .unwrap()
                .batch_execute("DROP SCHEMA public CASCADE; CREATE SCHEMA public")
                .unwrap(),
        }
        let nodes: Vec<_> = (0..4)
            .map(|_| {
                let database = Database::open(&settings).unwrap();
                std::thread::spawn(move || database.migrate().unwrap())
            })
            .collect();
        let reports: Vec<MigrationReport> = nodes.into_iter().map(|node| node.join().unwrap()).collect();
        let applied: usize = reports.iter().map(|report| report.applied.len()).sum();
        assert_eq!(applied, MIGRATIONS.len(), "{engine:?}");
        // Nobody found it half-way, where a copy would have been made of it.
        assert!(reports.iter().all(|report| report.copy.is_none()), "{reports:?}");
    }
}
