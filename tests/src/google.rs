//! Google's sign-in, imitated by emulate (`tests/google`), which checks PKCE, codes and clients, and takes any access token.

use std::fs;
use std::process::Command;

use platform::Config;
use reqwest::Url;
use serde_json::json;
use types::accounts::CompleteConnection;

use crate::TestApp;
use crate::child::free_port;
use crate::fake::{Fake, installed, returned};

const CLIENT_ID: &str = "rapport.apps.googleusercontent.com";
const CLIENT_SECRET: &str = "client secret";

/// Google's sign-in with one account, `rep@example.com`, on a port of its own. It is killed when dropped.
pub struct GoogleSignIn(Fake);

impl GoogleSignIn {
    /// Starts it for an app, whose address to return to it must know.
    pub async fn start(app: &TestApp) -> Self {
        let program = installed("google/node_modules/emulate/dist/index.js");
        let back = format!("{}/connections/return", app.config().server.app_url());
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
