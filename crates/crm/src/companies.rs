//! Companies that contacts work for.

mod create;
mod delete;
mod get;
mod import;
mod list;
mod named;
mod update;

pub use create::{create, create_company};
pub use delete::{delete, delete_company};
pub use get::{get, get_company};
pub(crate) use import::save_imported;
pub use list::{list, list_companies};
pub(crate) use named::named;
pub use update::{update, update_company};
