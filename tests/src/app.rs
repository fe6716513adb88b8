//! A real server in this process.

use std::path::PathBuf;
use std::sync::atomic::{AtomicU32, Ordering};
use std::sync::{Mutex, OnceLock};

use client::Client;
use client::native::HttpTransport;
use db::Engine;
use db::schema::jobs;
use db::testing::TestDatabase;
use diesel::prelude::*;
use futures_util::future::LocalBoxFuture;
use platform::{Actor, Clock, Config, Ctx};
use reqwest::Method;
use server::{Running, Server};
use types::accounts::{CreateApiToken, CreateFirstAdministrator, CreateSession, User as Profile};
use types::channels::{ChatWidget, CreateChatWidget, CreateVisitorSession};
use types::conversations::{Inbox, SaveInbox};
use types::{BuiltinRole, Permission, UserId};

use crate::actors::{User, Visitor};
use crate::{log, rows};

/// The password of every user that tests make.
pub const PASSWORD: &str = "correct horse battery";

static MADE: AtomicU32 = AtomicU32::new(0);

/// A server on a database of its own, with a first administrator.
pub struct TestApp {
    engine: Engine,
    database: TestDatabase,
    config: Config,
    clock: Clock,
    running: Mutex<Option<Running>>,
    base: String,
    http: reqwest::Client,
    folder: PathBuf,
    administrator: User,
    shown: Mutex<Vec<&'static str>>,
    errors_before: usize,
    expects_dead_jobs: Mutex<bool>,
}

/// Starts a server, runs the test against it, and checks that the server has nothing to complain about.
pub fn run(engine: Engine, test: &str, body: impl for<'a> FnOnce(&'a TestApp) -> LocalBoxFuture<'a, ()>) {
    let runtime = tokio::runtime::Builder::new_multi_thread()
        .worker_threads(2)
        .enable_all()
        .build()
        .expect("threads can be started");
    runtime.block_on(async {
        let app = TestApp::start(engine).await;
        body(&app).await;
        let shown = app.finish().await;
        rows::write(test, engine, &shown);
    });
}

/// Hashes the password of the tests once.
fn password_hash() -> String {
    static HASH: OnceLock<String> = OnceLock::new();
    HASH.get_or_init(|| accounts::passwords::hash(PASSWORD).unwrap()).clone()
}

fn settings(database: &TestDatabase, folder: &std::path::Path) -> Config {
    let mut config = platform::testing::config(database);
    config.storage.path = folder.join("files");
    config.server.threads = 1;
    config.server.shutdown_seconds = 5;
    config.limits.visitor_sessions_per_minute = 10_000;
    config.limits.visitor_messages_per_minute = 10_000;
    config.limits.failed_sign_ins = 1_000;
    config.database.pool_size = 4;
    config
}

impl TestApp {
    /// Starts a server with a first administrator.
    pub async fn start(engine: Engine) -> Self {
        log::install();
        let errors_before = log::position();
        let database = TestDatabase::new(engine).expect("a database for the test");
        let number = MADE.fetch_add(1, Ordering::Relaxed);
        let folder = std::env::temp_dir().join(format!("rapport-app-{}-{number}", std::process::id()));
        std::fs::create_dir_all(&folder).unwrap();
        let config = settings(&database, &folder);
        let clock = Clock::default();
        let running = Server::new(config.clone()).clock(clock.clone()).start().await.unwrap();
        let base = format!("http://{}", running.address());
        let http = reqwest::Client::builder().no_proxy().build().unwrap();
        let anonymous = Client::new(HttpTransport::with_http(http.clone(), &base, None));
        let first = CreateFirstAdministrator {
            name: "Ada Administrator".to_owned(),
            email: "ada@example.org".to_owned(),
            password: PASSWORD.to_owned(),
            company_name: "Example".to_owned(),
        };
        let session = anonymous.create_first_administrator(&first).await.unwrap();
        let administrator = User::new(&http, &base, session.access_token, session.me.user);
        Self {
            engine,
            database,
            config,
            clock,
            running: Mutex::new(Some(running)),
            base,
            http,
            folder,
            administrator,
            shown: Mutex::new(Vec::new()),
            errors_before,
            expects_dead_jobs: Mutex::new(false),
        }
    }

    /// Which database it runs on.
    pub fn engine(&self) -> Engine {
        self.engine
    }

    /// The URL of the server, without a slash at the end.
    pub fn base(&self) -> &str {
        &self.base
    }

    /// The settings it was started with.
    pub fn config(&self) -> &Config {
        &self.config
    }

    /// The clock of the server.
    pub fn clock(&self) -> &Clock {
        &self.clock
    }

    /// The HTTP client that all actors share; it keeps no cookies.
    pub fn http(&self) -> &reqwest::Client {
        &self.http
    }

    /// Where the server keeps files.
    pub fn files(&self) -> PathBuf {
        self.folder.join("files")
    }

    /// The context of the server.
    pub fn ctx(&self) -> Ctx {
        self.running.lock().unwrap().as_ref().expect("the server runs").ctx().clone()
    }

    /// How to open the database beside the server.
    pub fn database(&self) -> &TestDatabase {
        &self.database
    }

    /// Another node on the same database; PostgreSQL only.
    pub async fn second_node(&self) -> Running {
        Server::new(self.config.clone()).clock(self.clock.clone()).start().await.unwrap()
    }

    /// The first administrator, who may do everything.
    pub fn super_admin(&self) -> &User {
        &self.administrator
    }

