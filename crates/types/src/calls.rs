//! Calls: their facts, their recordings, who spoke, what was said, and the settings of recording.
//!
//! By meaning: [`call`] the facts of a call and its participants, [`recording`] the sound and its upload,
//! [`transcript`] what was said, [`speaker`] by whom and how, [`search`] and [`term`] finding it, [`settings`] what is
//! recorded and kept, [`zoom`] what comes from Zoom.

mod call;
mod recording;
mod search;
mod settings;
mod speaker;
mod term;
mod transcript;
mod zoom;

pub use call::*;
pub use recording::*;
pub use search::*;
pub use settings::*;
pub use speaker::*;
pub use term::*;
pub use transcript::*;
pub use zoom::*;
