use client::Part;
use rapport_tests::{test_on_both, until};
use types::ErrorCode;
use types::calls::{
    CreateCall, ListCalls, RecordingProblemCode, RecordingState, StartRecordingUpload, UpdateCallSettings,
};

use super::desk::{call, path, request, titles};
use super::sound::{bytes_of, checked, digest, examined, facts, part, recorded, sha256, upload, wav};

test_on_both!(
    /// A recording arrives in parts, in any order and again after a break; a part that differs from its checksum is
    /// refused and changes nothing. It is examined once: length, level, and the channel that is silent.
    a_recording_arrives_in_parts,
    async |app| {
        app.restart(|config| config.calls.part_bytes = 20_000).await;
        let ana = app.agent("Ana").await;
        let made = call(app, &ana, "Talk").await;
        let file = wav(3, 440, [true, false]);
        let none = ana.get_recording_upload(&path(made.id)).await.unwrap_err();
        assert_eq!(none.code(), Some(ErrorCode::Conflict));
        let begun = ana.start_recording_upload(&path(made.id), &facts(&file)).await.unwrap();
        assert_eq!((begun.parts, begun.part_bytes, begun.received.len()), (5, 20_000, 0));
        let put = async |number: i32, bytes: &[u8], digest: String| {
            let sent = Part { digest, bytes: bytes.to_vec() };
            ana.put_recording_part(&part(made.id, number), &sent).await
        };
        for number in [4, 1, 5, 1] {
            let bytes = bytes_of(&file, &begun, number);
            put(number, &bytes, digest(&bytes)).await.unwrap();
        }
        let second = bytes_of(&file, &begun, 2);
        for (number, bytes, sum, field) in [
            (2, second.as_slice(), digest(b"another"), "Content-Digest"),
            (2, &second[1..], digest(&second[1..]), "body"),
            (6, second.as_slice(), digest(&second), "number"),
            (0, second.as_slice(), digest(&second), "number"),
        ] {
            let refused = put(number, bytes, sum).await.unwrap_err();
            assert!(refused.field(field).is_some(), "{field}: {refused:?}");
        }
        let refused = ana.complete_recording_upload(&path(made.id)).await.unwrap_err();
        assert_eq!(refused.code(), Some(ErrorCode::Conflict));
        let again = ana.start_recording_upload(&path(made.id), &facts(&file)).await.unwrap();
        assert_eq!((again.recording_id, again.received), (begun.recording_id, vec![1, 4, 5]));
        for number in [2, 3] {
            let bytes = bytes_of(&file, &begun, number);
            put(number, &bytes, digest(&bytes)).await.unwrap();
        }
        ana.complete_recording_upload(&path(made.id)).await.unwrap();
        let call = examined(&ana, made.id).await;
        let recording = call.recording;
        assert_eq!((recording.state, call.duration_ms), (RecordingState::Ready, Some(3000)), "{recording:?}");
        assert_eq!(recording.media_type.as_deref(), Some("audio/wav"));
        assert_eq!(recording.channels.iter().map(|level| level.silent).collect::<Vec<_>>(), [false, true]);
        let problems: Vec<_> = recording.problems.iter().map(|it| (it.code, it.channel)).collect();
        assert_eq!(problems, [(RecordingProblemCode::SilentChannel, Some(1))]);
        let refused = ana.start_recording_upload(&path(made.id), &facts(&file)).await.unwrap_err();
        assert_eq!(refused.code(), Some(ErrorCode::Conflict));
    }
);

test_on_both!(
    /// Twice the same file is recognised: at once where its checksum is told, else when it was examined.
    the_same_file_is_recognised,
    async |app| {
        let (ana, ben) = (app.agent("Ana").await, app.agent("Ben").await);
        let first = recorded(app, &ana, 300).await;
        let file = wav(2, 300, [true, true]);
        let second = call(app, &ben, "Again").await;
        let told = StartRecordingUpload { sha256: Some(sha256(&file)), ..facts(&file) };
        let refused = ben.start_recording_upload(&path(second.id), &told).await.unwrap_err();
        assert_eq!(refused.code(), Some(ErrorCode::DuplicateRecording));
        let named = format!("{refused:?}");
        assert!(named.contains(&first.id.to_string()), "{named}");
        // Told when the call is created, it is not created at all.
        let third = CreateCall { recording_sha256: Some(sha256(&file)), ..request(app, "And again") };
        let refused = ben.create_call(&third).await.unwrap_err();
        assert_eq!(refused.code(), Some(ErrorCode::DuplicateRecording));
        assert_eq!(titles(&ben, &ListCalls::default()).await, ["Again", "Recorded"]);
        let malformed = CreateCall { recording_sha256: Some("X".repeat(64)), ..third };
        assert!(ben.create_call(&malformed).await.unwrap_err().field("recording_sha256").is_some());
        let failed = upload(&ben, second.id, &file).await.recording;
        let outcome = (failed.state, failed.problems[0].code);
        assert_eq!(outcome, (RecordingState::Failed, RecordingProblemCode::Duplicate));
        // Another file may take its place.
        let other = upload(&ben, second.id, &wav(2, 301, [true, true])).await;
        assert_eq!(other.recording.state, RecordingState::Ready, "{other:?}");
    }
);

