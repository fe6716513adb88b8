//! Meetings: scheduling them from a contact's record, and what becomes of every one of them.

mod cancel;
mod change;
mod confirm;
mod create;
mod get;
mod keep;
mod list;
mod outcome;
mod requests;
mod reschedule;
mod update;

pub use cancel::{cancel, cancel_meeting};
pub use confirm::{confirm, confirm_meeting, decline, decline_meeting};
pub use create::{create, create_meeting};
pub use get::{get, get_meeting};
pub use keep::{keep, keep_meeting};
pub use list::{list, list_meetings};
pub use outcome::{set_meeting_outcome, set_outcome};
pub use requests::{handle, handle_meeting_request, list_meeting_requests, list_requests};
pub use reschedule::{reschedule, reschedule_meeting};
pub use update::{update, update_meeting};

pub(crate) use change::{
    Told, call_off, is_in_reach, new_uid, reclaim, require_changeable, set_any_time, set_time, tell,
};
