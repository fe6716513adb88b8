//! A value that the screen follows.

use std::cell::RefCell;

use reactive_graph::prelude::*;
use reactive_graph::signal::ArcTrigger;

/// A value beside a trigger of Leptos's reactive system: whatever reads it in an effect runs again when it has changed.
/// A signal does the same, and is compiled anew for each type it holds.
#[derive(Default)]
pub struct Watched<T> {
    value: RefCell<T>,
    changed: ArcTrigger,
}

impl<T> Watched<T> {
    /// Watches a value.
    pub fn new(value: T) -> Self {
        Self { value: RefCell::new(value), changed: ArcTrigger::new() }
    }

    /// Reads the value; the effect that does so runs again when it has changed.
    pub fn read<R>(&self, read: impl FnOnce(&T) -> R) -> R {
        self.changed.track();
        self.peek(read)
    }

    /// Reads the value as it is now.
    pub fn peek<R>(&self, read: impl FnOnce(&T) -> R) -> R {
        read(&self.value.borrow())
    }

    /// Changes the value. Effects run later, so nothing else happens meanwhile.
    pub fn change<R>(&self, change: impl FnOnce(&mut T) -> R) -> R {
        let result = change(&mut self.value.borrow_mut());
        self.changed.notify();
        result
    }
}
