//! Calls as a whole.

mod create;
mod delete;
mod get;
mod list;
mod purge;
mod update;

pub use create::{create, create_call};
pub use delete::{HideCalls, delete, delete_call, delete_calls, delete_many};
pub use get::{get, get_call};
pub use list::{list, list_calls};
pub use purge::PurgeCall;
pub use update::{update, update_call};

pub(crate) use create::take_in;
pub(crate) use delete::remove;
