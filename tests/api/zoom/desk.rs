//! Rapport beside a fake of Zoom.

use db::schema::jobs;
use diesel::prelude::*;
use platform::Actor;
use rapport_tests::zoom::{FakeZoom, Meeting, video};
use rapport_tests::{TestApp, User, until};
use types::accounts::ConnectionScope;
use types::calls::{Call, ListCalls, RecordingState, UpdateZoomSettings};

/// What is heard best.
pub const VIDEO: (&str, &str) = ("MP4", "shared_screen_with_speaker_view");
pub const TRANSCRIPT: (&str, &str) = ("TRANSCRIPT", "audio_transcript");
pub const TIMELINE: (&str, &str) = ("TIMELINE", "timeline");

/// Rapport connected with Zoom for the whole account, and a host who is a user of both.
pub struct Desk {
    pub zoom: FakeZoom,
    pub ana: User,
}

impl Desk {
    /// Recordings are taken over from now on.
    pub async fn open(app: &TestApp) -> Self {
        let desk = Self::unconnected(app).await;
        desk.zoom.connect(app.super_admin(), ConnectionScope::Account, "boss").await;
        app.super_admin().update_zoom_settings(&UpdateZoomSettings { sync: true }).await.unwrap();
        desk
    }

    /// Nothing is connected yet.
    pub async fn unconnected(app: &TestApp) -> Self {
        let zoom = FakeZoom::start().await;
        app.restart(|config| zoom.configure(config)).await;
        let ana = app.agent("Ana").await;
        zoom.has_user("boss", "The Boss", "ada@example.org").await;
        zoom.has_user("host", "Ana (Sales)", "ana@example.org").await;
        Self { zoom, ana }
    }

    /// A meeting of Ana's with a short video; each `pitch` is another.
    pub fn meeting(&self, app: &TestApp, uuid: &str, pitch: u32) -> Meeting {
        let meeting = Meeting::new(uuid, "host", "Kick-off", app.clock().now());
        meeting.with_participant("Ana (Sales)", "ana@example.org").with_file(
            &format!("video {uuid}"),
            VIDEO,
            &video(app, pitch),
        )
    }

    /// Lets Zoom tell of a meeting that has ended, and waits until what follows is done.
    pub async fn ended(&self, app: &TestApp, meeting: &Meeting, uuid: &str) {
        self.zoom.has_meeting(meeting).await;
        assert_eq!(self.zoom.sends(app, "recording.completed", uuid).await.status, 204);
        settle(app).await;
    }
}

/// Waits until nothing about Zoom is left to be done.
pub async fn settle(app: &TestApp) {
    until("Zoom is dealt with", async || {
        let left: i64 = app
            .ctx()
            .read(&Actor::System, |tx| {
                let left = jobs::table.filter(jobs::state.ne("dead")).filter(jobs::kind.like("%zoom%"));
                Ok(left.count().get_result(tx.conn())?)
            })
            .await
            .unwrap();
        left == 0
    })
    .await;
}

/// The calls that somebody sees, the latest first, once their recordings were examined.
pub async fn calls(user: &User) -> Vec<Call> {
    let list = async || user.list_calls(&ListCalls::default()).await.unwrap().items;
    until("the recordings are examined", async || {
        list().await.iter().all(|call| call.recording.state != RecordingState::Processing)
    })
    .await;
    list().await
}
