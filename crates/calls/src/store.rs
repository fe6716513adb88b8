//! The queries of calls.

pub(crate) mod active_speakers;
pub(crate) mod calls;
pub(crate) mod comments;
pub(crate) mod deletion;
pub(crate) mod notes;
pub(crate) mod participants;
pub(crate) mod people;
pub(crate) mod positions;
pub(crate) mod recordings;
pub(crate) mod scope;
pub(crate) mod segments;
pub(crate) mod speakers;
pub(crate) mod telephony;
pub(crate) mod terms;
pub(crate) mod transcripts;
pub(crate) mod uploads;
pub(crate) mod watched_files;
pub(crate) mod words;
pub(crate) mod zoom_recordings;
