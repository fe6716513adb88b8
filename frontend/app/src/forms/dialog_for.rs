//! One dialog for the many rows of a list.

use leptos::prelude::*;

/// A dialog and what it is about at the moment.
pub struct DialogFor<T: Send + Sync + 'static> {
    /// Whether it is open, both ways.
    pub open: RwSignal<bool>,
    about: RwSignal<Option<T>>,
}

impl<T: Send + Sync + 'static> Clone for DialogFor<T> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<T: Send + Sync + 'static> Copy for DialogFor<T> {}

impl<T: Clone + Send + Sync + 'static> DialogFor<T> {
    /// Closed.
    pub fn new() -> Self {
        Self { open: RwSignal::new(false), about: RwSignal::new(None) }
    }

    /// Opens it for this.
    pub fn show(self, about: T) {
        self.about.set(Some(about));
        self.open.set(true);
    }

    /// What it is about. Tracked.
    pub fn get(self) -> Option<T> {
        self.about.get()
    }

    /// What it is about. Not tracked.
    pub fn get_untracked(self) -> Option<T> {
        self.about.get_untracked()
    }

    /// Something of what it is about, such as a name; the default while it is about nothing. Tracked.
    pub fn of<U: Default>(self, part: impl FnOnce(&T) -> U) -> U {
        self.about.with(|about| about.as_ref().map(part).unwrap_or_default())
    }
}
