//! What Rapport knows of audio and video files: recordings of calls, and transcripts that come with them.
//!
//! Files in, facts out, and nothing else: no actor, no tables, no network. Everything here blocks and computes; servers
//! call it where that is allowed, never inside a database transaction.
//!
//! What holds here:
//! - **A file is what its bytes say**, never what its name or its sender says ([`sniff`]).
//! - **Nothing a file says of itself is believed** where it can be counted: duration, sample rate and channels come from
//!   what was decoded ([`examine`]).
//! - **Hostile files cost little.** Time, bytes, channels, length and memory are bounded by [`Limits`]; whatever breaks
//!   one is refused with a [`MediaError`] in words.
//! - **Incomplete and silent recordings are said, not hidden** ([`Fault`]).
//! - **A clip holds nothing outside its range** ([`cut`]).
//! - All times are milliseconds from the beginning of the recording on the one time line of what was decoded: `examine`,
//!   `pcm16k`, `cut` and the waveform agree on it.
//!
//! Map: [`examine`] decodes a recording once at its import and gives its [`Facts`] and its waveform, whose file
//! [`peaks`] reads; [`pcm16k`] gives samples for speech recognition; [`cut`] makes clips; [`subtitles`] reads and writes
//! transcripts.

mod container;
pub mod cut;
mod decoding;
mod edits;
mod error;
mod examine;
mod facts;
mod limits;
mod meter;
mod opus;
mod pcm;
pub mod peaks;
mod picture;
mod source;
pub mod subtitles;
mod survey;
mod time;

pub use container::{Container, SNIFFED_BYTES, sniff};
pub use cut::{Clip, cut};
pub use error::MediaError;
pub use examine::examine;
pub use facts::{Channel, Facts, Fault, Sound};
pub use limits::Limits;
pub use pcm::{Pcm, SPEECH_RATE, pcm16k};
pub use source::Source;
