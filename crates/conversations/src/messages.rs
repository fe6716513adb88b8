//! Messages, comments and activities: the entries of a thread.

mod comment;
mod create;
mod get;
mod list;
mod retry;

pub use comment::{comment, create_comment};
pub use create::{create, create_message};
pub use get::{get, get_message};
pub(crate) use list::Part;
pub use list::{list, list_messages};
pub use retry::{retry, retry_message};
