//! iCalendar (RFC 5545) read into events and written from drafts. Nothing here asks a server.
//!
//! Map: `parse` lines and components; `value` dates, durations and text; `zone` which instant a local time is; `windows`
//! names of zones that Outlook writes; `rule` what a recurrence rule says; `recur` when it happens; `set` which
//! instances an event has; `following` which of them an exception moves; `read` what an event is; `write` invitations and
//! stored events.

mod following;
mod parse;
mod read;
mod recur;
mod rule;
mod set;
mod value;
mod windows;
mod write;
mod zone;

use std::cell::Cell;

pub(crate) use parse::Component;
pub use read::events;
pub(crate) use read::{events_of, first_of};
pub(crate) use write::revised;
pub use write::{Method, entry, invitation};

use crate::{Error, Result};

/// The longest iCalendar text that is read, in bytes. Calendars of many years take one or two million.
pub const MAX_BYTES: usize = 10_000_000;
/// The most instances that one text may have in a window: fifty appointments a day for a year.
pub const MAX_INSTANCES: usize = 20_000;
/// How much work expanding one text may take, in days or times looked at. Five thousand birthdays take half a million.
const MAX_STEPS: u32 = 3_000_000;
/// The deepest nesting of components. The standard's own is three: a calendar, an event, an alarm.
const MAX_DEPTH: usize = 8;

/// What expanding may still cost, so that a rule which happens every second of a century ends soon.
pub(crate) struct Budget {
    steps: Cell<u32>,
    instances: Cell<usize>,
}

impl Budget {
    pub(crate) const fn new() -> Self {
        Self { steps: Cell::new(MAX_STEPS), instances: Cell::new(MAX_INSTANCES) }
    }

    /// Takes `steps` off what is left.
    fn spend(&self, steps: u32) -> Result<()> {
        let left = self.steps.get().checked_sub(steps);
        self.steps.set(left.ok_or_else(|| Error::Unusable("its recurrence rules take too long".to_owned()))?);
        Ok(())
    }

    /// Takes one instance off what is left.
    fn instance(&self) -> Result<()> {
        let left = self.instances.get().checked_sub(1);
        self.instances.set(left.ok_or_else(|| Error::Unusable("it has too many events".to_owned()))?);
        Ok(())
    }
}
