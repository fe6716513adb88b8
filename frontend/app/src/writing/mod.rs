//! What every editor of rich text has around it: formats, the address of a link, mentions of colleagues, booking links.

mod insert_menu;
mod link_dialog;
mod mentions;
mod toolbar;

pub use insert_menu::InsertMenu;
pub use link_dialog::LinkDialog;
pub use mentions::{Audience, MentionButton, Suggestions, insert_mention, mentioned};
pub use toolbar::Toolbar;
