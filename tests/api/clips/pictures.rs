use std::process::Command;

use rapport_tests::{TestApp, User, test_on_both};
use reqwest::Method;
use types::CallId;
use types::clips::{ClipCut, OpenSharedClip};

use crate::calls::desk::call;
use crate::calls::sound::upload;
use crate::clips::desk::{RATE, clip, cut, decoded, link, of, open, plain, rising, secret};

/// The rising sound in another kind of file, with or without a picture, and with a title.
fn converted(app: &TestApp, name: &str, options: &[&str]) -> Vec<u8> {
    let folder = app.files().with_file_name("made");
    std::fs::create_dir_all(&folder).unwrap();
    let (from, into) = (folder.join("rising.wav"), folder.join(name));
    std::fs::write(&from, rising(4000)).unwrap();
    let picture = ["-f", "lavfi", "-i", "testsrc=duration=10:size=64x64:rate=10"];
    let mut command = Command::new("ffmpeg");
    command.args(["-v", "error", "-nostdin", "-y"]).args(picture).arg("-i").arg(&from);
    command.args(options).args(["-metadata", "title=Secret"]).arg(&into);
    let output = command.output().expect("ffmpeg is needed: apt-get install ffmpeg");
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    std::fs::read(into).unwrap()
}

const SOUND: &[&str] = &["-map", "1:a", "-c:a", "aac", "-ar", "48000"];
const FILM: &[&str] =
    &["-map", "0:v", "-map", "1:a", "-c:v", "libx264", "-pix_fmt", "yuv420p", "-c:a", "aac", "-ar", "48000"];

async fn recorded(app: &TestApp, user: &User, file: &[u8]) -> CallId {
    let made = call(app, user, "Pictures").await;
    upload(user, made.id, file).await;
    made.id
}

/// What a clip's link delivers, checked to hold no more than two seconds and no title.
async fn delivered(app: &TestApp, user: &User, call: CallId) -> (ClipCut, Vec<u8>) {
    let made = clip(user, call).await;
    let link = link(user, made.id, &plain()).await;
    let cut = cut(user, made.id).await.cut.unwrap();
    let file = app.raw(Method::GET, &open(app, &link).await.media_url).send().await.unwrap();
    let file = file.bytes().await.unwrap().to_vec();
    let samples = decoded(&file, &app.files().with_file_name("decoded"), 0);
    assert!(samples.len() <= RATE * 2 + RATE * 60 / 1000, "{cut:?}: {} samples", samples.len());
    assert!(samples.len() >= RATE * 2 - RATE * 120 / 1000, "{cut:?}: {} samples", samples.len());
    assert!(!file.windows(6).any(|window| window == b"Secret"), "the title of the recording is in the clip");
    (cut, file)
}

test_on_both!(
    /// Issue 3, item 11: decoded without its edit list a clip of an MP4 holds its range alone, and nothing of its metadata.
    a_clip_of_compressed_sound_holds_its_range_alone,
    async |app| {
        let ana = app.agent("Ana").await;
        let call = recorded(app, &ana, &converted(app, "sound.m4a", SOUND)).await;
        let (cut, _) = delivered(app, &ana, call).await;
        assert_eq!((cut.media_type.as_deref(), cut.has_picture), (Some("audio/mp4"), false));
    }
);

test_on_both!(
    /// Issue 3, item 11: a film's clip shows its picture; without ffmpeg it is sound alone, and says so.
    a_clip_of_a_film_shows_it_where_there_is_ffmpeg,
    async |app| {
        let ana = app.agent("Ana").await;
        let call = recorded(app, &ana, &converted(app, "film.mp4", FILM)).await;
        let (cut, _) = delivered(app, &ana, call).await;
        assert_eq!((cut.media_type.as_deref(), cut.picture_left_out), (Some("video/mp4"), false));
        assert!(cut.has_picture && ana.get_clip_settings().await.unwrap().cuts_pictures);
        app.restart(|config| config.calls.ffmpeg = "/nonexistent/ffmpeg".into()).await;
        let (cut, _) = delivered(app, &ana, call).await;
        assert_eq!((cut.media_type.as_deref(), cut.picture_left_out), (Some("audio/wav"), true));
        assert!(!cut.has_picture && !ana.get_clip_settings().await.unwrap().cuts_pictures);
    }
);

test_on_both!(
    /// A cut that fails says why, and can be tried again.
    a_failed_cut_is_tried_again,
    async |app| {
        let folder = app.files().with_file_name("programs");
        std::fs::create_dir_all(&folder).unwrap();
        let program = folder.join("ffmpeg");
        std::fs::write(&program, "#!/bin/sh\n[ \"$1\" = -version ] && echo ffmpeg version 0 || { echo no disk >&2; exit 1; }\n")
            .unwrap();
        std::fs::set_permissions(&program, std::os::unix::fs::PermissionsExt::from_mode(0o755)).unwrap();
        app.restart(move |config| config.calls.ffmpeg = program).await;
        let ana = app.agent("Ana").await;
        let call = recorded(app, &ana, &rising(4100)).await;
        let made = clip(&ana, call).await;
        assert_eq!(ana.retry_cut(&of(made.id)).await.unwrap_err().status(), Some(409));
        let link = link(&ana, made.id, &plain()).await;
        let failed = cut(&ana, made.id).await.cut.unwrap();
        assert!(failed.error.is_some_and(|error| error.contains("no disk")));
        let (anonymous, path) = (app.anonymous(), secret(&link));
        let opening = OpenSharedClip { password: None };
        let refused = anonymous.open_shared_clip(&path, &opening).await.unwrap_err();
        assert_eq!(refused.status(), Some(409));
        app.restart(|config| config.calls.ffmpeg = "ffmpeg".into()).await;
        ana.retry_cut(&of(made.id)).await.unwrap();
        assert!(cut(&ana, made.id).await.cut.unwrap().error.is_none());
        open(app, &link).await;
    }
);
