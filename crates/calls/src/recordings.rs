//! The sound of calls.

pub(crate) mod keys;
