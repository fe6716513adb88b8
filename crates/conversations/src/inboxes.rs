//! Inboxes: who works where.

mod create;
mod get;
mod list;
mod update;

pub use create::{create, create_inbox};
pub use get::{get, get_inbox};
pub use list::{list, list_inboxes};
pub use update::{update, update_inbox};
