//! Calls: their facts, their recordings, who spoke, what was said, and the settings of recording.
//!
//! By meaning: [`call`] the facts of a call and its participants, [`recording`] the sound and its upload,
//! [`transcript`] what was said, [`settings`] what is recorded and kept.

mod call;
mod recording;
mod settings;
mod transcript;

pub use call::*;
pub use recording::*;
pub use settings::*;
pub use transcript::*;
