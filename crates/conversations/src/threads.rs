//! Threads: what is there, whose it is, whether it is done, who has read it.

mod assign;
mod close;
mod count;
mod get;
mod list;
mod presence;
mod read;
mod reopen;

pub use assign::{assign, assign_thread};
pub use close::{close, close_thread};
pub use count::{count, get_view_counts};
pub use get::{get, get_thread};
pub use list::{list, list_threads};
pub use presence::{get_presence, show_presence};
pub use read::{read, read_thread};
pub(crate) use reopen::reopen_closed;
pub use reopen::{reopen, reopen_thread};
