//! Ending an upload.

use actix_web::post;
use platform::{Error, Result, Tx};
use types::calls::{Call, CallPath, RecordingState};
use types::{CallId, ErrorCode};
use web::{Path, Reply};

use crate::recordings::ImportRecording;
use crate::store::{recordings, uploads};
use crate::{access, view};

/// End an upload whose parts are all there: the recording is put together and examined in the background.
#[utoipa::path(operation_id = "complete_recording_upload", tag = "calls", params(CallPath), responses(
    (status = 200, body = Call),
    (status = 409, description = "Parts are missing: `extra.missing` names them; or no upload has been started."),
))]
#[post("/v1/calls/{call_id}/recording/complete")]
pub async fn complete_recording_upload(call: web::Call, path: Path<CallPath>) -> Reply {
    call.write(move |tx| complete(tx, path.call_id)).await
}

/// Ends an upload.
///
/// # Errors
/// [`Error::Conflict`] when parts are missing, or none was started.
fn complete(tx: &mut Tx<'_>, id: CallId) -> Result<Call> {
    let call = access::lock_call(tx, id)?;
    let recording = recordings::find(tx, id)?;
    let (mut recording, upload) = super::of(tx, recording)?;
    let received: Vec<i32> = uploads::parts(tx, recording.id)?.iter().map(|part| part.number).collect();
    let all = 1..=super::part_count(recording.bytes, upload.part_bytes)?;
    let missing: Vec<i32> = all.filter(|number| !received.contains(number)).collect();
    if !missing.is_empty() {
        return Err(Error::Conflict {
            code: ErrorCode::Conflict,
            detail: format!("{} parts are missing", missing.len()),
            extra: Some(serde_json::json!({ "missing": missing })),
        });
    }
    recording.state = RecordingState::Processing;
    recordings::update(tx, &call, &recording)?;
    // Nothing in it is about a contact, and erasing one must not keep the bytes from being looked after.
    let about = tx.contact();
    tx.about(None);
    tx.enqueue(&ImportRecording { recording_id: recording.id })?;
    tx.about(about);
    view::touched(tx, &call)
}
