//! Writing transcripts.

use std::fmt::Write;

use super::{Cue, Subtitles};
use crate::time::clock_ms;

/// A time as `hh:mm:ss` with three digits after the given mark.
fn stamp(ms: u64, mark: char) -> String {
    let (seconds, ms) = (ms / 1000, ms % 1000);
    format!("{:02}:{:02}:{:02}{mark}{ms:03}", seconds / 3600, seconds / 60 % 60, seconds % 60)
}

/// Text that no tag and no line of times can be read from.
fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;")
}

pub(super) fn vtt(subtitles: &Subtitles) -> String {
    let mut out = String::from("WEBVTT\n");
    for Cue { start_ms, end_ms, speaker, text } in &subtitles.cues {
        let voice = speaker.as_deref().map(|name| format!("<v {}>", escaped(name))).unwrap_or_default();
        let (start, end) = (stamp(*start_ms, '.'), stamp(*end_ms, '.'));
        // Writing to a string cannot fail.
        let _ = write!(out, "\n{start} --> {end}\n{voice}{}\n", escaped(text));
    }
    out
}

pub(super) fn srt(subtitles: &Subtitles) -> String {
    let mut out = String::new();
    for (cue, number) in subtitles.cues.iter().zip(1..) {
        let (start, end) = (stamp(cue.start_ms, ','), stamp(cue.end_ms, ','));
        let _ = write!(out, "{number}\n{start} --> {end}\n{}\n\n", labelled(cue));
    }
    out
}

pub(super) fn txt(subtitles: &Subtitles) -> String {
    let mut out = String::new();
    for cue in &subtitles.cues {
        let _ = writeln!(out, "[{}] {}", clock_ms(cue.start_ms), labelled(cue));
    }
    out
}

fn labelled(cue: &Cue) -> String {
    match &cue.speaker {
        Some(name) => format!("{name}: {}", cue.text),
        None => cue.text.clone(),
    }
}
