//! Making clips, finding them and sending them to colleagues.

mod create;
mod delete;
mod get;
mod list;
mod mail;
mod recipients;
mod share;
mod update;

pub use create::{create, create_clip};
pub use delete::{delete, delete_clip};
pub use get::{get, get_clip};
pub use list::{list, list_clips};
pub use recipients::{list_clip_recipients, recipients};
pub use share::{share, share_clip};
pub use update::{update, update_clip};

pub(crate) use delete::remove;

/// Most characters of a title.
const TITLE_CHARACTERS: usize = 200;
/// Most characters of a message.
const MESSAGE_CHARACTERS: usize = 2000;
