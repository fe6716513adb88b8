//! Calls: their facts, their recordings, who spoke, what was said, and the settings of recording.
//!
//! By meaning: [`call`] the facts of a call and its participants, [`recording`] the sound and its upload,
//! [`transcript`] what was said, [`speaker`] by whom and how, [`search`] and [`term`] finding it, [`note`] and [`comment`]
//! what colleagues write about it, [`telephony`] who reports calls, [`settings`] what is recorded and kept, [`zoom`] what
//! comes from Zoom.

mod call;
mod comment;
mod note;
mod recording;
mod search;
mod settings;
mod speaker;
mod telephony;
mod term;
mod transcript;
mod zoom;

pub use call::*;
pub use comment::*;
pub use note::*;
pub use recording::*;
pub use search::*;
pub use settings::*;
pub use speaker::*;
pub use telephony::*;
pub use term::*;
pub use transcript::*;
pub use zoom::*;
