use std::time::Duration;

use db::testing::{POSTGRES_VARIABLE, TestDatabase};
use diesel::connection::SimpleConnection;
use diesel::{Connection, PgConnection};
use rapport_tests::Engine;
use rapport_tests::child::ServerProcess;
use reqwest::StatusCode;
use tokio::task::JoinHandle;

use super::killed::{Acknowledged, VISITORS, assert_all_there, load, set_up, work_goes_on};

/// Lets nobody into the database and throws out who is in it, or opens it again.
fn set_reachable(database: &TestDatabase, reachable: bool) {
    let url = &database.settings().url;
    let name = url.rsplit('/').next().unwrap().split('?').next().unwrap();
    let mut conn = PgConnection::establish(&std::env::var(POSTGRES_VARIABLE).unwrap()).unwrap();
    let allow = format!("ALTER DATABASE {name} ALLOW_CONNECTIONS {reachable}");
    conn.batch_execute(&allow).unwrap();
    if !reachable {
        let end = format!("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = '{name}'");
        conn.batch_execute(&end).unwrap();
    }
}

/// H: the database goes away under load and comes back: the server stays up, says that it is not ready, and goes on by
/// itself; every acknowledged message is there once.
#[test]
fn the_database_goes_and_comes_back_postgres() {
    let runtime = tokio::runtime::Builder::new_multi_thread().worker_threads(2).enable_all().build().unwrap();
    runtime.block_on(async {
        let database = TestDatabase::new(Engine::Postgres).unwrap();
        let folder = std::env::temp_dir().join(format!("rapport-database-gone-{}", std::process::id()));
        let server = ServerProcess::start(&folder, Some(&database.settings().url)).await;
        let base = server.base();
        let widget_id = set_up(&base).await;
        let acknowledged = Acknowledged::default();
        let visitors = load(&base, widget_id, &acknowledged, VISITORS).await;
        work_goes_on(&acknowledged, VISITORS).await;
        set_reachable(&database, false);
        tokio::time::sleep(Duration::from_millis(1500)).await;
        let health = async |path: &str| reqwest::get(format!("{base}{path}")).await.unwrap().status();
        assert_eq!(health("/health/live").await, StatusCode::OK);
        assert_eq!(health("/health/ready").await, StatusCode::SERVICE_UNAVAILABLE);
        set_reachable(&database, true);
        for _ in 0..100 {
            if health("/health/ready").await == StatusCode::OK {
                break;
            }
            tokio::time::sleep(Duration::from_millis(100)).await;
        }
        assert_eq!(health("/health/ready").await, StatusCode::OK);
        work_goes_on(&acknowledged, VISITORS).await;
        visitors.iter().for_each(JoinHandle::abort);
        assert_all_there(&base, &acknowledged).await;
        drop(server);
        std::fs::remove_dir_all(&folder).unwrap();
    });
}
