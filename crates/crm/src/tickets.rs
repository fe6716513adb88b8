//! Tickets.

mod create;
mod delete;
mod get;
mod import;
mod list;
mod update;

pub use create::{create, create_ticket};
pub use delete::{delete, delete_ticket};
pub use get::{get, get_ticket};
pub(crate) use import::save_imported;
pub use list::{list, list_tickets};
pub use update::{update, update_ticket};
