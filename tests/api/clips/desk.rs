//! Calls to take clips of, and what is heard in them.

use std::path::Path;
use std::process::Command;

use rapport_tests::{TestApp, User, until};
use reqwest::Method;
use types::clips::{
    Clip, ClipPath, CreateClip, CreateClipLink, CutState, NewClipLink, OpenSharedClip, OpenedClip,
    SharedClipPath,
};
use types::{CallId, ClipId};

use crate::calls::desk::{call, path};
use crate::calls::sound::upload;

/// Samples a second.
pub const RATE: usize = 8000;
/// Seconds of a recording.
pub const SECONDS: usize = 10;

/// The pitch of a second of the recording, in Hz.
pub fn pitch_of(second: usize) -> usize {
    300 + 100 * second
}

/// A WAV file of one channel whose pitch rises with every second. Each `loudness` makes another file.
pub fn rising(loudness: i16) -> Vec<u8> {
    let sample = |frame: usize| {
        let phase = (frame % RATE) as f64 * pitch_of(frame / RATE) as f64 / RATE as f64;
        ((phase * std::f64::consts::TAU).sin() * f64::from(loudness)) as i16
    };
    let samples: Vec<u8> = (0..SECONDS * RATE).flat_map(|frame| sample(frame).to_le_bytes()).collect();
    let (size, rate) = (samples.len() as u32, RATE as u32);
    let mut file = b"RIFF".to_vec();
    file.extend((36 + size).to_le_bytes());
    file.extend(b"WAVEfmt \x10\0\0\0\x01\0\x01\0");
    file.extend(rate.to_le_bytes());
    file.extend((rate * 2).to_le_bytes());
    file.extend(b"\x02\0\x10\0data");
    file.extend(size.to_le_bytes());
    file.extend(samples);
    file
}

/// The pitches that are heard in samples, in Hz, one for each tenth of a second.
pub fn pitches(samples: &[i16]) -> Vec<usize> {
    let rises = |window: &[i16]| window.windows(2).filter(|pair| pair[0] < 0 && pair[1] >= 0).count();
    samples.chunks_exact(RATE / 10).map(|tenth| rises(tenth) * 10).collect()
}

/// All that a player finds in a file that ignores its edit list, as samples of one channel.
pub fn decoded(file: &[u8], folder: &Path, number: usize) -> Vec<i16> {
    std::fs::create_dir_all(folder).unwrap();
    let path = folder.join(format!("delivered-{number}"));
    std::fs::write(&path, file).unwrap();
    let is_mp4 = file.get(4..8) == Some(b"ftyp");
    let mut command = Command::new("ffmpeg");
    command.args(["-v", "error", "-nostdin"]);
    if is_mp4 {
        command.args(["-ignore_editlist", "1"]);
    }
    command.arg("-i").arg(&path).args(["-f", "s16le", "-ac", "1", "-ar", &RATE.to_string(), "-"]);
    let output = command.output().expect("ffmpeg is needed: apt-get install ffmpeg");
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    output.stdout.chunks_exact(2).map(|pair| i16::from_le_bytes([pair[0], pair[1]])).collect()
}

/// A call of the user with a recording of ten seconds.
pub async fn recorded(app: &TestApp, user: &User, loudness: i16) -> CallId {
    let made = call(app, user, "A call about wood").await;
    upload(user, made.id, &rising(loudness)).await;
    made.id
}

/// A clip to be made.
pub fn request(from_ms: i64, until_ms: i64) -> CreateClip {
    CreateClip { from_ms, until_ms, title: None, message: None, folder_id: None, recipient_ids: Vec::new() }
}

/// A clip of the call, from the third to the fifth second.
pub async fn clip(user: &User, call: CallId) -> Clip {
    user.create_clip(&path(call), &request(3000, 5000)).await.unwrap()
}

pub fn of(clip_id: ClipId) -> ClipPath {
    ClipPath { clip_id }
}

/// A link that lasts as long as the settings say.
pub fn plain() -> CreateClipLink {
    CreateClipLink { expires_at: None, password: None, has_transcript: false }
}

/// A link of a clip whose cut is there.
pub async fn link(user: &User, clip: ClipId, request: &CreateClipLink) -> NewClipLink {
    let made = user.create_clip_link(&of(clip), request).await.unwrap();
    cut(user, clip).await;
    made
}

/// The clip once its cut was made, or has failed.
pub async fn cut(user: &User, clip: ClipId) -> Clip {
    let get = async || user.get_clip(&of(clip)).await.unwrap();
    until("the clip is cut", async || get().await.cut.is_some_and(|cut| cut.state != CutState::Making)).await;
    get().await
}

/// The secret of a link, as its address ends with it.
pub fn secret(link: &NewClipLink) -> SharedClipPath {
    SharedClipPath { token: link.url.rsplit('/').next().unwrap().to_owned() }
}

/// Opens a link without a password.
pub async fn open(app: &TestApp, link: &NewClipLink) -> OpenedClip {
    let nothing = OpenSharedClip { password: None };
    app.anonymous().open_shared_clip(&secret(link), &nothing).await.unwrap()
}

/// The status that an address answers with.
pub async fn status(app: &TestApp, url: &str) -> u16 {
    app.raw(Method::GET, url).send().await.unwrap().status().as_u16()
}
