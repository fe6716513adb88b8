//! How much of a file's demands are met.

use std::time::Duration;

use crate::MediaError;

/// What work on one file may cost. A file that asks for more is refused, in words.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Limits {
    /// The longest recording.
    pub longest: Duration,
    /// The most bytes of a file.
    pub most_bytes: u64,
    /// The most channels of an audio track.
    pub most_channels: u16,
    /// The most bytes of a file that are held at one time, such as its index or one packet of its picture. What is
    /// built from an index takes a few times as much.
    pub most_memory: u64,
    /// The longest that work on one file may take, by the clock on the wall.
    pub patience: Duration,
}

impl Default for Limits {
    /// 12 hours, 4 GiB, 8 channels, 16 MiB held, 30 minutes of work.
    fn default() -> Self {
        Self {
            longest: Duration::from_secs(12 * 60 * 60),
            most_bytes: 4 << 30,
            most_channels: 8,
            most_memory: 16 << 20,
            patience: Duration::from_secs(30 * 60),
        }
    }
}

impl Limits {
    /// Refuses audio with more channels than are taken.
    pub(crate) fn check_channels(&self, channels: usize) -> Result<(), MediaError> {
        if channels > usize::from(self.most_channels) {
            return Err(MediaError::TooManyChannels { channels, most: self.most_channels });
        }
        Ok(())
    }

    /// The longest recording in frames at a rate in Hz.
    pub(crate) fn frames(&self, rate: u32) -> u64 {
        let frames = self.longest.as_millis() * u128::from(rate) / 1000;
        u64::try_from(frames).unwrap_or(u64::MAX)
    }
}
