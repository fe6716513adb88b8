//! What wakes the parts of a node that follow the log, and what nodes tell each other without storing it.

use std::sync::{Mutex, PoisonError};

use serde::{Deserialize, Serialize};
use tokio::sync::Notify;
use types::{InboxId, ThreadId, Timestamp};

use crate::live::{Participant, Presence};

/// What nodes tell each other without storing it. It may be lost.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub(crate) enum Signal {
    /// Somebody looks at a thread or writes in it.
    Presence { thread: ThreadId, inbox: InboxId, who: Participant, presence: Presence, until: Timestamp },
    /// Something for an audience, as a frame.
    Frame { topic: String, frame: String },
}

/// What the thread that talks to PostgreSQL is asked to do.
#[derive(Clone, Debug)]
pub(crate) enum Order {
    /// There are events without a number.
    Number,
    /// Tell the other nodes.
    Send(Signal),
    /// Stop.
    Stop,
}

/// Wakes the parts of this node that follow the log.
#[derive(Default)]
pub(crate) struct Signals {
    /// Rings when the log has grown.
    pub(crate) grown: Notify,
    /// Where the thread that talks to PostgreSQL takes its orders, while it runs.
    bus: Mutex<Option<std::sync::mpsc::Sender<Order>>>,
}

impl Signals {
    /// A local transaction with events was committed.
    pub(crate) fn committed(&self) {
        // Without a bus, the transaction has numbered its events itself.
        if !self.order(Order::Number) {
            self.grown.notify_one();
        }
    }

    /// Tells the other nodes, if there can be any.
    pub(crate) fn send(&self, signal: Signal) {
        self.order(Order::Send(signal));
    }

    /// Hands an order to the bus; false when there is none.
    pub(crate) fn order(&self, order: Order) -> bool {
        let bus = self.bus.lock().unwrap_or_else(PoisonError::into_inner);
        bus.as_ref().is_some_and(|bus| bus.send(order).is_ok())
    }

    pub(crate) fn connect(&self, bus: std::sync::mpsc::Sender<Order>) {
        *self.bus.lock().unwrap_or_else(PoisonError::into_inner) = Some(bus);
    }
}
