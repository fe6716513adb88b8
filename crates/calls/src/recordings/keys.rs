//! Where the bytes of recordings are in the blob store.

use types::RecordingId;

/// The recording itself.
pub(crate) fn recording(id: RecordingId) -> String {
    format!("recordings/{id}")
}

/// Its peaks.
pub(crate) fn peaks(id: RecordingId) -> String {
    format!("peaks/{id}")
}

/// The parts of its upload, all of them.
pub(crate) fn parts(id: RecordingId) -> String {
    format!("uploads/{id}")
}

/// One part of its upload.
pub(crate) fn part(id: RecordingId, number: i32) -> String {
    format!("uploads/{id}/{number}")
}
