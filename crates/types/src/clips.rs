//! Clips: stretches of calls that are worth a colleague's time, and links to them for people outside.
//!
//! By meaning: [`clip`] what is shared with whom, [`folder`] where clips are kept, [`link`] for people outside,
//! [`shared`] what these see, [`settings`] what may be shared outside at all.

mod clip;
mod folder;
mod link;
mod settings;
mod shared;

pub use clip::*;
pub use folder::*;
pub use link::*;
pub use settings::*;
pub use shared::*;
