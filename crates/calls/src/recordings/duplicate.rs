//! Recognising the same file twice.

use platform::{Error, Result, Tx};
use types::calls::{RecordingProblem, RecordingProblemCode};
use types::{CallId, ErrorCode};

use crate::access;
use crate::store::recordings;

/// What is said of it.
const DETAIL: &str = "the same file is the recording of another call";

/// Refuses a file that is another call's recording. Which one, is said to whoever may see that call.
///
/// # Errors
/// [`Error::Conflict`] with the code `duplicate_recording`.
pub(crate) fn refuse(tx: &mut Tx<'_>, sha256: &str, call: CallId) -> Result<()> {
    let Some(other) = find(tx, sha256, call)? else { return Ok(()) };
    let extra = match access::read_call(tx, other) {
        Ok(seen) => Some(serde_json::json!({ "call_id": seen.id })),
        Err(Error::NotFound) => None,
        Err(other) => return Err(other),
    };
    Err(Error::Conflict { code: ErrorCode::DuplicateRecording, detail: DETAIL.to_owned(), extra })
}

/// The other call whose recording is this very file.
pub(crate) fn find(tx: &mut Tx<'_>, sha256: &str, call: CallId) -> Result<Option<CallId>> {
    Ok(recordings::with_digest(tx, sha256)?.filter(|other| *other != call))
}

/// What stands on the call that came second. It does not name the first: not everybody who sees the one may see the other.
pub(crate) fn problem() -> RecordingProblem {
    RecordingProblem { code: RecordingProblemCode::Duplicate, detail: DETAIL.to_owned(), channel: None }
}