    /// Stops the server and starts it at the same address with other settings.
    pub async fn restart(&self, change: impl FnOnce(&mut Config)) {
        self.stop().await;
        let mut config = self.config.clone();
        config.server.bind = self.base.trim_start_matches("http://").parse().unwrap();
        change(&mut config);
        let running = Server::new(config).clock(self.clock.clone()).start().await.unwrap();
        *self.running.lock().unwrap() = Some(running);
    }

    /// A client without a credential.
    pub fn anonymous(&self) -> Client<HttpTransport> {
        Client::new(HttpTransport::with_http(self.http.clone(), &self.base, None))
    }

    /// A request put together by hand, for what the typed client cannot send.
    pub fn raw(&self, method: Method, path: &str) -> reqwest::RequestBuilder {
        self.http.request(method, format!("{}{path}", self.base))
    }

    /// A new user with this role, signed in.
    pub async fn user(&self, name: &str, role: BuiltinRole) -> User {
        let profile = self.add_user(name, role).await;
        self.sign_in(&profile).await
    }

    /// A new agent, signed in.
    pub async fn agent(&self, name: &str) -> User {
        self.user(name, BuiltinRole::Agent).await
    }

    /// A new viewer, signed in.
    pub async fn viewer(&self, name: &str) -> User {
        self.user(name, BuiltinRole::Viewer).await
    }

    async fn add_user(&self, name: &str, role: BuiltinRole) -> Profile {
        let (name, email) = (name.to_owned(), format!("{}@example.org", name.to_lowercase()));
        let add = move |tx: &mut platform::Tx<'_>| {
            let new = accounts::users::NewUser {
                name: name.clone(),
                email: email.clone(),
                role,
                password_hash: password_hash(),
            };
            accounts::users::add(tx, new)
        };
        self.ctx().write(&Actor::System, add).await.unwrap()
    }

    /// A fresh session of a user.
    pub async fn sign_in(&self, profile: &Profile) -> User {
        let request =
            CreateSession { email: profile.email.clone(), password: PASSWORD.to_owned(), code: None };
        let session = self.anonymous().create_session(&request).await.unwrap();
        User::new(&self.http, &self.base, session.access_token, session.me.user)
    }

    /// A program with these scopes, acting for a user who may make tokens.
    pub async fn token(&self, of: &User, scopes: &[Permission]) -> User {
        let request = CreateApiToken {
            name: format!("Program {}", MADE.fetch_add(1, Ordering::Relaxed)),
            scopes: scopes.iter().copied().collect(),
            expires_at: None,
        };
        let made = of.create_api_token(&request).await.unwrap();
        User::new(&self.http, &self.base, made.secret, of.profile.clone())
    }

    /// A new inbox.
    pub async fn inbox(&self, name: &str, members: &[UserId]) -> Inbox {
        let request = SaveInbox { name: name.to_owned(), member_ids: members.to_vec() };
        self.administrator.create_inbox(&request).await.unwrap()
    }

    /// A new chat widget.
    pub async fn widget(&self, inbox: &Inbox) -> ChatWidget {
        let request = CreateChatWidget { name: format!("Site of {}", inbox.name), inbox_id: inbox.id };
        self.administrator.create_chat_widget(&request).await.unwrap()
    }

    /// A new visitor of the site that a widget stands on.
    pub async fn visitor(&self, widget: &ChatWidget) -> Visitor {
        let request = CreateVisitorSession { widget_id: widget.id, language: None, time_zone: None };
        let reply = self.anonymous().create_visitor_session(&request).await.unwrap();
        Visitor::new(&self.http, &self.base, reply)
    }

    /// Runs every job that is due.
    pub async fn run_jobs(&self) {
        self.ctx().run_jobs_until_idle().await.unwrap();
    }

    /// Notes that this test shows acceptance rows, at most five.
    pub fn shows(&self, rows: &[&'static str]) {
        let mut shown = self.shown.lock().unwrap();
        shown.extend(rows);
        assert!(shown.len() <= rows::MOST, "a test shows at most {} rows: {shown:?}", rows::MOST);
    }

    /// Errors whose text contains this are provoked by the test.
    pub fn expects_errors_with(&self, part: &'static str) {
        log::expect(part);
    }

    /// The test leaves dead jobs on purpose.
    pub fn expects_dead_jobs(&self) {
        *self.expects_dead_jobs.lock().unwrap() = true;
    }

    /// Checks that no job died, and stops the server before the test ends.
    pub async fn stop(&self) {
        let running = self.running.lock().unwrap().take();
        let Some(running) = running else { return };
        let expected = *self.expects_dead_jobs.lock().unwrap();
        let dead: Vec<(String, Option<String>)> = running
            .ctx()
            .read(&Actor::System, |tx| {
                let dead = jobs::table.filter(jobs::state.eq("dead"));
                Ok(dead.select((jobs::kind, jobs::last_error)).load(tx.conn())?)
            })
            .await
            .unwrap();
        assert!(expected || dead.is_empty(), "dead jobs: {dead:?}");
        running.stop().await;
    }

    /// Checks that no job died and no error was logged, and stops the server.
    async fn finish(self) -> Vec<&'static str> {
        self.stop().await;
        let errors = log::since(self.errors_before);
        assert!(errors.is_empty(), "errors in the log: {errors:?}");
        self.shown.lock().unwrap().clone()
    }
}

impl Drop for TestApp {
    fn drop(&mut self) {
        // What cannot be deleted is left to whoever cleans the temporary files up.
        let _ = std::fs::remove_dir_all(&self.folder);
    }
}
