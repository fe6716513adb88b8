//! Deals.

mod create;
mod currency;
mod delete;
mod get;
mod import;
mod list;
mod update;

pub use create::{create, create_deal};
pub use delete::{delete, delete_deal};
pub use get::{get, get_deal};
pub(crate) use import::save_imported;
pub use list::{list, list_deals};
pub use update::{update, update_deal};
