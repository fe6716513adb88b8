//! Calls with long recordings and transcripts, taken in through the API as an upload would.

use std::fs;
use std::path::PathBuf;
use std::time::{Duration, Instant};

use anyhow::{Context, Result, ensure};
use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use rand::rngs::StdRng;
use rand::{Rng, RngExt, SeedableRng};
use sha2::{Digest, Sha256};
use tokio::time::sleep;
use types::calls::{
    Call, CallDirection, CreateCall, ImportTranscript, RecordingState, RecordingUpload, StartRecordingUpload,
    Transcript, TranscriptState,
};
use types::{CallId, Page, Timestamp};

use crate::company::Company;
use crate::http::{Connection, request, request_with};
use crate::said;
use crate::servers::Bench;

/// What the call of 60 minutes is called.
pub const ONE_HOUR: &str = "One hour";
/// What the calls of three hours are called, counted from 1.
pub const THREE_HOURS: &str = "Three hours";
/// How many calls of three hours there are.
pub const LONG_CALLS: u64 = 4;

/// Samples in a second.
const RATE: u32 = 8000;
/// Two channels of 16 bits.
const FRAME_BYTES: u32 = 4;
/// How long each segment of the transcripts takes, in seconds.
const SEGMENT_SECONDS: u32 = 4;
/// How long examining a recording and storing a transcript may take.
const PATIENCE: Duration = Duration::from_secs(300);

/// A data folder with a call of an hour and some of three hours; made now when there is none.
///
/// # Errors
/// When the server fails.
pub async fn ensure(bench: &Bench) -> Result<PathBuf> {
    let data = bench.data("recordings");
    if data.join("done").exists() {
        return Ok(data);
    }
    let data = bench.fresh_data("recordings")?;
    let rapport = bench.rapport(&data).await?;
    let company = Company::found(rapport.address()).await?;
    let began = Instant::now();
    take_in(&company, ONE_HOUR, 3600, 0).await?;
    for number in 1..=LONG_CALLS {
        take_in(&company, &format!("{THREE_HOURS} {number}"), 3 * 3600, number).await?;
    }
    println!("  took in {} recordings in {:.0} s", 1 + LONG_CALLS, began.elapsed().as_secs_f64());
    rapport.stop().await?;
    fs::write(data.join("done"), "")?;
    Ok(data)
}

/// The calls of a database that [`ensure`] made whose titles begin so.
///
/// # Errors
/// When the server refuses it.
pub async fn titled(company: &Company, title: &str) -> Result<Vec<Call>> {
    let page: Page<Call> = company.get("/v1/calls").await?;
    let calls: Vec<_> = page.items.into_iter().filter(|call| call.title.starts_with(title)).collect();
    ensure!(!calls.is_empty(), "there is no call {title}");
    Ok(calls)
}

async fn take_in(company: &Company, title: &str, seconds: u32, seed: u64) -> Result<()> {
    // Before there is a connection, which the server closes when it idles.
    let sound = wave(seconds, seed);
    let mut connection = Connection::open(company.address).await?;
    let new = CreateCall::new(title.to_owned(), CallDirection::Inbound, Timestamp(1_767_225_600_000_000));
    let call: Call = connection.call(&company.post("/v1/calls", &new)?).await?;
    upload(company, &mut connection, call.id, &sound).await?;
    let transcript = ImportTranscript { content: subtitles(seconds, seed), language: Some("en".to_owned()) };
    let path = format!("/v1/calls/{}/transcript", call.id);
    let import = request("PUT", &path, Some(&company.token), &serde_json::to_vec(&transcript)?);
    connection.call::<Transcript>(&import).await?;
    let began = Instant::now();
    loop {
        let now: Call = company.get(&format!("/v1/calls/{}", call.id)).await?;
        if now.recording.state == RecordingState::Ready && now.transcript == Some(TranscriptState::Ready) {
            return Ok(());
        }
        ensure!(now.recording.state != RecordingState::Failed, "the recording of {title} cannot be used");
        ensure!(began.elapsed() < PATIENCE, "the recording of {title} is not examined");
        sleep(Duration::from_millis(200)).await;
    }
}

