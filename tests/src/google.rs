//! Google's sign-in, imitated by emulate (`tests/google`), which checks PKCE, codes and clients, and takes any access token; and
//! its calendars, which myworld imitates, behind a front (`tests/google/front.mjs`) that has what neither does.

use std::fs::{self, File};
use std::path::Path;
use std::process::{Command, Stdio};

use platform::Config;
use reqwest::Url;
use serde_json::{Value, json};
use types::accounts::{CompleteConnection, Connection, ConnectionProvider, ConnectionScope, StartConnection};

use crate::child::free_port;
use crate::fake::{Fake, installed, returned};
use crate::tools::python;
use crate::{TestApp, User};

const CLIENT_ID: &str = "rapport.apps.googleusercontent.com";
const CLIENT_SECRET: &str = "client secret";

/// Google's sign-in with one account, `rep@example.com`, on a port of its own. It is killed when dropped.
pub struct GoogleSignIn(Fake);

impl GoogleSignIn {
    /// Starts it for an app, whose address to return to it must know.
    pub async fn start(app: &TestApp) -> Self {
        Self::start_for(app, app.config().server.app_url()).await
    }

    async fn start_for(app: &TestApp, app_url: &str) -> Self {
        let program = installed("google/node_modules/emulate/dist/index.js");
        let back = format!("{app_url}/connections/return");
        let client =
            json!({ "client_id": CLIENT_ID, "client_secret": CLIENT_SECRET, "redirect_uris": [back] });
        let users = json!([{ "email": "rep@example.com", "name": "Rep" }]);
        let seed = app.files().with_file_name("google.json");
        // JSON is YAML.
        fs::write(&seed, json!({ "google": { "users": users, "oauth_clients": [client] } }).to_string())
            .unwrap();
        let port = free_port();
        let mut command = Command::new("node");
        command.arg("--require").arg(installed("google/loopback.cjs")).arg(program);
        command.args(["-p", &port.to_string(), "-s", "google", "--seed"]).arg(&seed);
        Self(Fake::run(command, port).await)
    }

    /// Makes it the Google that Rapport asks.
    pub fn configure(&self, config: &mut Config) {
        config.google.client_id = CLIENT_ID.to_owned();
        config.google.client_secret = CLIENT_SECRET.to_owned();
        config.google.issuer_url = self.0.url("");
    }

    /// Has somebody go through the page where they sign in; answers `code` and `state` of the return.
    pub async fn signs_in(&self, url: &str) -> CompleteConnection {
        let scope =
            Url::parse(url).unwrap().query_pairs().find(|(name, _)| name == "scope").unwrap().1.into_owned();
        self.signs_in_allowing(url, &scope).await
    }

    /// The same, allowing only some of what is asked for.
    pub async fn signs_in_allowing(&self, url: &str, scope: &str) -> CompleteConnection {
        let page = self.0.http.get(url).send().await.unwrap();
        assert_eq!(page.status(), 200, "{url}");
        assert!(page.text().await.unwrap().contains("rep@example.com"));
        let asked = Url::parse(url).unwrap();
        let mut form: Vec<(String, String)> = asked.query_pairs().into_owned().collect();
        form.retain(|(name, _)| name != "scope");
        form.push(("scope".to_owned(), scope.to_owned()));
        form.push(("email".to_owned(), "rep@example.com".to_owned()));
        let chosen = Url::parse_with_params("http://form/", &form).unwrap();
        let request = self.0.http.post(format!("{}/callback", asked.as_str().split('?').next().unwrap()));
        let request = request.header("content-type", "application/x-www-form-urlencoded");
        returned(&request.body(chosen.query().unwrap().to_owned()).send().await.unwrap())
    }
}

/// Whose calendars there are: Rep's own, a second one of Rep's, a room that Rep may write to, and a team's that Rep may read.
const SEED: &str = "
name: calendars
task: none
servers:
  calendar:
    seed:
      user: {email: rep@example.com, name: Rep}
      timeZone: Europe/Paris
      calendars:
        - {id: side-1, summary: Side, acl: {rep@example.com: owner}}
        - {id: team@example.com, summary: Team, accessRole: reader}
        - {id: room-1, summary: Room, acl: {rep@example.com: writer}}
";

/// Rep's own calendar.
pub const OWN: &str = "rep@example.com";

