//! Contacts: people outside the company.

mod create;
mod erase;
mod get;
mod import;
mod list;
mod merge;
mod update;

pub use create::{create, create_contact};
pub use erase::{erase, erase_contact};
pub use get::{find, get, get_contact};
pub(crate) use import::save_imported;
pub use list::{list, list_contacts};
pub(crate) use merge::merge_locked;
pub use merge::{merge, merge_contact};
pub(crate) use update::{leave_company, write_changed};
pub use update::{update, update_contact};
