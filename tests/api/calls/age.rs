use rapport_tests::{test_on_both, until};
use types::calls::{CallSource, CreateCall, ListCalls, RecordingState, UpdateCallSettings};

use super::desk::{call, path, request, titles};
use super::sound::{facts, wav};

test_on_both!(
    /// Calls are kept as long as the settings say, counted from their beginning.
    old_calls_go,
    async |app| {
        let ana = app.agent("Ana").await;
        let now = app.clock().now();
        let old = CreateCall { started_at: now.plus_seconds(-31 * 86_400), ..request(app, "Old") };
        ana.create_call(&old).await.unwrap();
        call(app, &ana, "New").await;
        let keep = UpdateCallSettings {
            recording: true,
            intelligence: true,
            language: None,
            transcript_votes: true,
            retention_days: Some(30),
            law_checked: true,
        };
        app.super_admin().update_call_settings(&keep).await.unwrap();
        app.clock().set(now.plus_seconds(2 * 3600));
        until("the old call is gone", async || {
            app.clock().reset();
            let left = titles(&ana, &ListCalls::default()).await;
            app.clock().set(now.plus_seconds(2 * 3600));
            left == ["New"]
        })
        .await;
    }
);

test_on_both!(
    /// A recording that lies in the watched folder becomes a call once, and moves aside.
    the_watched_folder_is_taken_in,
    async |app| {
        let folder = app.files().with_file_name("watched");
        std::fs::create_dir_all(&folder).unwrap();
        let watched = folder.clone();
        app.restart(move |config| {
            config.calls.watched_folder = watched;
            config.calls.settle_seconds = 0;
        })
        .await;
        let ana = app.agent("Ana").await;
        std::fs::write(folder.join("late delivery.wav"), wav(1, 520, [true, true])).unwrap();
        std::fs::write(folder.join(".hidden"), b"x").unwrap();
        until("the call is there", async || {
            let calls = ana.list_calls(&ListCalls::default()).await.unwrap().items;
            calls.first().is_some_and(|call| call.recording.state == RecordingState::Ready)
        })
        .await;
        let calls = ana.list_calls(&ListCalls::default()).await.unwrap().items;
        assert_eq!((calls.len(), calls[0].title.as_str(), calls[0].source), (1, "late delivery", CallSource::Folder));
        until("the file moved aside", async || folder.join("imported/late delivery.wav").exists()).await;
        assert!(folder.join(".hidden").exists());
    }
);

test_on_both!(
    /// An upload that nobody goes on with is given up, and another one can begin.
    a_stale_upload_is_given_up,
    async |app| {
        let ana = app.agent("Ana").await;
        let made = call(app, &ana, "Half").await;
        let file = wav(1, 530, [true, true]);
        ana.start_recording_upload(&path(made.id), &facts(&file)).await.unwrap();
        let now = app.clock().now();
        until("the upload is given up", async || {
            app.clock().set(now.plus_seconds(25 * 3600));
            tokio::time::sleep(std::time::Duration::from_millis(1200)).await;
            app.clock().reset();
            ana.get_call(&path(made.id)).await.unwrap().recording.state == RecordingState::None
        })
        .await;
        ana.start_recording_upload(&path(made.id), &facts(&file)).await.unwrap();
    }
);
