//! Notifications: what a user should know of, in the app, in the browser, and by mail when away.

mod count_unread;
mod forget;
mod list;
mod mail_away;
mod notify;
mod read;

pub use count_unread::count_unread_notifications;
pub use forget::{forget_call, forget_clip};
pub use list::list_notifications;
pub use mail_away::MailAwayUser;
pub use notify::{Notice, Place, notify};
pub use read::{read, read_notifications};