/// Google's sign-in and calendars at one address, each program on a port of its own. They are killed when this is dropped.
pub struct Google {
    sign_in: GoogleSignIn,
    _calendars: Fake,
    front: Fake,
}

impl Google {
    /// Starts it for an app, which asks it from then on and may be told of changes.
    pub async fn start(app: &TestApp) -> Self {
        app.restart(|config| config.server.public_url = app.base().to_owned()).await;
        let sign_in = GoogleSignIn::start_for(app, app.base()).await;
        let folder = app.files().with_file_name("myworld");
        fs::create_dir_all(&folder).unwrap();
        fs::write(folder.join("env.yaml"), SEED).unwrap();
        let (port, gateway) = (free_port(), free_port());
        let log = folder.join("log");
        let mut command = Command::new(Path::new(python().get_program()).with_file_name("myworld"));
        command.args(["serve", "--host", "127.0.0.1", "--port"]).arg(port.to_string());
        command.args([
            "--gateway",
            &gateway.to_string(),
            "--no-passthrough",
            "--ca-dir",
            "ca",
            "--env",
            "env.yaml",
        ]);
        command.current_dir(&folder).env("HOME", &folder).stderr(Stdio::null());
        let calendars = Fake::run_printing(command, port, File::create(&log).unwrap().into()).await;
        let printed = fs::read_to_string(log).unwrap();
        let token = printed.lines().find_map(|line| line.trim().strip_prefix("export GOG_ACCESS_TOKEN="));
        let base = calendars.url("/gw/www.googleapis.com/calendar/v3");
        let port = free_port();
        let mut command = Command::new("node");
        command.arg(installed("google/front.mjs")).args([
            &port.to_string(),
            &sign_in.0.url(""),
            &base,
            token.unwrap(),
        ]);
        let front = Fake::run(command, port).await;
        let google = Self { sign_in, _calendars: calendars, front };
        app.restart(|config| google.configure(config, app)).await;
        google
    }

    fn configure(&self, config: &mut Config, app: &TestApp) {
        self.sign_in.configure(config);
        config.server.public_url = app.base().to_owned();
        config.google.issuer_url = self.front.url("");
        config.google.api_url = self.front.url("/calendar/v3");
    }

    /// Connects a user of Rapport with Rep, who allows it.
    pub async fn connect(&self, user: &User) -> Connection {
        let start = StartConnection { provider: ConnectionProvider::Google, scope: ConnectionScope::User };
        let started = user.start_connection(&start).await.unwrap();
        user.complete_connection(&self.sign_in.signs_in(&started.url).await).await.unwrap()
    }

    /// Tells it something under `/fake/`, as `front.mjs` has it, and answers what it says.
    pub async fn tell(&self, what: &str, body: Value) -> Value {
        self.front.tell(&format!("/fake/{what}"), &body).await
    }

    /// One of the numbers that it has counted.
    pub async fn seen(&self, what: &str) -> i64 {
        self.tell("seen", json!({})).await[what].as_i64().unwrap()
    }

    /// Somebody makes an event in a calendar there, with these fields besides.
    pub async fn has_event(&self, calendar: &str, (from, until): (&str, &str), more: Value) -> String {
        let time = |at: &str| json!({ "dateTime": at, "timeZone": "UTC" });
        let mut event = json!({ "summary": "Theirs", "start": time(from), "end": time(until) });
        event.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
        let made =
            self.tell("change", json!({ "method": "POST", "calendar": calendar, "event": event })).await;
        made["event"]["id"].as_str().unwrap().to_owned()
    }

    /// Somebody changes an event there.
    pub async fn changes_event(&self, calendar: &str, id: &str, event: Value) {
        let change = json!({ "method": "PATCH", "calendar": calendar, "id": id, "event": event });
        assert_eq!(self.tell("change", change).await["status"], 200);
    }

    /// Somebody deletes an event there.
    pub async fn deletes_event(&self, calendar: &str, id: &str) {
        let change = json!({ "method": "DELETE", "calendar": calendar, "id": id });
        assert_eq!(self.tell("change", change).await["status"], 204);
    }

    /// The events that stand in a calendar.
    pub async fn events(&self, calendar: &str) -> Vec<Value> {
        let all = self.tell("change", json!({ "method": "GET", "calendar": calendar })).await;
        all["event"]["items"].as_array().unwrap().clone()
    }
}
