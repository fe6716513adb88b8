use std::path::PathBuf;
use std::time::{Duration, Instant};

use client::Upload;
use db::DatabaseSettings;
use db::testing::connect;
use diesel::connection::SimpleConnection;
use rapport_tests::child::ServerProcess;
use rapport_tests::until;
use types::crm::SaveCompany;

use super::killed::{Acknowledged, Api, VISITORS, assert_all_there, load, set_up, sign_in, work_goes_on};

fn in_runtime(test: impl Future<Output = ()>) {
    tokio::runtime::Builder::new_multi_thread()
        .worker_threads(2)
        .enable_all()
        .build()
        .unwrap()
        .block_on(test);
}

fn new_folder(name: &str) -> PathBuf {
    std::env::temp_dir().join(format!("rapport-{name}-{}", std::process::id()))
}

/// Writes something; the status of a refusal.
async fn refused(admin: &Api) -> Option<u16> {
    let company = SaveCompany { name: "Acme".to_owned(), ..SaveCompany::default() };
    admin.create_company(&company).await.err().and_then(|refused| refused.status())
}

/// H: the disk fills up under load: writes are refused as something to try again, what is there can be read, nothing that
/// was acknowledged is lost, and it goes on by itself once there is room.
#[test]
fn a_full_disk_loses_nothing_sqlite() {
    in_runtime(async {
        let folder = new_folder("disk-full");
        let server = ServerProcess::start_limited(&folder, 1_500).await;
        let base = server.base();
        let widget_id = set_up(&base).await;
        let admin = sign_in(&base).await;
        let file = Upload {
            name: "long.txt".to_owned(),
            content_type: "text/plain".to_owned(),
            bytes: vec![b'a'; 2_000_000],
        };
        assert_eq!(admin.create_file(&file).await.unwrap_err().status(), Some(503));
        let acknowledged = Acknowledged::default();
        let visitors = load(&base, widget_id, &acknowledged, VISITORS).await;
        // At first a short write may still fit where a long one did not.
        until("nothing fits any more", async || {
            for _ in 0..5 {
                if refused(&admin).await != Some(503) {
                    return false;
                }
            }
            true
        })
        .await;
        assert_eq!(admin.get_me().await.unwrap().user.name, "Ada");
        server.unlimit();
        until("there is room", async || refused(&admin).await.is_none()).await;
        assert_eq!(admin.create_file(&file).await.unwrap().size, 2_000_000);
        work_goes_on(&acknowledged, VISITORS).await;
        visitors.iter().for_each(tokio::task::JoinHandle::abort);
        assert_all_there(&base, &acknowledged).await;
        drop(server);
        std::fs::remove_dir_all(&folder).unwrap();
    });
}

/// H: another program holds the database's lock for longer than anybody waits: writes are refused in bounded time, reads
/// go on, and so does everything once the lock is free.
#[test]
fn a_locked_database_is_waited_for_and_comes_back_sqlite() {
    in_runtime(async {
        let folder = new_folder("locked");
        let server = ServerProcess::start(&folder, None).await;
        let base = server.base();
        let widget_id = set_up(&base).await;
        let admin = sign_in(&base).await;
        let acknowledged = Acknowledged::default();
        let visitors = load(&base, widget_id, &acknowledged, VISITORS).await;
        work_goes_on(&acknowledged, VISITORS).await;
        let url = format!("sqlite://{}", folder.join("rapport.db").display());
        let mut other = connect(&DatabaseSettings::new(url)).unwrap();
        other.batch_execute("BEGIN IMMEDIATE").unwrap();
        let asked = Instant::now();
        assert_eq!(refused(&admin).await, Some(503));
        assert!(asked.elapsed() < Duration::from_secs(15), "{:?}", asked.elapsed());
        assert_eq!(admin.get_me().await.unwrap().user.name, "Ada");
        other.batch_execute("ROLLBACK").unwrap();
        until("the lock is free", async || refused(&admin).await.is_none()).await;
        work_goes_on(&acknowledged, VISITORS).await;
        visitors.iter().for_each(tokio::task::JoinHandle::abort);
        assert_all_there(&base, &acknowledged).await;
        drop(server);
        std::fs::remove_dir_all(&folder).unwrap();
    });
}
