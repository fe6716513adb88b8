//! Cutting without ffmpeg: decode, and write what is within the range as WAV.

use std::{fs::File, io::BufWriter, path::Path};

use hound::{SampleFormat, WavSpec, WavWriter};

use super::Range;
use crate::{Limits, MediaError, decoding::Decoding, pcm::SPEECH_RATE};

/// Frames per second that Opus is decoded at: what a call has.
const OPUS_RATE: u32 = SPEECH_RATE;

/// Writes 16-bit samples of all channels, from the start of the range to its end.
pub(super) fn write(range: &Range<'_>, limits: &Limits, into: &Path) -> Result<(), MediaError> {
    let mut decoding = Decoding::open(File::open(range.recording)?, limits, OPUS_RATE)?;
    let mut writer: Option<WavWriter<BufWriter<File>>> = None;
    let mut position = 0_u64;
    while let Some(block) = decoding.next_block()? {
        let frame_at =
            |ms: u64| u64::try_from(u128::from(ms) * u128::from(block.rate) / 1000).unwrap_or(u64::MAX);
        let (start, end) = (frame_at(range.start_ms), frame_at(range.end_ms));
        if position >= end {
            break;
        }
        let writer = match &mut writer {
            Some(writer) => writer,
            none => {
                none.insert(WavWriter::create(into, spec(block.planes.len(), block.rate)).map_err(failed)?)
            }
        };
        let frames = block.planes.first().map_or(0, Vec::len);
        let within =
            |frame: u64| usize::try_from(frame.saturating_sub(position)).unwrap_or(frames).min(frames);
        for frame in within(start)..within(end) {
            for plane in block.planes {
                let sample = plane.get(frame).copied().unwrap_or_default();
                // The cast saturates.
                writer.write_sample((sample * 32767.0).round() as i16).map_err(failed)?;
            }
        }
        position += frames as u64;
    }
    let writer = writer.ok_or_else(|| MediaError::Damaged { reason: "it has no audio data".to_owned() })?;
    writer.finalize().map_err(failed)
}

fn spec(channels: usize, sample_rate: u32) -> WavSpec {
    let channels = u16::try_from(channels).unwrap_or(u16::MAX);
    WavSpec { channels, sample_rate, bits_per_sample: 16, sample_format: SampleFormat::Int }
}

fn failed(error: hound::Error) -> MediaError {
    match error {
        hound::Error::IoError(error) => MediaError::Io(error),
        other => MediaError::Io(std::io::Error::other(other)),
    }
}
