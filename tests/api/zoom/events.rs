use rapport_tests::test_on_both;
use rapport_tests::zoom::SECRET_TOKEN;
use serde_json::Value;
use types::calls::UpdateZoomSettings;

use super::desk::{Desk, calls, settle};

test_on_both!(
    /// Zoom's own library makes of an event what Rapport makes of it: the question whether the address is right is
    /// answered with the same words, and a signature counts here that counts there.
    events_are_taken_as_zooms_library_takes_them,
    async |app| {
        let desk = Desk::unconnected(app).await;
        let asked = desk.zoom.sends(app, "endpoint.url_validation", "qgg8vlvZRS6UYooatFL8Aw").await;
        assert_eq!((asked.status, asked.expected_status), (200, 200), "{asked:?}");
        let [reply, expected]: [Value; 2] =
            [&asked.body, &asked.expected_body].map(|body| serde_json::from_str(body).unwrap());
        assert_eq!(reply, expected);
        let meeting = desk.meeting(app, "uuid==", 440);
        desk.zoom.has_meeting(&meeting).await;
        for event in ["recording.completed", "recording.transcript_completed", "recording.deleted"] {
            let sent = desk.zoom.sends(app, event, "uuid==").await;
            assert_eq!((sent.status, sent.expected_status), (204, 200), "{event}: {sent:?}");
        }
        settle(app).await;
        // Nothing is connected, and nothing taken over.
        assert_eq!(calls(app.super_admin()).await, []);
    }
);

test_on_both!(
    /// An event that is not signed, or is old, is nobody's.
    events_must_be_signed,
    async |app| {
        let desk = Desk::open(app).await;
        desk.zoom.has_meeting(&desk.meeting(app, "uuid==", 440)).await;
        let now = app.clock().now();
        for (seconds, status) in [(-290, 204), (-310, 401), (310, 401)] {
            let sent = desk.zoom.sends_at(app, "recording.deleted", "uuid==", now.plus_seconds(seconds)).await;
            assert_eq!(sent.status, status, "{seconds}");
        }
        let post = async |headers: &[(&str, String)], body: &str| {
            let mut request = app.raw(reqwest::Method::POST, "/v1/zoom/events").body(body.to_owned());
            for (name, value) in headers {
                request = request.header(*name, value);
            }
            request.send().await.unwrap().status().as_u16()
        };
        let time = (now.0 / 1_000_000).to_string();
        let sign = |body: &str| {
            let signed = format!("v0:{time}:{body}");
            let signature = format!("v0={}", zoom::webhook::digest(SECRET_TOKEN, signed.as_bytes()));
            [("x-zm-request-timestamp", time.clone()), ("x-zm-signature", signature)]
        };
        let body = r#"{"event":"recording.deleted","payload":{}}"#;
        assert_eq!(post(&sign(body), body).await, 204);
        assert_eq!(post(&[], body).await, 401);
        assert_eq!(post(&sign(body)[..1], body).await, 401);
        assert_eq!(post(&sign(body), &body.replace("deleted", "completed")).await, 401);
        for broken in ["", "[]", "{\"event\":1}", "{"] {
            assert_eq!(post(&sign(broken), broken).await, 400, "{broken}");
        }
        app.restart(|config| desk.zoom.configure(config)).await;
        app.restart(|config| config.zoom.secret_token.clear()).await;
        assert_eq!(post(&sign(body), body).await, 401);
    }
);

test_on_both!(
    /// CALL-66, 67: nothing is taken over until the sync is switched on; then everything new is, meetings and webinars.
    the_sync_is_switched_on,
    async |app| {
        let desk = Desk::open(app).await;
        let admin = app.super_admin();
        let settings = desk.ana.get_zoom_settings().await.unwrap();
        assert!(settings.configured && settings.sync && settings.sync_since.is_some(), "{settings:?}");
        assert!(settings.events_url.ends_with("/v1/zoom/events"), "{settings:?}");
        let off = admin.update_zoom_settings(&UpdateZoomSettings { sync: false }).await.unwrap();
        assert_eq!((off.sync, off.sync_since), (false, None));
        assert!(desk.ana.update_zoom_settings(&UpdateZoomSettings { sync: true }).await.is_err());
        desk.ended(app, &desk.meeting(app, "first==", 440), "first==").await;
        assert_eq!(calls(&desk.ana).await, []);
        admin.update_zoom_settings(&UpdateZoomSettings { sync: true }).await.unwrap();
        desk.ended(app, &desk.meeting(app, "second==", 450), "second==").await;
        desk.ended(app, &desk.meeting(app, "webinar==", 460).as_webinar(), "webinar==").await;
        assert_eq!(calls(&desk.ana).await.len(), 2);
        app.shows(&["CALL-66", "CALL-67", "SYS-05"]);
    }
);