test_on_both!(
    /// What is no recording, is cut off or wrongly labelled is said to be so, and nothing breaks.
    damaged_files_are_said_to_be_so,
    async |app| {
        let ana = app.agent("Ana").await;
        let whole = wav(4, 500, [true, true]);
        for (file, state, code) in [
            (b"no sound at all".to_vec(), RecordingState::Failed, RecordingProblemCode::UnknownFormat),
            (whole[..whole.len() / 2].to_vec(), RecordingState::Ready, RecordingProblemCode::Incomplete),
        ] {
            let made = call(app, &ana, "Damaged").await;
            let recording = upload(&ana, made.id, &file).await.recording;
            assert_eq!(recording.state, state, "{recording:?}");
            assert!(recording.problems.iter().any(|it| it.code == code), "{recording:?}");
        }
        let made = call(app, &ana, "Wrong sum").await;
        let told = StartRecordingUpload { sha256: Some(sha256(b"else")), ..facts(&whole) };
        ana.start_recording_upload(&path(made.id), &told).await.unwrap();
        ana.put_recording_part(&part(made.id, 1), &checked(&whole)).await.unwrap();
        ana.complete_recording_upload(&path(made.id)).await.unwrap();
        let recording = examined(&ana, made.id).await.recording;
        assert_eq!(recording.problems[0].code, RecordingProblemCode::WrongChecksum);
    }
);

test_on_both!(
    /// CALL-07, 09: recording is a setting of the account, on by default, and whoever may change it confirms that the law
    /// was checked. Sizes are limited.
    recording_is_a_setting,
    async |app| {
        let ana = app.agent("Ana").await;
        let before = ana.get_call_settings().await.unwrap();
        assert!(before.recording && before.intelligence && !before.law_checked);
        let off = UpdateCallSettings {
            recording: false,
            intelligence: true,
            language: Some("fr".to_owned()),
            transcript_votes: true,
            retention_days: None,
            law_checked: true,
        };
        assert_eq!(ana.update_call_settings(&off).await.unwrap_err().status(), Some(403));
        let admin = app.super_admin();
        assert!(admin.update_call_settings(&off).await.unwrap().law_checked);
        let made = call(app, &ana, "Talk").await;
        let file = wav(1, 400, [true, true]);
        let refused = ana.start_recording_upload(&path(made.id), &facts(&file)).await.unwrap_err();
        assert_eq!(refused.code(), Some(ErrorCode::Conflict));
        let wrong =
            UpdateCallSettings { language: Some("xx".to_owned()), retention_days: Some(0), ..off.clone() };
        let refused = admin.update_call_settings(&wrong).await.unwrap_err();
        assert!(refused.field("language").is_some() && refused.field("retention_days").is_some());
        admin.update_call_settings(&UpdateCallSettings { recording: true, ..off }).await.unwrap();
        let huge = StartRecordingUpload { bytes: i64::MAX, ..facts(&file) };
        let refused = ana.start_recording_upload(&path(made.id), &huge).await.unwrap_err();
        assert_eq!(refused.status(), Some(413));
        let empty = StartRecordingUpload { bytes: 0, sha256: Some("x".to_owned()), ..facts(&file) };
        let refused = ana.start_recording_upload(&path(made.id), &empty).await.unwrap_err();
        assert!(refused.field("bytes").is_some() && refused.field("sha256").is_some());
        app.shows(&["CALL-07", "CALL-09"]);
    }
);

test_on_both!(
    /// A deleted call's recording leaves the store, as does an upload that nobody ended.
    the_bytes_go_with_the_call,
    async |app| {
        let ana = app.agent("Ana").await;
        let first = recorded(app, &ana, 700).await;
        let second = call(app, &ana, "Half").await;
        let file = wav(1, 701, [true, true]);
        ana.start_recording_upload(&path(second.id), &facts(&file)).await.unwrap();
        ana.put_recording_part(&part(second.id, 1), &checked(&file)).await.unwrap();
        assert_eq!(stored(&app.files()), 3);
        for id in [first.id, second.id] {
            app.super_admin().delete_call(&path(id)).await.unwrap();
        }
        until("the store is empty", async || stored(&app.files()) == 0).await;
    }
);

/// How many blobs belong to recordings.
fn stored(files: &std::path::Path) -> usize {
    ["recordings", "peaks", "uploads"].iter().map(|folder| files_in(&files.join(folder))).sum()
}

fn files_in(folder: &std::path::Path) -> usize {
    let entries = std::fs::read_dir(folder).into_iter().flatten().flatten().map(|entry| entry.path());
    entries.map(|path| if path.is_dir() { files_in(&path) } else { 1 }).sum()
}
