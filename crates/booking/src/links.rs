//! Links that people outside book meetings by.

mod check;
mod create;
mod end;
mod explain;
mod get;
mod list;
pub(crate) mod presets;
mod preview;
pub(crate) mod slugs;
mod update;

pub(crate) use check::minutes_before;
pub use create::{create, create_booking_link};
pub(crate) use end::ended;
pub use end::{end, end_booking_link};
pub use explain::{explain, explain_slot};
pub use get::{get, get_booking_link};
pub use list::{list, list_booking_links};
pub use preview::{preview, preview_reminder};
pub use update::{update, update_booking_link};
