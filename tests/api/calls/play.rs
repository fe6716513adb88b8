use rapport_tests::{ObjectStore, TestApp, User, test_on_both, until};
use reqwest::{Method, StatusCode};
use types::accounts::{ListAuditEntries, UserPath};
use types::calls::{ListCalls, SavePlaybackPosition, UpdateCall};
use types::{BuiltinRole, CallId};

use super::desk::{call, path};
use super::sound::{recorded, wav};

async fn link(user: &User, call: CallId) -> String {
    user.create_recording_link(&path(call)).await.unwrap().url
}

async fn status(app: &TestApp, url: &str) -> u16 {
    app.raw(Method::GET, url).send().await.unwrap().status().as_u16()
}

/// A link plays without a credential, whole and in every kind of part (RFC 9110, section 14), and runs no script.
async fn check_ranges(app: &TestApp) {
    let ana = app.agent("Ana").await;
    let made = recorded(app, &ana, 440).await;
    let file = wav(2, 440, [true, true]);
    let url = link(&ana, made.id).await;
    let whole = app.raw(Method::GET, &url).send().await.unwrap();
    assert_eq!(whole.status(), StatusCode::OK);
    let header = |name: &str| whole.headers()[name].to_str().unwrap().to_owned();
    assert_eq!((header("accept-ranges").as_str(), header("content-type").as_str()), ("bytes", "audio/wav"));
    assert_eq!(header("x-content-type-options"), "nosniff");
    assert!(header("content-security-policy").contains("sandbox"));
    let etag = header("etag");
    assert_eq!(whole.bytes().await.unwrap(), file);
    let size = file.len();
    for (range, place, wanted) in [
        ("bytes=0-", format!("bytes 0-{}/{size}", size - 1), &file[..]),
        ("bytes=100-199", format!("bytes 100-199/{size}"), &file[100..200]),
        ("bytes=-10", format!("bytes {}-{}/{size}", size - 10, size - 1), &file[size - 10..]),
        ("bytes=10-99999999", format!("bytes 10-{}/{size}", size - 1), &file[10..]),
    ] {
        let part = app.raw(Method::GET, &url).header("Range", range).send().await.unwrap();
        assert_eq!(part.status(), StatusCode::PARTIAL_CONTENT, "{range}");
        assert_eq!(part.headers()["content-range"], place);
        assert_eq!(part.bytes().await.unwrap(), wanted, "{range}");
    }
    let beyond = app.raw(Method::GET, &url).header("Range", format!("bytes={size}-"));
    let beyond = beyond.send().await.unwrap();
    assert_eq!(beyond.status(), StatusCode::RANGE_NOT_SATISFIABLE);
    assert_eq!(beyond.headers()["content-range"], format!("bytes */{size}"));
    for (version, expected) in [(etag.as_str(), 206), ("\"old\"", 200)] {
        let request = app.raw(Method::GET, &url).header("Range", "bytes=0-9").header("If-Range", version);
        assert_eq!(request.send().await.unwrap().status().as_u16(), expected, "{version}");
    }
    let several = app.raw(Method::GET, &url).header("Range", "bytes=0-1,5-6").send().await.unwrap();
    assert_eq!(several.status(), StatusCode::OK);
    let head = app.raw(Method::HEAD, &url).send().await.unwrap();
    assert_eq!(head.status(), StatusCode::OK);
    assert_eq!(head.headers()["content-length"], size.to_string());
    assert!(head.bytes().await.unwrap().is_empty());
}

test_on_both!(
    /// CALL-13, 14, 28, PITFALL 89, 90: any part of a recording is played, from disk.
    ranges_are_answered_as_asked,
    async |app| {
        check_ranges(app).await;
        app.shows(&["CALL-13", "CALL-14", "CALL-28"]);
    }
);

test_on_both!(
    /// The same from a bucket, where the recording went in parts, and which it leaves with its call.
    ranges_are_answered_from_a_bucket,
    async |app| {
        let store = ObjectStore::start().await;
        app.restart(|config| {
            store.configure(config);
            config.calls.part_bytes = 20_000;
        })
        .await;
        check_ranges(app).await;
        let keys = store.keys().await;
        assert_eq!(keys.len(), 2, "the recording and its peaks: {keys:?}");
        let call = app.super_admin().list_calls(&ListCalls::default()).await.unwrap().items.remove(0);
        app.super_admin().delete_call(&path(call.id)).await.unwrap();
        until("the bucket is empty", async || store.keys().await.is_empty()).await;
    }
);

