//! Recordings to test with, and their upload.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use client::Part;
use rapport_tests::{TestApp, User, until};
use sha2::{Digest, Sha256};
use types::CallId;
use types::calls::{Call, RecordingPartPath, RecordingState, RecordingUpload, StartRecordingUpload};

use super::desk::{call, path};

/// Samples a second.
const RATE: u32 = 8000;

/// A WAV file of two channels, with a tone on each that is to be heard. Each `pitch` makes another file.
pub fn wav(seconds: u32, pitch: u32, heard: [bool; 2]) -> Vec<u8> {
    let mut samples: Vec<u8> = Vec::new();
    for frame in 0..seconds * RATE {
        let phase = f64::from(frame) * f64::from(pitch) / f64::from(RATE) * std::f64::consts::TAU;
        for is_heard in heard {
            let sample = if is_heard { (phase.sin() * 12_000.0) as i16 } else { 0 };
            samples.extend(sample.to_le_bytes());
        }
    }
    let size = samples.len() as u32;
    [
        b"RIFF".as_slice(),
        &(36 + size).to_le_bytes(),
        b"WAVEfmt ",
        &16_u32.to_le_bytes(),
        &1_u16.to_le_bytes(),
        &2_u16.to_le_bytes(),
        &RATE.to_le_bytes(),
        &(RATE * 4).to_le_bytes(),
        &4_u16.to_le_bytes(),
        &16_u16.to_le_bytes(),
        b"data",
        &size.to_le_bytes(),
        &samples,
    ]
    .concat()
}

/// The value of `Content-Digest` for these bytes.
pub fn digest(bytes: &[u8]) -> String {
    format!("sha-256=:{}:", STANDARD.encode(Sha256::digest(bytes)))
}

/// These bytes with their checksum.
pub fn checked(bytes: &[u8]) -> Part {
    Part { digest: digest(bytes), bytes: bytes.to_vec() }
}

/// The SHA-256 of these bytes in hexadecimal.
pub fn sha256(bytes: &[u8]) -> String {
    Sha256::digest(bytes).iter().map(|byte| format!("{byte:02x}")).collect()
}

pub fn facts(file: &[u8]) -> StartRecordingUpload {
    StartRecordingUpload { name: "call.wav".to_owned(), bytes: file.len() as i64, sha256: None }
}

pub fn part(call_id: CallId, number: i32) -> RecordingPartPath {
    RecordingPartPath { call_id, number }
}

/// The bytes of a part of a file.
pub fn bytes_of(file: &[u8], upload: &RecordingUpload, number: i32) -> Vec<u8> {
    let size = upload.part_bytes as usize;
    file.chunks(size).nth(number as usize - 1).unwrap().to_vec()
}

/// Uploads a whole file, and waits until it was examined.
pub async fn upload(user: &User, call_id: CallId, file: &[u8]) -> Call {
    let upload = user.start_recording_upload(&path(call_id), &facts(file)).await.unwrap();
    for number in 1..=upload.parts {
        let bytes = bytes_of(file, &upload, number);
        user.put_recording_part(&part(call_id, number), &checked(&bytes)).await.unwrap();
    }
    user.complete_recording_upload(&path(call_id)).await.unwrap();
    examined(user, call_id).await
}

/// The call once its recording was examined.
pub async fn examined(user: &User, call_id: CallId) -> Call {
    until("the recording is examined", async || {
        let state = user.get_call(&path(call_id)).await.unwrap().recording.state;
        !matches!(state, RecordingState::Uploading | RecordingState::Processing)
    })
    .await;
    user.get_call(&path(call_id)).await.unwrap()
}

/// A call of the user's own with a recording of two seconds.
pub async fn recorded(app: &TestApp, user: &User, pitch: u32) -> Call {
    let made = call(app, user, "Recorded").await;
    upload(user, made.id, &wav(2, pitch, [true, true])).await
}
