//! The slot engine: from working hours, busy times and a link's rules to the starts that are offered. Pure: no database, no
//! clock, no input or output. Whoever asks brings the time.
//!
//! Map: `model` what is asked and answered; `offsets` a zone's local time over a stretch of time; `free` when one host is
//! free; `engine` the starts that follow; `explain` why a start is not among them.
//!
//! # Rules
//!
//! - An instant lies in a window exactly if the clock on the host's wall reads a time in it. A window over a change of the
//!   clock is therefore shorter where local times are skipped, and longer where they come twice. Windows of one or several
//!   days that touch or overlap are one stretch for a meeting.
//! - A busy time is widened by the buffers: the buffer after the new meeting lies before it, the buffer before the new
//!   meeting lies after it. A meeting may begin where a widened busy time ends.
//! - Where a host becomes free, at the start of a window or after a busy time, the grid of starts begins anew: at the first
//!   local time that is a multiple of the largest of 60, 30, 20, 15, 10 and 5 minutes that divides the interval (else of one
//!   minute), and goes on in steps of the interval. For a group the local time is the first host's.
//! - The grid depends on neither the time of asking nor the stretch asked about, so a start that was shown stays one until
//!   someone takes it or it is too late for it.
//! - The whole meeting lies in [`Rules::bookable`].

mod engine;
mod explain;
mod free;
mod host_set;
mod model;
mod offsets;

pub use engine::{MAX_DAYS, MAX_MEETING_DAYS, is_offered, slots};
pub use explain::{Reason, explain};
pub use host_set::HostSet;
pub use model::{Host, Kind, LocalWindow, Rules, Schedule, Slot, Span};
