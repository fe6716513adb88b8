//! Links that let people outside play a clip.

mod create;
mod revoke;

pub use create::{create, create_clip_link};
pub use revoke::{revoke, revoke_clip_link};
