//! What is listened to.

use std::ops::ControlFlow;

/// Samples in a second of all audio in this crate.
pub const SAMPLE_RATE: usize = speech_protocol::SAMPLE_RATE;

/// Why a recording could not be decoded.
pub type DecodeError = Box<dyn std::error::Error + Send + Sync>;

/// A recording that can be decoded as often as needed, so that hours of it never stand in memory at once.
pub trait Audio: Send + Sync + 'static {
    /// Decodes from the start, and hands over block by block: the samples of each channel, of equal lengths, from -1 to 1
    /// at [`SAMPLE_RATE`]. Ends early, without an error, when `sink` breaks off.
    ///
    /// # Errors
    /// When the recording cannot be decoded to its end.
    fn decode(&self, sink: &mut dyn FnMut(&[Vec<f32>]) -> ControlFlow<()>) -> Result<(), DecodeError>;
}

/// The samples of one channel from position `from` up to position `to`, as far as they exist.
pub(crate) fn part(samples: &[f32], from: usize, to: usize) -> &[f32] {
    let to = to.min(samples.len());
    samples.get(from.min(to)..to).unwrap_or_default()
}

/// Milliseconds that so many samples last.
pub(crate) fn milliseconds(samples: usize) -> u64 {
    samples as u64 * 1000 / SAMPLE_RATE as u64
}
