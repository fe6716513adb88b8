//! The queries of this slice.

pub(crate) mod calendars;
pub(crate) mod claims;
pub(crate) mod codes;
pub(crate) mod conferences;
pub(crate) mod entries;
pub(crate) mod links;
pub(crate) mod meeting_types;
pub(crate) mod meetings;
pub(crate) mod profiles;
pub(crate) mod requests;
