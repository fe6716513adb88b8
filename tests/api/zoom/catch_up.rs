use rapport_tests::zoom::{Meeting, video};
use rapport_tests::{test_on_both, until};
use serde_json::json;

use super::desk::{Desk, VIDEO, calls, settle};

const HOUR: i64 = 60 * 60;

test_on_both!(
    /// PITFALL 1: what Zoom could not tell of is found, however long it was: recordings since the sync was switched on, on
    /// every page, and none of before. Whatever is known already does not come again.
    what_was_missed_is_found,
    async |app| {
        let desk = Desk::open(app).await;
        let now = app.clock().now();
        let meeting = |uuid: &str, at, pitch| {
            let meeting = Meeting::new(uuid, "host", uuid, at);
            meeting.with_file(uuid, VIDEO, &video(app, pitch))
        };
        desk.zoom.has_meeting(&meeting("before", now.plus_seconds(-HOUR), 400)).await;
        for (uuid, days, pitch) in [("one", 1, 410), ("two", 2, 420), ("three", 2, 430), ("late", 40, 440)] {
            desk.zoom.has_meeting(&meeting(uuid, now.plus_seconds(days * 24 * HOUR), pitch)).await;
        }
        desk.zoom.set_mode(json!({ "down": true })).await;
        let later = now.plus_seconds(41 * 24 * HOUR);
        app.clock().set(later);
        until("it was asked in vain", async || desk.zoom.seen().await.turned_away > 0).await;
        settle(app).await;
        desk.zoom.set_mode(json!({ "down": false })).await;
        app.clock().set(later.plus_seconds(2 * HOUR));
        let ana = app.sign_in(&desk.ana.profile).await;
        until("all are there", async || calls(&ana).await.len() == 4).await;
        settle(app).await;
        let titles: Vec<_> = calls(&ana).await.into_iter().map(|call| call.title).collect();
        assert_eq!((titles.len(), &*titles[0]), (4, "late"));
        let caught_up = ana.get_zoom_settings().await.unwrap().caught_up_to;
        assert!(caught_up.is_some_and(|at| at >= later), "{caught_up:?}");
        app.clock().set(later.plus_seconds(4 * HOUR));
        let ana = app.sign_in(&desk.ana.profile).await;
        until("it has looked again", async || {
            let caught_up = ana.get_zoom_settings().await.unwrap().caught_up_to;
            caught_up.is_some_and(|at| at >= later.plus_seconds(4 * HOUR))
        })
        .await;
        settle(app).await;
        assert_eq!(calls(&ana).await.len(), 4);
        assert_eq!(desk.zoom.seen().await.downloads, 4);
    }
);
