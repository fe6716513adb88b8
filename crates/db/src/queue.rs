//! A bounded queue between the async tasks that ask and the threads that own connections.

use std::collections::VecDeque;
use std::sync::{Condvar, Mutex, MutexGuard, PoisonError};

use crate::Error;

struct State<T> {
    waiting: VecDeque<T>,
    closed: bool,
}

/// A first-in, first-out queue that refuses instead of growing without bound.
pub(crate) struct Queue<T> {
    state: Mutex<State<T>>,
    arrived: Condvar,
    limit: usize,
}

impl<T> Queue<T> {
    pub(crate) fn new(limit: usize) -> Self {
        let state = Mutex::new(State { waiting: VecDeque::new(), closed: false });
        Self { state, arrived: Condvar::new(), limit }
    }

    // The lock guards a list and a flag, which are valid after every statement: poisoning carries no information.
    fn state(&self) -> MutexGuard<'_, State<T>> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Adds an item at the end; [`Error::Busy`] when the queue is full, [`Error::Closed`] after [`close`](Self::close).
    pub(crate) fn push(&self, item: T) -> Result<(), Error> {
        let mut state = self.state();
        if state.closed {
            return Err(Error::Closed);
        }
        if state.waiting.len() >= self.limit {
            return Err(Error::Busy { waiting: state.waiting.len() });
        }
        state.waiting.push_back(item);
        drop(state);
        self.arrived.notify_one();
        Ok(())
    }

    /// Waits for an item; nothing once the queue is closed and empty.
    pub(crate) fn pop(&self) -> Option<T> {
        let mut state = self.state();
        loop {
            if let Some(item) = state.waiting.pop_front() {
                return Some(item);
            }
            if state.closed {
                return None;
            }
            state = self.arrived.wait(state).unwrap_or_else(PoisonError::into_inner);
        }
    }

    /// The next item if one waits.
    pub(crate) fn try_pop(&self) -> Option<T> {
        self.state().waiting.pop_front()
    }

    /// How many items wait.
    pub(crate) fn len(&self) -> usize {
        self.state().waiting.len()
    }

    /// Refuses new items; those that wait are still handed out.
    pub(crate) fn close(&self) {
        self.state().closed = true;
        self.arrived.notify_all();
    }
}
