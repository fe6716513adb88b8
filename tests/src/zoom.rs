//! A fake of Zoom, since there is none to be had: `tests/zoom/fake.ts`, written from Zoom's public reference and typed with
//! the types that Zoom publishes.

use std::process::Command;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use platform::Config;
use serde::Deserialize;
use serde_json::{Value, json};
use types::Timestamp;

use crate::fake::{Fake, returned};
use crate::{TestApp, User};

/// The secret token of the app at the fake.
pub const SECRET_TOKEN: &str = "secret token";

/// A fake of Zoom on a port of its own. It is killed when dropped.
pub struct FakeZoom(Fake);

/// What came back for an event.
#[derive(Debug, Deserialize)]
pub struct Answer {
    /// The status.
    pub status: u16,
    /// The body.
    pub body: String,
    /// The status that Zoom's own library answers the same event with.
    pub expected_status: u16,
    /// The body that it answers with.
    pub expected_body: String,
}

/// What the fake has seen.
#[derive(Debug, Deserialize)]
pub struct Seen {
    /// Tokens that were renewed.
    pub renewals: usize,
    /// Tokens that were given back.
    pub revoked: usize,
    /// Files that were fetched.
    pub downloads: usize,
    /// Requests that were not answered because it was down.
    pub turned_away: usize,
}

impl FakeZoom {
    /// Starts it.
    pub async fn start() -> Self {
        Self(Fake::start("zoom").await)
    }

    /// Makes it the Zoom that Rapport asks.
    pub fn configure(&self, config: &mut Config) {
        config.zoom.client_id = "client".to_owned();
        config.zoom.client_secret = "client secret".to_owned();
        config.zoom.secret_token = SECRET_TOKEN.to_owned();
        config.zoom.api_url = self.0.url("/v2");
        config.zoom.oauth_url = self.0.url("/oauth");
    }

    /// Somebody has this user at Zoom, in the one account there.
    pub async fn has_user(&self, id: &str, name: &str, email: &str) {
        let user = json!({ "id": id, "account_id": "account", "email": email, "display_name": name });
        self.0.tell("/fake/user", &user).await;
    }

    /// There is this meeting with its recordings.
    pub async fn has_meeting(&self, meeting: &Meeting) {
        self.0.tell("/fake/meeting", &meeting.0).await;
    }

    /// The recordings of a meeting are deleted.
    pub async fn deletes_meeting(&self, uuid: &str) {
        self.0.tell("/fake/delete_meeting", &json!({ "uuid": uuid })).await;
    }

    /// Behaves otherwise from now on, as `Mode` in the fake says.
    pub async fn set_mode(&self, mode: Value) {
        self.0.tell("/fake/mode", &mode).await;
    }

    /// Accepts none of the access tokens that it has given any more.
    pub async fn ends_access(&self) {
        self.0.tell("/fake/end_access", &json!({})).await;
    }

    /// The meetings that are planned.
    pub async fn planned(&self) -> Vec<Value> {
        serde_json::from_value(self.0.tell("/fake/planned", &json!({})).await).unwrap()
    }

    /// What it has seen.
    pub async fn seen(&self) -> Seen {
        serde_json::from_value(self.0.tell("/fake/seen", &json!({})).await).unwrap()
    }

    /// Sends a signed event about a meeting or a user to Rapport.
    pub async fn sends(&self, app: &TestApp, event: &str, about: &str) -> Answer {
        self.sends_at(app, event, about, app.clock().now()).await
    }

    /// The same, sent at another time.
    pub async fn sends_at(&self, app: &TestApp, event: &str, about: &str, at: Timestamp) -> Answer {
        let to = format!("{}/v1/zoom/events", app.base());
        let timestamp = at.0 / Timestamp::SECOND;
        let event = json!({ "event": event, "about": about, "to": to, "secret": SECRET_TOKEN, "timestamp": timestamp });
        serde_json::from_value(self.0.tell("/fake/send", &event).await).unwrap()
    }

    /// Has a user of Rapport sign in at the fake as this user of Zoom; answers `code` and `state` of the return.
    pub async fn signs_in(&self, url: &str, as_user: &str) -> (String, String) {
        self.set_mode(json!({ "signs_in": as_user })).await;
        let back = returned(&self.0.http.get(url).send().await.unwrap());
        (back.code, back.state)
    }

    /// Connects Rapport with it for the whole account or for the user.
    pub async fn connect(
        &self,
        user: &User,
        scope: types::accounts::ConnectionScope,
        as_user: &str,
    ) -> types::accounts::Connection {
        use types::accounts::{CompleteConnection, ConnectionProvider, StartConnection};
        let start = StartConnection { provider: ConnectionProvider::Zoom, scope };
        let started = user.start_connection(&start).await.unwrap();
        let (code, state) = self.signs_in(&started.url, as_user).await;
        user.complete_connection(&CompleteConnection { state, code }).await.unwrap()
    }
}

/// A meeting at the fake.
#[derive(Clone, Debug)]
pub struct Meeting(Value);

impl Meeting {
    /// A meeting of a host, without files and participants.
    pub fn new(uuid: &str, host_id: &str, topic: &str, at: Timestamp) -> Self {
        Self(json!({
            "uuid": uuid, "host_id": host_id, "topic": topic, "type": 2, "start_time": at.to_string(),
            "files": [], "participants": [],
        }))
    }

    /// The same as a webinar.
    pub fn as_webinar(mut self) -> Self {
        self.0["type"] = json!(5);
        self
    }

    /// The same with somebody who took part.
    pub fn with_participant(mut self, name: &str, email: &str) -> Self {
        let participants = self.0["participants"].as_array_mut().unwrap();
        participants.push(json!({ "name": name, "user_email": email }));
        self
    }

    /// The same with a file: its type and that of the recording as Zoom calls them.
    pub fn with_file(mut self, id: &str, (file_type, recording_type): (&str, &str), content: &[u8]) -> Self {
        let start = self.0["start_time"].clone();
        self.0["files"].as_array_mut().unwrap().push(json!({
            "id": id, "recording_start": start, "file_type": file_type, "recording_type": recording_type,
            "content": STANDARD.encode(content),
        }));
        self
    }

    /// The same with something else said of the last file.
    pub fn but(mut self, field: &str, value: Value) -> Self {
        self.0["files"].as_array_mut().unwrap().last_mut().unwrap()[field] = value;
        self
    }
}

/// A short video with a picture and a tone, made by ffmpeg, which `cargo xtask test` installs. Each `pitch` makes another.
pub fn video(app: &TestApp, pitch: u32) -> Vec<u8> {
    let file = app.files().with_file_name(format!("meeting-{pitch}.mp4"));
    let tone = format!("sine=frequency={pitch}:sample_rate=16000:duration=2");
    let output = Command::new("ffmpeg")
        .args([
            "-v",
            "error",
            "-y",
            "-f",
            "lavfi",
            "-i",
            "color=size=64x48:rate=5:duration=2",
            "-f",
            "lavfi",
            "-i",
        ])
        .arg(&tone)
        .args(["-c:v", "mpeg4", "-c:a", "aac", "-shortest"])
        .arg(&file)
        .output()
        .expect("ffmpeg is needed: apt-get install ffmpeg");
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    std::fs::read(file).unwrap()
}