async fn upload(company: &Company, connection: &mut Connection, call: CallId, bytes: &[u8]) -> Result<()> {
    let path = format!("/v1/calls/{call}/recording");
    let start = StartRecordingUpload {
        name: "call.wav".to_owned(),
        bytes: i64::try_from(bytes.len())?,
        sha256: None,
    };
    let upload: RecordingUpload = connection.call(&company.post(&format!("{path}/upload"), &start)?).await?;
    for (part, number) in bytes.chunks(usize::try_from(upload.part_bytes)?).zip(1..) {
        let digest = format!("sha-256=:{}:", STANDARD.encode(Sha256::digest(part)));
        let fields = [("Content-Type", "application/octet-stream"), ("Content-Digest", digest.as_str())];
        let put = request_with("PUT", &format!("{path}/parts/{number}"), Some(&company.token), &fields, part);
        connection.call::<RecordingUpload>(&put).await?;
    }
    let complete = company.post(&format!("{path}/complete"), &serde_json::json!({}))?;
    connection.call::<Call>(&complete).await.context("the upload is not complete")?;
    Ok(())
}

/// A WAVE file (RIFF, PCM) of two people who take turns, each on a channel of its own.
fn wave(seconds: u32, seed: u64) -> Vec<u8> {
    let length = seconds * RATE * FRAME_BYTES;
    let mut bytes = b"RIFF".to_vec();
    bytes.extend((36 + length).to_le_bytes());
    bytes.extend(b"WAVEfmt ");
    bytes.extend(16_u32.to_le_bytes());
    let [pcm, channels, frame, bits] = [1_u16, 2, 4, 16].map(u16::to_le_bytes);
    bytes.extend([pcm, channels].concat());
    bytes.extend([RATE, RATE * FRAME_BYTES].map(u32::to_le_bytes).concat());
    bytes.extend([frame, bits].concat());
    bytes.extend(b"data");
    bytes.extend(length.to_le_bytes());
    let head = bytes.len();
    bytes.resize(head + length as usize, 0);
    let mut random = StdRng::seed_from_u64(seed);
    random.fill_bytes(&mut bytes[head..]);
    for (second, sound) in bytes[head..].chunks_mut((RATE * FRAME_BYTES) as usize).enumerate() {
        let speaker = second / SEGMENT_SECONDS as usize % 2;
        let loudness = random.random_range(10..100);
        for (place, sample) in sound.as_chunks_mut::<2>().0.iter_mut().enumerate() {
            let share = if place % 2 == speaker { loudness } else { 1 };
            let value = i32::from(i16::from_le_bytes(*sample)) * share / 200;
            *sample = i16::try_from(value).unwrap_or_default().to_le_bytes();
        }
    }
    bytes
}

/// The transcript of such a call as WebVTT.
fn subtitles(seconds: u32, seed: u64) -> String {
    let first = u32::try_from(seed).unwrap_or_default() * 100;
    let texts = (first..).flat_map(said::call);
    let mut content = "WEBVTT\n\n".to_owned();
    for (words, number) in texts.zip(0..seconds / SEGMENT_SECONDS) {
        let start = number * SEGMENT_SECONDS;
        let speaker = if number % 2 == 0 { "Ana" } else { "Sarah" };
        let (from, until) = (clock(start), clock(start + SEGMENT_SECONDS));
        content.push_str(&format!("{from} --> {until}\n<v {speaker}>{}\n\n", words.join(" ")));
    }
    content
}

fn clock(seconds: u32) -> String {
    format!("{:02}:{:02}:{:02}.000", seconds / 3600, seconds / 60 % 60, seconds % 60)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_wave_file_is_as_long_as_it_says() {
        let bytes = wave(2, 1);
        assert_eq!(bytes.len(), 44 + 2 * 8000 * 4);
        assert_eq!(bytes[4..8], (36 + 2 * 8000 * 4_u32).to_le_bytes());
        assert_eq!(bytes[22..36], [2, 0, 0x40, 0x1f, 0, 0, 0, 0x7d, 0, 0, 4, 0, 16, 0]);
        assert_ne!(bytes, wave(2, 2));
    }

    #[test]
    fn subtitles_go_to_the_end() {
        let text = subtitles(3 * 3600, 1);
        assert_eq!(text.matches("-->").count(), 2700);
        assert!(text.contains("02:59:56.000 --> 03:00:00.000\n<v Sarah>"));
    }
}
