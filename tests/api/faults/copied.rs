use std::path::{Path, PathBuf};
use std::process::Command;

use client::Upload;
use db::testing::TestDatabase;
use rapport_tests::Engine;
use rapport_tests::child::{ServerProcess, environment, program};
use tokio::task::JoinHandle;
use types::channels::{CreateVisitorMessage, CreateVisitorSession};

use super::killed::{Acknowledged, api, load, set_up, sign_in, texts, work_goes_on};

/// Runs a command of the program on a database; its outcome and what it said.
fn command(folder: &Path, database: &str, arguments: &[&str]) -> (bool, String) {
    let output = Command::new(program())
        .args(arguments)
        .current_dir(folder)
        .envs(environment(folder, database))
        .output()
        .unwrap();
    (output.status.success(), String::from_utf8_lossy(&output.stderr).into_owned())
}

/// A folder that is removed at the end.
struct Folder(PathBuf);

impl Drop for Folder {
    fn drop(&mut self) {
        // What cannot be deleted is left to whoever cleans the temporary files up.
        let _ = std::fs::remove_dir_all(&self.0);
    }
}

/// `rapport backup` beside a server under load, and `rapport restore` elsewhere: the same conversations, files and
/// sign-ins; nothing that is there is overwritten unless asked.
async fn a_copy_is_restored(engine: Engine) {
    let folder = std::env::temp_dir().join(format!("rapport-copied-{engine:?}-{}", std::process::id()));
    let folder = Folder(folder);
    let (here, elsewhere) = (folder.0.join("here"), folder.0.join("elsewhere"));
    std::fs::create_dir_all(&elsewhere).unwrap();
    let (source, target) = (TestDatabase::new(engine).unwrap(), TestDatabase::new(engine).unwrap());
    let server = ServerProcess::start(&here, Some(&source.settings().url)).await;
    let widget_id = set_up(&server.base()).await;

    let start = CreateVisitorSession { widget_id, language: None, time_zone: None };
    let session = api(&server.base(), None).create_visitor_session(&start).await.unwrap();
    let visitor = api(&server.base(), Some(session.token.clone()));
    let content = Upload {
        name: "offer.txt".to_owned(),
        content_type: "text/plain".to_owned(),
        bytes: b"What was agreed".to_vec(),
    };
    let message = CreateVisitorMessage {
        text: "See this".to_owned(),
        attachment_ids: vec![visitor.create_visitor_file(&content).await.unwrap().id],
        client_id: "offer".to_owned(),
        page_url: None,
    };
    visitor.create_visitor_message(&message).await.unwrap();

    let acknowledged = Acknowledged::default();
    let visitors = load(&server.base(), widget_id, &acknowledged, 1).await;
    work_goes_on(&acknowledged, 1).await;
    let acknowledged = acknowledged.lock().await.clone();
    let copy = folder.0.join("copy").display().to_string();
    let (copied, told) = command(&here, &source.settings().url, &["backup", &copy]);
    assert!(copied, "{told}");
    visitors.iter().for_each(JoinHandle::abort);
    drop(server);

    let (overwritten, told) = command(&elsewhere, &target.settings().url, &["restore", &copy]);
    assert!(!overwritten && told.contains("--force"), "{told}");
    let (restored, told) = command(&elsewhere, &target.settings().url, &["restore", "--force", &copy]);
    assert!(restored, "{told}");
    let server = ServerProcess::start(&elsewhere, Some(&target.settings().url)).await;
    let admin = sign_in(&server.base()).await;
    assert!(!acknowledged.is_empty());
    for (thread_id, wanted) in acknowledged {
        assert_eq!(texts(&admin, thread_id).await[..wanted.len()], wanted[..]);
    }
    // The visitor's token is as good as before, and the link to the file is signed with the same key.
    let visitor = api(&server.base(), Some(session.token));
    let seen = visitor.list_visitor_messages(&Default::default()).await.unwrap().items;
    let url = format!("{}{}", server.base(), seen[0].attachments[0].url);
    assert_eq!(reqwest::get(url).await.unwrap().bytes().await.unwrap(), &content.bytes[..]);
}

fn run(engine: Engine) {
    let runtime = tokio::runtime::Builder::new_multi_thread().worker_threads(2).enable_all().build().unwrap();
    runtime.block_on(a_copy_is_restored(engine));
}

#[test]
fn a_copy_of_a_running_server_is_restored_sqlite() {
    run(Engine::Sqlite);
}

#[test]
fn a_copy_of_a_running_server_is_restored_postgres() {
    run(Engine::Postgres);
}
