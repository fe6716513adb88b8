//! The event log: what happened, in one order, for whoever may know it.
//!
//! An event is written in the transaction that it tells of. On SQLite the one writer numbers it in that transaction; on
//! PostgreSQL events commit without a number, and the node that holds the lease numbers what is committed, in batches
//! (`sequencer`). Positions have no gaps, so a reader that has seen position 7 has missed nothing before it. Each node
//! reads the log as it grows and hands it to its sockets (`tailer`); [`Feed`] is what one socket reads.
//!
//! A cursor is `<epoch>.<position>`. The epoch changes when positions lose their meaning, as after restoring a backup.

mod bus;
mod cursor;
mod feed;
mod log;
mod sequencer;
mod signals;
mod tailer;
mod topic;

use types::Event;

use crate::{Result, Tx};

pub(crate) use bus::Bus;
pub use feed::{Before, Feed, Next, Start};
pub use log::renew_epoch;
pub(crate) use log::{EventLog, PendingEvent, append, expire};
pub(crate) use signals::{Order, Signal, Signals};
pub(crate) use tailer::tail;
pub use topic::Topic;
pub(crate) use topic::topics_of;

/// A function that runs inside every transaction that emits an event. It writes its own slice's rows or enqueues a job,
/// and nothing else.
pub type Subscriber = fn(&mut Tx<'_>, &Event) -> Result<()>;
