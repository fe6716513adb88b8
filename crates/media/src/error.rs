//! Why a file was refused, or what kept it from being cut.

use std::{io, time::Duration};

use crate::time::clock;

/// Why nothing came of a file. The text is for the person who brought it.
#[derive(Debug, thiserror::Error)]
pub enum MediaError {
    /// The file has no bytes.
    #[error("the file is empty")]
    Empty,
    /// The bytes are of none of the kinds in [`crate::Container`].
    #[error("the file is not wav, mp3, m4a, mp4, ogg or webm, whatever its name says")]
    Unrecognised,
    /// There is no audio track, or none in a codec that is understood.
    #[error("the file has no audio that can be decoded: {reason}")]
    NoAudio {
        /// What was found instead.
        reason: String,
    },
    /// The file is longer than [`crate::Limits::longest`].
    #[error("the recording is longer than {}, the most that is taken", clock(*.longest))]
    TooLong {
        /// The limit.
        longest: Duration,
    },
    /// The file is larger than [`crate::Limits::most_bytes`].
    #[error("the file has {bytes} bytes; at most {most} are taken")]
    TooLarge {
        /// The file's size in bytes.
        bytes: u64,
        /// The limit in bytes.
        most: u64,
    },
    /// The audio has more channels than [`crate::Limits::most_channels`].
    #[error("the recording has {channels} channels; at most {most} are taken")]
    TooManyChannels {
        /// How many there are.
        channels: usize,
        /// The limit.
        most: u16,
    },
    /// Reading the file would hold more of it in memory than [`crate::Limits::most_memory`].
    #[error("the file's index or one of its packets is larger than the {most} bytes that are taken")]
    TooMuchMemory {
        /// The limit in bytes.
        most: u64,
    },
    /// The work took longer than [`crate::Limits::patience`], or ffmpeg longer than its own limit.
    #[error("the file took longer than {} to work through", clock(*.patience))]
    TooSlow {
        /// The limit.
        patience: Duration,
    },
    /// The file is what it claims to be, but nothing of it can be decoded.
    #[error("the file is damaged: {reason}")]
    Damaged {
        /// What is wrong.
        reason: String,
    },
    /// The bounds of a clip do not lie within the recording.
    #[error("{field}: {rule}")]
    Bounds {
        /// `start_ms` or `end_ms`.
        field: &'static str,
        /// What it must be.
        rule: String,
    },
    /// ffmpeg was there, but did not make the clip.
    #[error("ffmpeg could not cut the recording: {reason}")]
    Ffmpeg {
        /// Its last words.
        reason: String,
    },
    /// The disk, or whatever the file is read from, failed. Not the file's fault.
    #[error("the file cannot be read or written: {0}")]
    Io(#[from] io::Error),
}
