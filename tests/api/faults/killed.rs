use std::collections::BTreeMap;
use std::sync::Arc;
use std::time::Duration;

use db::testing::TestDatabase;
use rapport_tests::child::ServerProcess;
use rapport_tests::{Client, Engine, HttpTransport, until};
use tokio::sync::Mutex;
use tokio::task::JoinHandle;
use types::accounts::{CreateFirstAdministrator, CreateSession};
use types::channels::{CreateChatWidget, CreateVisitorMessage, CreateVisitorSession};
use types::conversations::{ListMessages, SaveInbox, ThreadPath};
use types::{ThreadId, WidgetId};

const PASSWORD: &str = "correct horse battery";
pub const VISITORS: usize = 8;

pub type Api = Client<HttpTransport>;

pub fn api(base: &str, token: Option<String>) -> Api {
    Client::new(HttpTransport::new(base, token))
}

pub async fn set_up(base: &str) -> WidgetId {
    let first = CreateFirstAdministrator {
        name: "Ada".to_owned(),
        email: "ada@example.org".to_owned(),
        password: PASSWORD.to_owned(),
        company_name: "Example".to_owned(),
    };
    let session = api(base, None).create_first_administrator(&first).await.unwrap();
    let admin = api(base, Some(session.access_token));
    let inbox = SaveInbox { name: "Sales".to_owned(), member_ids: Vec::new() };
    let inbox = admin.create_inbox(&inbox).await.unwrap();
    let widget = CreateChatWidget { name: "Site".to_owned(), inbox_id: inbox.id };
    admin.create_chat_widget(&widget).await.unwrap().id
}

pub async fn sign_in(base: &str) -> Api {
    let request =
        CreateSession { email: "ada@example.org".to_owned(), password: PASSWORD.to_owned(), code: None };
    let session = api(base, None).create_session(&request).await.unwrap();
    api(base, Some(session.access_token))
}

/// What was acknowledged: texts by their thread.
pub type Acknowledged = Arc<Mutex<BTreeMap<ThreadId, Vec<String>>>>;

/// A visitor who goes on sending, and sends again under the same name what was not answered.
async fn chat(visitor: Api, number: usize, acknowledged: Acknowledged) {
    for count in 0.. {
        let text = format!("{number}-{count}");
        let message = CreateVisitorMessage {
            text: text.clone(),
            attachment_ids: Vec::new(),
            client_id: text.clone(),
            page_url: None,
        };
        let sent = loop {
            match visitor.create_visitor_message(&message).await {
                Ok(sent) => break sent,
                Err(_) => tokio::time::sleep(Duration::from_millis(100)).await,
            }
        };
        acknowledged.lock().await.entry(sent.thread_id).or_default().push(text);
    }
}

/// Visitors who all go on sending.
pub async fn load(
    base: &str,
    widget_id: WidgetId,
    acknowledged: &Acknowledged,
    visitors: usize,
) -> Vec<JoinHandle<()>> {
    let http = reqwest::Client::new();
    let api = |token| Client::new(HttpTransport::with_http(http.clone(), base, token));
    let mut sending = Vec::new();
    for number in 0..visitors {
        let start = CreateVisitorSession { widget_id, language: None, time_zone: None };
        let session = api(None).create_visitor_session(&start).await.unwrap();
        let visitor = api(Some(session.token));
        sending.push(tokio::spawn(chat(visitor, number, acknowledged.clone())));
    }
    sending
}

/// Waits until each visitor got some more answers, however slow the machine is.
pub async fn work_goes_on(acknowledged: &Acknowledged, visitors: usize) {
    let answers = async || -> BTreeMap<ThreadId, usize> {
        acknowledged.lock().await.iter().map(|(thread_id, texts)| (*thread_id, texts.len())).collect()
    };
    let before = answers().await;
    until("each visitor gets answers", async || {
        let now = answers().await;
        let more = |(id, count): (&ThreadId, &usize)| *count >= before.get(id).unwrap_or(&0) + 3;
        now.len() == visitors && now.iter().all(more)
    })
    .await;
}

/// Every text of a thread, page by page.
pub async fn texts(admin: &Api, thread_id: ThreadId) -> Vec<String> {
    let (mut texts, mut after) = (Vec::new(), 0);
    loop {
        let query = ListMessages { after: Some(after), limit: Some(200), ..ListMessages::default() };
        let page = admin.list_messages(&ThreadPath { thread_id }, &query).await.unwrap();
        let Some(last) = page.items.last() else { return texts };
        after = last.seq;
        texts.extend(page.items.into_iter().map(|entry| entry.text));
    }
}

/// Every acknowledged message is there, and none twice.
pub async fn assert_all_there(base: &str, acknowledged: &Acknowledged) {
    let admin = sign_in(base).await;
    let acknowledged = acknowledged.lock().await.clone();
    assert_eq!(acknowledged.len(), VISITORS, "each visitor has one conversation");
    for (thread_id, wanted) in acknowledged {
        let mut found = texts(&admin, thread_id).await;
        // The one on its way when the test ended may or may not have arrived.
        assert!(found.len() <= wanted.len() + 1, "{found:?}");
        found.truncate(wanted.len());
        assert_eq!(found, wanted);
    }
}

/// H: the process is killed twice under load; every acknowledged message is there, and none twice.
async fn nothing_acknowledged_is_lost(engine: Engine) {
    let database = TestDatabase::new(engine).unwrap();
    let folder = std::env::temp_dir().join(format!("rapport-killed-{engine:?}-{}", std::process::id()));
    let mut server = ServerProcess::start(&folder, Some(&database.settings().url)).await;
    let base = server.base();
    let widget_id = set_up(&base).await;
    let acknowledged = Acknowledged::default();
    let visitors = load(&base, widget_id, &acknowledged, VISITORS).await;
    for _ in 0..2 {
        work_goes_on(&acknowledged, VISITORS).await;
        server.kill();
        server.restart().await;
    }
    work_goes_on(&acknowledged, VISITORS).await;
    visitors.iter().for_each(JoinHandle::abort);
    assert_all_there(&base, &acknowledged).await;
    drop(server);
    std::fs::remove_dir_all(&folder).unwrap();
}

fn run(engine: Engine) {
    let runtime = tokio::runtime::Builder::new_multi_thread().worker_threads(2).enable_all().build().unwrap();
    runtime.block_on(nothing_acknowledged_is_lost(engine));
}

#[test]
fn nothing_acknowledged_is_lost_sqlite() {
    run(Engine::Sqlite);
}

#[test]
fn nothing_acknowledged_is_lost_postgres() {
    run(Engine::Postgres);
}
