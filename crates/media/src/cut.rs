//! Cutting clips out of recordings, to be given to people who may hear nothing else.
//!
//! A clip **holds** nothing outside its range: no player can reach more, whether it honours edit lists or not. With
//! ffmpeg, audio is cut by packet (or coded anew where packets are long), pictures are coded anew; without it, audio is
//! decoded and written as WAV. Every clip is decoded before it is handed over, and withheld if it is longer than asked
//! for by more than [`SLACK_MS`].

use std::{fs, path::Path, time::Duration};

use crate::{Container, Limits, MediaError, decoding::Decoding, examine::unpanicked, time::milliseconds};

mod ffmpeg;
mod wav;

pub use ffmpeg::Ffmpeg;

/// How much longer than its range a clip may be, in milliseconds: the rest of the packet in which it ends, and the
/// padding of its codec.
pub const SLACK_MS: u64 = 60;

/// What to cut out of what.
#[derive(Debug, Clone, Copy)]
pub struct Range<'a> {
    /// The recording, a file on disk.
    pub recording: &'a Path,
    /// What kind of file it is.
    pub container: Container,
    /// Whether it has a picture, as [`crate::examine`] told.
    pub picture: bool,
    /// How long it is in milliseconds, as [`crate::examine`] told.
    pub duration_ms: u64,
    /// Where the clip begins, in milliseconds from the beginning of the recording.
    pub start_ms: u64,
    /// Where it ends, in milliseconds; after `start_ms` and not after the end of the recording.
    pub end_ms: u64,
}

/// A clip that was made.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Clip {
    /// What kind of file it is.
    pub container: Container,
    /// Whether it has a picture.
    pub picture: bool,
    /// Set where the recording has a picture and the clip, for want of ffmpeg, has not.
    pub picture_left_out: bool,
    /// Its length in milliseconds, as decoded.
    pub duration_ms: u64,
}

impl Clip {
    /// The media type to serve it under.
    #[must_use]
    pub fn media_type(&self) -> &'static str {
        self.container.media_type(self.picture)
    }
}

/// Cuts a clip into a new file at `into`, with ffmpeg if it is given. Takes as long as it takes to read the recording
/// up to the clip's end, and for a picture about as long as the clip lasts.
///
/// # Errors
/// [`MediaError::Bounds`] for a range outside the recording; otherwise if the recording cannot be read, ffmpeg fails
/// or is too slow, or `into` cannot be written. Nothing is left at `into` then.
pub fn cut(
    range: &Range<'_>,
    ffmpeg: Option<&Ffmpeg>,
    limits: &Limits,
    into: &Path,
) -> Result<Clip, MediaError> {
    check(range)?;
    let made = unpanicked(|| match ffmpeg {
        Some(ffmpeg) => with_ffmpeg(range, ffmpeg, limits, into),
        None => without(range, limits, into),
    });
    if made.is_err() {
        // It may not even be there; the error that counts is the one above.
        let _ = fs::remove_file(into);
    }
    made
}

fn check(range: &Range<'_>) -> Result<(), MediaError> {
    let bounds = |field, rule: String| Err(MediaError::Bounds { field, rule });
    if range.end_ms > range.duration_ms {
        return bounds("end_ms", format!("must be at most {}, the recording's length", range.duration_ms));
    }
    if range.start_ms >= range.end_ms {
        return bounds("start_ms", "must be less than end_ms".to_owned());
    }
    Ok(())
}

fn without(range: &Range<'_>, limits: &Limits, into: &Path) -> Result<Clip, MediaError> {
    wav::write(range, limits, into)?;
    finished(range, limits, into, Container::Wav, false)?.ok_or_else(too_long)
}

fn with_ffmpeg(range: &Range<'_>, ffmpeg: &Ffmpeg, limits: &Limits, into: &Path) -> Result<Clip, MediaError> {
    if range.picture {
        ffmpeg.cut_picture(range, limits, into)?;
        return finished(range, limits, into, Container::Mp4, true)?.ok_or_else(too_long);
    }
    let container = range.container;
    ffmpeg.cut_packets(range, limits, into)?;
    if let Some(clip) = finished(range, limits, into, container, false)? {
        return Ok(clip);
    }
    ffmpeg.cut_samples(range, limits, into)?;
    finished(range, limits, into, container, false)?.ok_or_else(too_long)
}

fn too_long() -> MediaError {
    MediaError::Ffmpeg { reason: "the clip came out longer than it was to be".to_owned() }
}

/// Decodes a clip to its end; none if it is too long.
fn finished(
    range: &Range<'_>,
    limits: &Limits,
    into: &Path,
    container: Container,
    picture: bool,
) -> Result<Option<Clip>, MediaError> {
    let wanted = range.end_ms - range.start_ms;
    let longest = Duration::from_millis(wanted + SLACK_MS);
    // The time line of the audio begins with its first packet, so that a pause before it is not taken for sound.
    let mut decoding = Decoding::open(fs::File::open(into)?, limits, crate::pcm::SPEECH_RATE)?;
    let (mut frames, mut rate) = (0, 0);
    while let Some(block) = decoding.next_block()? {
        frames += block.planes.first().map_or(0, Vec::len) as u64;
        rate = block.rate;
    }
    let duration_ms = milliseconds(frames, rate);
    let picture_left_out = range.picture && !picture;
    let clip = Clip { container, picture, picture_left_out, duration_ms };
    Ok((Duration::from_millis(duration_ms) <= longest).then_some(clip))
}
