//! What the page of a call computes: times as people write them, the waveform, the part of the recording on the screen,
//! what is being said, silence. All of it is pure.

mod bounds;
mod clock;
mod lines;
mod peaks;
mod silence;
mod stretch;

pub use bounds::Bounds;
pub use clock::{clock, parse_clock};
pub use lines::{line_at, marked, speech_of};
pub use peaks::Peaks;
pub use silence::{end_of_silence, silences};
pub use stretch::Stretch;
