//! What every editor of rich text has around it: formats, the address of a link, mentions of colleagues.

mod link_dialog;
mod mentions;
mod toolbar;

pub use link_dialog::LinkDialog;
pub use mentions::{Audience, MentionButton, Suggestions, insert_mention, mentioned};
pub use toolbar::Toolbar;
