//! Beginning an upload, or going on with one.

use actix_web::post;
use platform::fields::Fields;
use platform::{Error, Granted, Result, Tx};
use types::calls::{CallPath, RecordingState, RecordingUpload, StartRecordingUpload};
use types::{CallId, ErrorCode};
use web::{Body, Call, Path, Reply};

use super::UploadRow;
use crate::recordings::{DeleteRecordingBytes, duplicate};
use crate::settings;
use crate::store::calls::CallRow;
use crate::store::recordings::{self, RecordingRow};
use crate::store::uploads;
use crate::{access, fields, view};

/// Begin the upload of a call's recording, or go on with the one that was begun with the same facts.
#[utoipa::path(operation_id = "start_recording_upload", tag = "calls", params(CallPath), request_body = StartRecordingUpload, responses(
    (status = 201, body = RecordingUpload),
    (status = 409, description = "The call has a recording, or the same file is the recording of another call."),
))]
#[post("/v1/calls/{call_id}/recording/upload")]
pub async fn start_recording_upload(
    call: Call,
    path: Path<CallPath>,
    body: Body<StartRecordingUpload>,
) -> Reply {
    call.create(move |tx| start(tx, path.call_id, &body)).await
}

/// Begins an upload. One with other facts that was begun before is forgotten.
///
/// # Errors
/// [`Error::Conflict`] when recording is switched off, the call has a recording, or the file is another call's;
/// [`Error::TooLarge`] above the setting `calls.recording_bytes`; [`Error::Invalid`] for fields that break a rule.
fn start(tx: &mut Tx<'_>, id: CallId, request: &StartRecordingUpload) -> Result<RecordingUpload> {
    let call = access::lock_call(tx, id)?;
    settings::require_recording(tx)?;
    let (name, sha256) = check(tx, request)?;
    if let Some(sha256) = &sha256 {
        duplicate::refuse(tx, sha256, id)?;
    }
    if let Some(earlier) = recordings::find(tx, id)? {
        if !matches!(earlier.state, RecordingState::Uploading | RecordingState::Failed) {
            return Err(Error::conflict(ErrorCode::Conflict, "the call has a recording already"));
        }
        if let Some(upload) = uploads::find(tx, earlier.id)?
            && (&earlier.name, earlier.bytes, &upload.sha256) == (&name, request.bytes, &sha256)
        {
            uploads::touch(tx, earlier.id)?;
            return super::view(tx, &earlier, &upload);
        }
        uploads::delete(tx, earlier.id)?;
        recordings::delete(tx, &call)?;
        tx.enqueue(&DeleteRecordingBytes { recording_id: earlier.id })?;
    }
    let (recording, upload) = insert(tx, &call, name, (request.bytes, sha256))?;
    view::touched(tx, &call)?;
    super::view(tx, &recording, &upload)
}

fn check(tx: &Tx<'_>, request: &StartRecordingUpload) -> Result<(String, Option<String>)> {
    let mut fields = Fields::default();
    let name = fields.required("name", &request.name, 200);
    if request.bytes < 1 {
        fields.refuse("bytes", "out_of_range", "must be at least 1".to_owned());
    }
    fields::sha256(&mut fields, "sha256", request.sha256.as_deref());
    fields.finish()?;
    let limit_bytes = tx.ctx().config().calls.recording_bytes;
    if request.bytes.unsigned_abs() > limit_bytes {
        return Err(Error::TooLarge { limit_bytes });
    }
    Ok((name, request.sha256.clone()))
}

fn insert(
    tx: &mut Tx<'_>,
    call: &Granted<CallRow>,
    name: String,
    (bytes, sha256): (i64, Option<String>),
) -> Result<(RecordingRow, UploadRow)> {
    let recording =
        RecordingRow::arriving(tx.new_id(), call.id, RecordingState::Uploading, (name, bytes), tx.now());
    let part_bytes = i64::try_from(tx.ctx().config().calls.part_bytes).map_err(Error::internal)?;
    let upload = UploadRow { recording_id: recording.id, part_bytes, sha256, touched_at: tx.now() };
    recordings::insert(tx, call, &recording)?;
    uploads::insert(tx, call, &upload)?;
    Ok((recording, upload))
}
