//! Kinds of meetings.

mod create;
mod delete;
mod list;

pub use create::{create, create_meeting_type};
pub use delete::{delete, delete_meeting_type};
pub use list::list_meeting_types;
