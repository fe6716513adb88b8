//! The queries of inboxes, threads and messages.

pub(crate) mod inboxes;
pub(crate) mod lists;
pub(crate) mod messages;
pub(crate) mod people;
pub(crate) mod threads;
