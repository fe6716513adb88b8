//! Programs that stand for a service of others: fakes of ours in TypeScript, and imitations from the registries.

use std::path::Path;
use std::process::{Child, Command, Stdio};

use reqwest::header::LOCATION;
use reqwest::{Response, Url};
use serde_json::Value;
use types::accounts::CompleteConnection;

use crate::child::free_port;
use crate::tools::until;

/// A program that stands for a service, on a port of its own. It is killed when dropped.
pub(crate) struct Fake {
    /// A client that follows no redirects.
    pub(crate) http: reqwest::Client,
    port: u16,
    child: Child,
}

impl Fake {
    /// Starts the fake in `tests/NAME/fake.ts`.
    pub(crate) async fn start(name: &str) -> Self {
        let program = installed(&format!("{name}/node_modules/.fake/fake.js"));
        let port = free_port();
        let mut command = Command::new("node");
        command.arg(&program).arg(port.to_string());
        Self::run(command, port).await
    }

    /// Starts a program that listens on the port, and waits until it answers anything.
    pub(crate) async fn run(command: Command, port: u16) -> Self {
        Self::run_printing(command, port, Stdio::null()).await
    }

    /// The same with a program whose output goes there.
    pub(crate) async fn run_printing(mut command: Command, port: u16, output: Stdio) -> Self {
        let child = command.stdin(Stdio::null()).stdout(output).spawn();
        let http = reqwest::Client::builder().no_proxy().redirect(reqwest::redirect::Policy::none());
        let fake =
            Self { http: http.build().unwrap(), port, child: child.expect("the program can be started") };
        until("it answers", async || fake.http.get(fake.url("/")).send().await.is_ok()).await;
        fake
    }

    /// The URL of a path of it.
    pub(crate) fn url(&self, path: &str) -> String {
        format!("http://127.0.0.1:{}{path}", self.port)
    }

    /// Tells it something that it has to know, and answers what it says.
    pub(crate) async fn tell(&self, path: &str, body: &Value) -> Value {
        let reply = self.http.post(self.url(path)).body(body.to_string()).send().await.unwrap();
        let status = reply.status();
        let text = reply.text().await.unwrap();
        assert!(status.is_success(), "{path}: {status} {text}");
        serde_json::from_str(&text).unwrap()
    }
}

impl Drop for Fake {
    fn drop(&mut self) {
        // It may have ended already.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// A file below `tests/` that the test command makes or installs.
pub(crate) fn installed(name: &str) -> std::path::PathBuf {
    let file = Path::new(env!("CARGO_MANIFEST_DIR")).join(name);
    assert!(file.exists(), "run `cargo xtask check` once, which makes {}", file.display());
    file
}

/// What a provider sends the browser back with.
pub(crate) fn returned(reply: &Response) -> CompleteConnection {
    assert_eq!(reply.status(), 302, "{}", reply.url());
    let back = Url::parse(reply.headers()[LOCATION].to_str().unwrap()).unwrap();
    let find = |name: &str| back.query_pairs().find(|(key, _)| key == name).unwrap().1.into_owned();
    CompleteConnection { state: find("state"), code: find("code") }
}
