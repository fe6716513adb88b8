//! A newer release migrates the database and writes to it while this one goes on running.

use std::time::Duration;

use db::schema::jobs;
use db::testing::connect;
use diesel::connection::SimpleConnection;
use diesel::prelude::*;
use rapport_tests::{Engine, TestApp, test_on_both};
use reqwest::Method;
use server::Server;
use state::read_event;
use types::event::ServerFrame;
use types::platform::Since;

/// What the next release does to the database: it adds, and leaves what is there alone.
const NEXT_RELEASE: &str = "
    ALTER TABLE companies ADD COLUMN vat_number TEXT;
    ALTER TABLE messages ADD COLUMN mood TEXT;
    CREATE TABLE invoices (id BIGINT PRIMARY KEY, company_id BIGINT NOT NULL);
    INSERT INTO schema_migrations VALUES ('9999_invoices', 'x', 0);";

/// Runs what the next release would, beside the server.
fn execute(app: &TestApp, sql: &str) {
    connect(app.database().settings()).unwrap().batch_execute(sql).unwrap();
}

/// An event that only the next release knows, as its node would write it.
fn unknown_event(app: &TestApp) -> String {
    let payload = "{\"type\":\"invoice_created\",\"invoice\":{\"id\":\"1\"}}";
    let numbered = "INSERT INTO events (id, pos, topic, payload, created_at) VALUES (1, ";
    match app.engine() {
        // The writer of the transaction numbers the event.
        Engine::Sqlite => format!(
            "BEGIN IMMEDIATE; {numbered} (SELECT next_pos FROM event_log), 'users', '{payload}', 0); \
             UPDATE event_log SET next_pos = next_pos + 1; COMMIT;"
        ),
        // The sequencer does.
        Engine::Postgres => format!("{numbered} NULL, 'users', '{payload}', 0)"),
    }
}

test_on_both!(
    /// DESIGN, upgrades: a running server keeps working on the database of a newer release; an event that it does not know
    /// reaches clients, whose answer is to fetch anew; a job that it does not know is left for whoever knows it.
    a_newer_release_works_beside_this_one,
    async |app| {
        let ana = app.agent("Ana").await;
        let widget = app.widget(&app.inbox("Sales", &[ana.id()]).await).await;
        let visitor = app.visitor(&widget).await;
        let thread_id = visitor.says("Before").await.thread_id;
        let mut socket = ana.listen(None).await;
        execute(app, NEXT_RELEASE);
        execute(app, &unknown_event(app));
        let unknown = loop {
            match socket.next_frame(Duration::from_secs(10)).await.expect("the event comes") {
                ServerFrame::Event(envelope) if envelope.event["type"] == "invoice_created" => break envelope,
                _ => {}
            }
        };
        assert!(read_event(unknown.event).is_none());
        let since = Since { since: Some(socket.cursor.clone()) };
        let polled = ana.list_events(&since).await.unwrap().items;
        assert!(polled.iter().any(|item| item.event["type"] == "invoice_created"), "{polled:?}");

        let job = "INSERT INTO jobs (id, kind, payload, state, run_at, attempts, leased_until, created_at) \
                   VALUES (1, 'send_invoice', '{}', 'queued', 0, 0, 0, 0)";
        execute(app, job);
        app.run_jobs().await;
        let mut conn = connect(app.database().settings()).unwrap();
        let left: (String, i32) =
            jobs::table.find(1).select((jobs::state, jobs::attempts)).first(&mut conn).unwrap();
        assert_eq!(left, ("queued".to_owned(), 0));

        visitor.says("After").await;
        ana.reply(thread_id, "<p>Still here</p>").await;
        assert_eq!(ana.entries(thread_id).await.len(), 3);
    }
);

test_on_both!(
    /// PITFALL 83, DESIGN, upgrades: a database that is newer than the program is not touched; the start says what to do.
    an_older_release_does_not_start_on_a_newer_database,
    async |app| {
        execute(app, NEXT_RELEASE);
        let refused = match Server::new(app.config().clone()).start().await {
            Ok(_) => panic!("it started"),
            Err(refused) => format!("{refused:#}"),
        };
        assert!(refused.contains("9999_invoices") && refused.contains("start a newer release"), "{refused}");
        assert!(app.super_admin().get_me().await.is_ok());
    }
);

test_on_both!(
    /// DESIGN, upgrades: every reply names the release, by which an old tab notices that it is old;
    /// an asset of another release is not there, and never the app's page in its place.
    a_tab_can_tell_that_it_is_old,
    async |app| {
        let version = env!("CARGO_PKG_VERSION");
        for path in ["/v1/me", "/health/live", "/v1/no/such/path"] {
            let reply = app.raw(Method::GET, path).send().await.unwrap();
            assert_eq!(reply.headers()["rapport-version"], version, "{path}");
        }
        let reply = app.raw(Method::GET, "/assets/app-0123456789abcdef.js").send().await.unwrap();
        assert_eq!(reply.status(), 404);
        assert!(!reply.text().await.unwrap().contains("<html"));
    }
);
