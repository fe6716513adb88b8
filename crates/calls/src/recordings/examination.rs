//! Looking into a recording: what is in it, and what is wrong with it.

use std::fs::File;
use std::io::Seek;
use std::time::Duration;

use media::{Facts, Fault, Limits, MediaError};
use platform::{Config, Error, Result};
use types::calls::{ChannelLevel, RecordingProblem, RecordingProblemCode};

use super::import::problem;

/// What a recording may cost, by the settings.
pub(crate) fn limits(config: &Config) -> Limits {
    Limits {
        longest: Duration::from_secs(u64::from(config.calls.recording_hours) * 60 * 60),
        most_bytes: config.calls.recording_bytes,
        ..Limits::default()
    }
}

/// What is known of a file, with its peaks; or why it is refused. It computes for long: call it where that is allowed.
///
/// # Errors
/// When the disk failed.
pub(crate) fn examine(
    mut file: File,
    limits: &Limits,
) -> Result<std::result::Result<(Facts, File), RecordingProblem>> {
    file.rewind().map_err(Error::internal)?;
    let mut peaks = tempfile::tempfile().map_err(Error::internal)?;
    match media::examine(file, limits, &mut peaks) {
        Ok(facts) => Ok(Ok((facts, peaks))),
        Err(MediaError::Io(cause)) => Err(Error::internal(cause)),
        Err(refused) => Ok(Err(problem(code_of(&refused), refused.to_string()))),
    }
}

fn code_of(refused: &MediaError) -> RecordingProblemCode {
    match refused {
        MediaError::Empty | MediaError::Unrecognised => RecordingProblemCode::UnknownFormat,
        MediaError::NoAudio { .. } => RecordingProblemCode::NoAudio,
        MediaError::TooLong { .. }
        | MediaError::TooLarge { .. }
        | MediaError::TooManyChannels { .. }
        | MediaError::TooMuchMemory { .. }
        | MediaError::TooSlow { .. } => RecordingProblemCode::TooLong,
        _ => RecordingProblemCode::Unreadable,
    }
}

/// How loud each channel is.
pub(crate) fn levels(facts: &Facts) -> Vec<ChannelLevel> {
    let level = |channel: &media::Channel| ChannelLevel {
        rms_dbfs: channel.rms_dbfs,
        peak_dbfs: channel.peak_dbfs,
        silent: channel.sound.is_none(),
    };
    facts.channels.iter().map(level).collect()
}

/// What is wrong with a recording that can be played all the same. `told_ms` is how long the call was said to be.
pub(crate) fn problems(facts: &Facts, told_ms: Option<i64>) -> Vec<RecordingProblem> {
    let mut problems: Vec<RecordingProblem> = facts.faults.iter().map(of_fault).collect();
    let heard_ms = i64::try_from(facts.duration_ms).unwrap_or(i64::MAX);
    // Providers count ringing and round to whole seconds.
    if let Some(told_ms) =
        told_ms.filter(|told_ms| told_ms.abs_diff(heard_ms) > 5000 + told_ms.unsigned_abs() / 10)
    {
        let detail = format!(
            "the call was said to take {} s, and the recording takes {} s",
            told_ms / 1000,
            heard_ms / 1000
        );
        problems.push(problem(RecordingProblemCode::DurationDiffers, detail));
    }
    problems
}

fn of_fault(fault: &Fault) -> RecordingProblem {
    let (code, channel) = match fault {
        Fault::Silent { channel } | Fault::FallsSilent { channel, .. } => {
            (RecordingProblemCode::SilentChannel, i32::try_from(channel.saturating_sub(1)).ok())
        }
        _ => (RecordingProblemCode::Incomplete, None),
    };
    RecordingProblem { code, detail: fault.to_string(), channel }
}
