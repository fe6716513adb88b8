//! Companies that contacts work for.

mod create;
mod delete;
mod get;
mod list;
mod update;

pub use create::{create, create_company};
pub use delete::{delete, delete_company};
pub use get::{get, get_company};
pub use list::{list, list_companies};
pub use update::{update, update_company};
