//! A fake of Microsoft, since there is none to be had: `tests/microsoft/fake.ts`, written from the public reference and typed
//! with the types that Microsoft publishes.

use platform::Config;
use serde_json::{Value, json};
use types::accounts::{CompleteConnection, Connection, ConnectionProvider, ConnectionScope, StartConnection};

use crate::User;
use crate::fake::{Fake, returned};

/// A fake of Microsoft's sign-in and of Graph on a port of its own. It is killed when dropped.
pub struct FakeMicrosoft(Fake);

impl FakeMicrosoft {
    /// Starts it.
    pub async fn start() -> Self {
        Self(Fake::start("microsoft").await)
    }

    /// Makes it the Microsoft that Rapport asks.
    pub fn configure(&self, config: &mut Config) {
        config.microsoft.client_id = "client".to_owned();
        config.microsoft.client_secret = "client secret".to_owned();
        config.microsoft.authority_url = self.0.url("/common/v2.0");
        config.microsoft.api_url = self.0.url("/v1.0");
    }

    /// Tells it something under `/fake/`, as `fake.ts` has it, and answers what it says.
    pub async fn tell(&self, what: &str, body: Value) -> Value {
        self.0.tell(&format!("/fake/{what}"), &body).await
    }

    /// Somebody has this account there, with a calendar of the same id.
    pub async fn has_user(&self, id: &str, name: &str, email: &str) {
        let user = json!({ "id": id, "displayName": name, "mail": email, "userPrincipalName": email });
        self.tell("user", user).await;
        let calendar = json!({ "id": id, "name": "Calendar", "isDefaultCalendar": true, "canEdit": true,
            "owner": { "name": name, "address": email } });
        self.tell("calendar", json!({ "owner": id, "calendar": calendar })).await;
    }

    /// Behaves otherwise from now on, as `Mode` in the fake says.
    pub async fn set_mode(&self, mode: Value) {
        self.tell("mode", mode).await;
    }

    /// One of the numbers that it has counted.
    pub async fn seen(&self, what: &str) -> i64 {
        self.tell("seen", json!({})).await[what].as_i64().unwrap()
    }

    /// Has somebody sign in there as this user; answers `code` and `state` of the return.
    pub async fn signs_in(&self, url: &str, as_user: &str) -> CompleteConnection {
        self.set_mode(json!({ "signs_in": as_user })).await;
        returned(&self.0.http.get(url).send().await.unwrap())
    }

    /// Connects a user of Rapport with a user there.
    pub async fn connect(&self, user: &User, as_user: &str) -> Connection {
        let start = StartConnection { provider: ConnectionProvider::Microsoft, scope: ConnectionScope::User };
        let started = user.start_connection(&start).await.unwrap();
        let back = self.signs_in(&started.url, as_user).await;
        user.complete_connection(&back).await.unwrap()
    }
}
