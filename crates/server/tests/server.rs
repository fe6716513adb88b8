//! The server as an operator meets it: started, asked, stopped, copied and restored.

#![allow(clippy::unwrap_used, clippy::expect_used, reason = "a test may fail by panicking")]

use std::path::{Path, PathBuf};

use db::Engine;
use db::testing::TestDatabase;
use platform::Config;
use reqwest::header::{ACCEPT_ENCODING, CONTENT_SECURITY_POLICY};
use reqwest::{Client, StatusCode};
use serde_json::{Value, json};
use server::{Running, Server, backup, restore};

const SIGN_IN: (&str, &str) = ("ann@example.org", "correct horse battery");

/// Settings whose key and files lie in `directory`.
fn config(database: &TestDatabase, directory: &Path) -> Config {
    let mut config = platform::testing::config(database);
    config.secrets.key = String::new();
    config.secrets.key_file = directory.join("key");
    config.storage.path = directory.join("files");
    config.server.threads = 1;
    config
}

fn directory(database: &TestDatabase) -> PathBuf {
    database.directory().unwrap().to_owned()
}

fn url(running: &Running, path: &str) -> String {
    format!("http://{}{path}", running.address())
}

async fn sign_in(running: &Running) -> reqwest::Response {
    let body = json!({ "email": SIGN_IN.0, "password": SIGN_IN.1 });
    Client::new().post(url(running, "/v1/sessions")).json(&body).send().await.unwrap()
}

/// Makes the first administrator, and answers the access token.
async fn set_up(running: &Running) -> String {
    let body = json!({ "name": "Ann", "email": SIGN_IN.0, "password": SIGN_IN.1, "company_name": "Ann's" });
    let reply = Client::new().post(url(running, "/v1/setup")).json(&body).send().await.unwrap();
    assert_eq!(reply.status(), StatusCode::CREATED);
    reply.json::<Value>().await.unwrap()["access_token"].as_str().unwrap().to_owned()
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn it_answers_until_it_is_stopped() {
    let database = TestDatabase::new(Engine::Sqlite).unwrap();
    let running = Server::new(config(&database, &directory(&database))).start().await.unwrap();
    let get = |path: &str| Client::new().get(url(&running, path)).send();

    let ready = get("/health/ready").await.unwrap();
    assert_eq!(ready.status(), StatusCode::OK);
    assert_eq!(ready.headers()["rapport-version"], env!("CARGO_PKG_VERSION"));

    let served: Value = get("/v1/openapi.json").await.unwrap().json().await.unwrap();
    assert_eq!(served, serde_json::to_value(server::openapi::document()).unwrap());

    for missing in
        ["/v1/nothing", "/assets/nothing.js", "/chat/assets/nothing.js", "/embed/other.js", "/demo-site/"]
    {
        let reply = get(missing).await.unwrap();
        assert_eq!(reply.status(), StatusCode::NOT_FOUND, "{missing}");
        assert_eq!(reply.headers()["content-type"], "application/problem+json", "{missing}");
    }
    let wrong = Client::new().delete(url(&running, "/v1/setup")).send().await.unwrap();
    assert_eq!(
        (wrong.status(), wrong.headers()["allow"].as_bytes()),
        (StatusCode::METHOD_NOT_ALLOWED, &b"GET, POST"[..])
    );
    assert_eq!(get("/v1/me").await.unwrap().status(), StatusCode::UNAUTHORIZED);

    let page =
        Client::new().get(url(&running, "/inbox/7")).header(ACCEPT_ENCODING, "br").send().await.unwrap();
    assert!(page.headers().contains_key(CONTENT_SECURITY_POLICY));
    assert!(get("/docs/").await.unwrap().text().await.unwrap().contains("swagger-ui"));
    assert!(get("/metrics").await.unwrap().text().await.unwrap().contains("http_requests_total"));

    let address = url(&running, "/health/live");
    running.stop().await;
    assert!(Client::new().get(address).send().await.is_err());
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_repeated_post_is_answered_and_not_carried_out_again() {
    let database = TestDatabase::new(Engine::Sqlite).unwrap();
    let running = Server::new(config(&database, &directory(&database))).start().await.unwrap();
    let token = set_up(&running).await;
    let post = |name: &str| {
        Client::new()
            .post(url(&running, "/v1/teams"))
            .bearer_auth(&token)
            .header("Idempotency-Key", "once")
            .json(&json!({ "name": name, "member_ids": [] }))
            .send()
    };
    let first = post("North").await.unwrap();
    assert_eq!(first.status(), StatusCode::CREATED);
    assert!(!first.headers().contains_key("idempotency-replayed"));
    let again = post("North").await.unwrap();
    assert_eq!(again.headers()["idempotency-replayed"], "true");
    assert_eq!(first.json::<Value>().await.unwrap(), again.json::<Value>().await.unwrap());
    let other = post("South").await.unwrap();
    assert_eq!(other.status(), StatusCode::UNPROCESSABLE_ENTITY);
    assert_eq!(other.json::<Value>().await.unwrap()["code"], "idempotency_key_reused");
    running.stop().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_copy_is_restored_with_its_files_and_its_key() {
    let database = TestDatabase::new(Engine::Sqlite).unwrap();
    let home = directory(&database);
    let original = config(&database, &home);
    let running = Server::new(original.clone()).start().await.unwrap();
    set_up(&running).await;
    let files = running.ctx().extension::<blob::Store>().unwrap();
    files.put_bytes("files/1", bytes::Bytes::from_static(b"content")).await.unwrap();

    let copy = home.join("copy");
    backup(&original, &copy).await.unwrap();
    assert!(backup(&original, &copy).await.unwrap_err().to_string().contains("exists already"));
    running.stop().await;

    let mut elsewhere = config(&database, &home.join("elsewhere"));
    elsewhere.database.url = format!("sqlite://{}", home.join("elsewhere/rapport.db").display());
    restore(&elsewhere, &copy, false).await.unwrap();
    let refused = restore(&elsewhere, &copy, false).await.unwrap_err();
    assert!(refused.to_string().contains("--force"), "{refused}");
    restore(&elsewhere, &copy, true).await.unwrap();

    let running = Server::new(elsewhere.clone()).start().await.unwrap();
    assert_eq!(sign_in(&running).await.status(), StatusCode::CREATED);
    let files = running.ctx().extension::<blob::Store>().unwrap();
    assert_eq!(files.get_range("files/1", None).await.unwrap().size, 7);
    running.stop().await;
    let keys = [&original, &elsewhere].map(|config| std::fs::read(&config.secrets.key_file).unwrap());
    assert_eq!(keys[0], keys[1]);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_cannot_be_started_says_why() {
    let database = TestDatabase::new(Engine::Sqlite).unwrap();
    let mut config = config(&database, &directory(&database));
    let running = Server::new(config.clone()).start().await.unwrap();
    config.server.bind = running.address();
    let refused = Server::new(config.clone()).start().await.err().unwrap().to_string();
    assert!(refused.contains("in use by another program"), "{refused}");
    running.stop().await;
    config.demo = true;
    config.server.bind = ([0, 0, 0, 0], 0).into();
    let refused = Server::new(config).start().await.err().unwrap().to_string();
    assert!(refused.contains("loopback"), "{refused}");
}
