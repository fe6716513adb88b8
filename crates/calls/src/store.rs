//! The queries of calls.

pub(crate) mod calls;
pub(crate) mod deletion;
pub(crate) mod participants;
pub(crate) mod people;
pub(crate) mod recordings;
pub(crate) mod transcripts;
pub(crate) mod words;
