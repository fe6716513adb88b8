//! The proof that an access check was made.

use std::ops::Deref;

/// A row that the actor may change, locked for the transaction. A store's writes take one, so that none can be called
/// without the check. Only a slice's `access.rs` makes them; a check of the source holds it to that.
#[derive(Debug)]
pub struct Granted<T>(T);

impl<T> Granted<T> {
    /// Wraps a row after the check. To be called in a file named `access.rs` alone.
    pub fn new(row: T) -> Self {
        Self(row)
    }

    /// The row, without the proof.
    pub fn into_inner(self) -> T {
        self.0
    }
}

impl<T> Deref for Granted<T> {
    type Target = T;

    fn deref(&self) -> &T {
        &self.0
    }
}
