//! Reading how far an upload has come.

use actix_web::get;
use platform::{Result, Tx};
use types::CallId;
use types::calls::{CallPath, RecordingUpload};
use web::{Call, Path, Reply};

use crate::access;
use crate::store::recordings;

/// Get how far the upload of a call's recording has come, to go on with it.
#[utoipa::path(operation_id = "get_recording_upload", tag = "calls", params(CallPath), responses(
    (status = 200, body = RecordingUpload),
    (status = 409, description = "No upload has been started, or it is complete."),
))]
#[get("/v1/calls/{call_id}/recording/upload")]
pub async fn get_recording_upload(call: Call, path: Path<CallPath>) -> Reply {
    call.read(move |tx| get(tx, path.call_id)).await
}

/// How far an upload has come.
///
/// # Errors
/// [`Error::Conflict`](platform::Error::Conflict) when none goes on.
fn get(tx: &mut Tx<'_>, id: CallId) -> Result<RecordingUpload> {
    access::read_call(tx, id)?;
    let recording = recordings::find(tx, id)?;
    let (recording, upload) = super::of(tx, recording)?;
    super::view(tx, &recording, &upload)
}