test_on_both!(
    /// CALL-81, 82: the page of a call opens for each colleague who may see it, with a link to the sound that is theirs. It
    /// ends with its time, with the sign-in, and with the right to see the call; one that was changed names nothing. Each link is one entry of the audit log, however many parts are asked for.
    links_end_with_the_right_to_listen,
    async |app| {
        let (ana, ben) = (app.agent("Ana").await, app.agent("Ben").await);
        let made = recorded(app, &ana, 450).await;
        for user in [&ana, &ben] {
            assert_eq!(user.get_call(&path(made.id)).await.unwrap().title, made.title);
        }
        let (of_ana, of_ben) = (link(&ana, made.id).await, link(&ben, made.id).await);
        for url in [&of_ana, &of_ben, &of_ben, &of_ben] {
            assert_eq!(status(app, url).await, 200);
        }
        let query = ListAuditEntries { action: Some("call.play".to_owned()), ..ListAuditEntries::default() };
        assert_eq!(app.super_admin().list_audit_entries(&query).await.unwrap().items.len(), 2);
        for changed in [of_ben.replace("session=", "session=1"), of_ben.replace("expires=", "expires=9")] {
            assert_ne!(status(app, &changed).await, 200, "{changed}");
        }
        let private = UpdateCall {
            title: made.title.clone(),
            direction: made.direction,
            started_at: made.started_at,
            duration_ms: None,
            owner_id: made.owner_id,
            outcome: None,
            private: true,
        };
        ana.update_call(&path(made.id), &private).await.unwrap();
        assert_eq!((status(app, &of_ben).await, status(app, &of_ana).await), (404, 200));
        for route in ["recording/content", "peaks", "peaks/tile?level=0&tile=0", "position"] {
            let url = format!("/v1/calls/{}/{route}", made.id);
            let reply = app.raw(Method::GET, &url).bearer_auth(&ben.token).send().await.unwrap();
            assert_eq!(reply.status(), StatusCode::NOT_FOUND, "{route}");
        }
        app.super_admin().sign_out_user(&UserPath { user_id: ana.id() }).await.unwrap();
        assert_eq!(status(app, &of_ana).await, 404);
        let amy = app.user("Amy", BuiltinRole::Administrator).await;
        let of_amy = link(&amy, made.id).await;
        assert_eq!(status(app, &of_amy).await, 200);
        app.clock().set(app.clock().now().plus_seconds(3700));
        assert_eq!(status(app, &of_amy).await, 404);
        app.clock().reset();
        app.super_admin().delete_call(&path(made.id)).await.unwrap();
        assert_eq!(status(app, &of_amy).await, 404);
        app.shows(&["CALL-81", "CALL-82"]);
    }
);

test_on_both!(
    /// PITFALL 88: the waveform comes from the server: one small piece for the whole, tiles where one looks closely.
    peaks_come_in_small_pieces,
    async |app| {
        let ana = app.agent("Ana").await;
        let made = recorded(app, &ana, 460).await;
        let get = async |route: &str| {
            let url = format!("/v1/calls/{}/{route}", made.id);
            app.raw(Method::GET, &url).bearer_auth(&ana.token).send().await.unwrap()
        };
        let whole = get("peaks").await;
        assert_eq!(whole.status(), StatusCode::OK);
        let etag = whole.headers()["etag"].to_str().unwrap().to_owned();
        let bytes = whole.bytes().await.unwrap();
        assert!(bytes.starts_with(b"RPPK") && bytes.len() <= 8216, "{}", bytes.len());
        // Two seconds in hundredths: the smallest and the largest sample of two channels each.
        assert_eq!(get("peaks/tile?level=0&tile=0").await.bytes().await.unwrap().len(), 200 * 2 * 2);
        assert_eq!(get("peaks/tile?level=0&tile=1").await.status(), StatusCode::NOT_FOUND);
        let url = format!("/v1/calls/{}/peaks", made.id);
        let again = app.raw(Method::GET, &url).bearer_auth(&ana.token).header("If-None-Match", etag);
        assert_eq!(again.send().await.unwrap().status(), StatusCode::NOT_MODIFIED);
    }
);

test_on_both!(
    /// CALL-05, SYS-31: a phone plays what it is given in parts, beginning with two bytes, as Safari does; it draws a waveform
    /// of a few kilobytes, and goes on where its user stopped elsewhere.
    a_phone_plays_a_recording,
    async |app| {
        let ana = app.agent("Ana").await;
        let made = recorded(app, &ana, 470).await;
        let position = SavePlaybackPosition { position_ms: 1200 };
        ana.save_playback_position(&path(made.id), &position).await.unwrap();
        let phone = app.sign_in(&ana.profile).await;
        assert_eq!(phone.get_playback_position(&path(made.id)).await.unwrap().position_ms, 1200);
        let url = link(&phone, made.id).await;
        let size = wav(2, 470, [true, true]).len();
        let first = app.raw(Method::GET, &url).header("Range", "bytes=0-1").send().await.unwrap();
        assert_eq!(first.status(), StatusCode::PARTIAL_CONTENT);
        assert_eq!(first.headers()["content-range"], format!("bytes 0-1/{size}"));
        assert_eq!(first.headers()["content-length"], "2");
        let peaks = app.raw(Method::GET, &format!("/v1/calls/{}/peaks", made.id)).bearer_auth(&phone.token);
        assert!(peaks.send().await.unwrap().bytes().await.unwrap().len() <= 8216);
        app.shows(&["CALL-05", "SYS-31"]);
    }
);

test_on_both!(
    /// Each user goes on where that user stopped.
    each_user_has_a_position,
    async |app| {
        let (ana, ben) = (app.agent("Ana").await, app.agent("Ben").await);
        let made = call(app, &ana, "Talk").await;
        for position_ms in [1500, 2500] {
            ana.save_playback_position(&path(made.id), &SavePlaybackPosition { position_ms }).await.unwrap();
        }
        assert_eq!(ana.get_playback_position(&path(made.id)).await.unwrap().position_ms, 2500);
        let of_ben = ben.get_playback_position(&path(made.id)).await.unwrap();
        assert_eq!((of_ben.position_ms, of_ben.updated_at), (0, None));
        let wrong = SavePlaybackPosition { position_ms: -1 };
        let refused = ben.save_playback_position(&path(made.id), &wrong).await.unwrap_err();
        assert!(refused.field("position_ms").is_some());
    }
);
