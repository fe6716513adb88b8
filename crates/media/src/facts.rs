//! What is known of a recording once it was decoded.

use std::fmt;

use serde::{Deserialize, Serialize};

use crate::{Container, time::clock_ms};

/// What [`crate::examine`] found out.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Facts {
    /// What kind of file it is.
    pub container: Container,
    /// The audio codec's usual name in lower case, such as `opus`, `aac` or `pcm_s16le`.
    pub audio_codec: String,
    /// The picture's codec, such as `h264` or `vp8`; none where the file has no picture.
    pub video_codec: Option<String>,
    /// How long the recording is, in milliseconds: counted from what was decoded, with silence where the file's own
    /// times leave a gap. What the file declares of itself is not believed.
    pub duration_ms: u64,
    /// How long the file says it is, in milliseconds, where it says so.
    pub declared_ms: Option<u64>,
    /// Frames per second of the decoded audio, in Hz.
    pub sample_rate: u32,
    /// One entry per channel, in the order of the file (left before right).
    pub channels: Vec<Channel>,
    /// What is wrong with the recording; empty for a sound one.
    pub faults: Vec<Fault>,
}

impl Facts {
    /// The media type to serve the file under.
    #[must_use]
    pub fn media_type(&self) -> &'static str {
        self.container.media_type(self.video_codec.is_some())
    }

    /// Whether a part of the recording is missing.
    #[must_use]
    pub fn is_incomplete(&self) -> bool {
        self.faults.iter().any(Fault::is_incomplete)
    }

    /// Whether no channel has any sound.
    #[must_use]
    pub fn is_silent(&self) -> bool {
        self.channels.iter().all(|channel| channel.sound.is_none())
    }
}

/// How loud a channel is, and when.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Channel {
    /// Root mean square over the whole recording in dBFS: 0 for a square wave at full scale, -120 for digital silence
    /// and all that is quieter.
    pub rms_dbfs: f32,
    /// The largest sample in dBFS, from -120 on. Above 0 where a lossy codec overshoots.
    pub peak_dbfs: f32,
    /// From the first to the last sound; none where the channel is silent. A sound is what swings by -50 dBFS or more
    /// around its mean, so that a constant offset is none; less than 0.2 s of it in all does not count.
    pub sound: Option<Sound>,
}

/// The stretch of a channel in which all its sound lies.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Sound {
    /// Where the first sound begins, in milliseconds.
    pub first_ms: u64,
    /// Where the last sound ends, in milliseconds.
    pub last_ms: u64,
}

/// Something that is wrong with a recording. Its `Display` is a sentence for people.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum Fault {
    /// The file ends before what it announces.
    CutOff {
        /// How many announced bytes are missing, where the file says so.
        missing_bytes: Option<u64>,
    },
    /// Less can be decoded than the file declares.
    Shorter {
        /// What it declares, in milliseconds.
        declared_ms: u64,
        /// What there is, in milliseconds.
        decoded_ms: u64,
    },
    /// Some packets could not be decoded; silence stands in their place.
    Gaps {
        /// How many packets.
        packets: u64,
    },
    /// Nothing can be read from a place on.
    Unreadable {
        /// The place, in milliseconds.
        at_ms: u64,
    },
    /// Sample rate or channels change; what follows is left out.
    FormatChanges {
        /// Where, in milliseconds.
        at_ms: u64,
    },
    /// A channel has no sound at all.
    Silent {
        /// The channel, counted from 1.
        channel: usize,
    },
    /// A channel falls silent for good while another goes on for long.
    FallsSilent {
        /// The channel, counted from 1.
        channel: usize,
        /// When, in milliseconds.
        at_ms: u64,
    },
}

impl Fault {
    /// Whether a part of the recording is missing, as opposed to being silent.
    #[must_use]
    pub fn is_incomplete(&self) -> bool {
        !matches!(self, Self::Silent { .. } | Self::FallsSilent { .. })
    }
}

impl fmt::Display for Fault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::CutOff { missing_bytes: Some(bytes) } => {
                write!(f, "the file was cut off: {bytes} bytes that it announces are missing")
            }
            Self::CutOff { missing_bytes: None } => write!(f, "the file was cut off: it has no proper end"),
            Self::Shorter { declared_ms, decoded_ms } => {
                write!(
                    f,
                    "the file says it lasts {}, but only {} are there",
                    clock_ms(*declared_ms),
                    clock_ms(*decoded_ms)
                )
            }
            Self::Gaps { packets } => write!(f, "{packets} parts cannot be decoded and are silent"),
            Self::Unreadable { at_ms } => write!(f, "nothing can be read from {} on", clock_ms(*at_ms)),
            Self::FormatChanges { at_ms } => {
                write!(f, "the audio changes its format at {}; what follows is left out", clock_ms(*at_ms))
            }
            Self::Silent { channel } => write!(f, "channel {channel} is silent"),
            Self::FallsSilent { channel, at_ms } => {
                write!(
                    f,
                    "channel {channel} falls silent at {} while the recording goes on",
                    clock_ms(*at_ms)
                )
            }
        }
    }
}
