//! Taking in one part.

use actix_web::put;
use platform::{Actor, Ctx, Error, Result, Tx};
use types::calls::{RecordingPartPath, RecordingUpload};
use types::{CallId, FieldError, RecordingId};
use web::{Call, ContentDigest, Path, RawBody, Reply};

use crate::recordings::keys;
use crate::store::recordings;
use crate::store::uploads::{self, PartRow};
use crate::{access, settings};

/// Upload one part of a recording.
///
/// The header `Content-Digest` (RFC 9530) holds its checksum, as in `sha-256=:<base64>:`; a part that arrives otherwise is
/// refused and what was there before stays. The same part may be sent again.
#[utoipa::path(operation_id = "put_recording_part", tag = "calls",
    params(RecordingPartPath, ("Content-Digest" = String, Header, description = "The SHA-256 of the part (RFC 9530).")),
    request_body(content_type = "application/octet-stream", description = "The bytes of the part."),
    responses((status = 200, body = RecordingUpload), (status = 409, description = "No upload has been started.")))]
#[put("/v1/calls/{call_id}/recording/parts/{number}")]
pub async fn put_recording_part(
    call: Call,
    path: Path<RecordingPartPath>,
    digest: ContentDigest,
    body: RawBody,
) -> Reply {
    let upload = save_part(call.ctx(), call.actor(), (path.call_id, path.number), &digest, body.0).await?;
    web::json(actix_web::http::StatusCode::OK, &upload)
}

/// Stores a part and notes that it is there.
///
/// # Errors
/// [`Error::Invalid`] for a number, a length or a checksum that does not fit.
async fn save_part(
    ctx: &Ctx,
    actor: &Actor,
    (call, number): (CallId, i32),
    digest: &ContentDigest,
    bytes: web::Bytes,
) -> Result<RecordingUpload> {
    let (id, length) = ctx.read(actor, move |tx| expected(tx, call, number)).await?;
    let sha256 = digest.check(&bytes)?;
    if i64::try_from(bytes.len()) != Ok(length) {
        let detail = format!("part {number} must have {length} bytes, not {}", bytes.len());
        return Err(refused("body", "wrong_length", detail));
    }
    // Before the transaction: it must not wait for a disk or a network.
    let blobs = ctx.extension::<blob::Store>()?;
    let stored = blobs.put_bytes(&keys::part(id, number), bytes).await;
    stored.map_err(|cause| Error::Unavailable(cause.to_string()))?;
    let part = PartRow { recording_id: id, number, bytes: length, sha256 };
    ctx.write(actor, move |tx| note(tx, call, &part)).await
}

/// Which recording a part belongs to, and how long it is.
fn expected(tx: &mut Tx<'_>, call: CallId, number: i32) -> Result<(RecordingId, i64)> {
    access::read_call_to_change(tx, call)?;
    settings::require_recording(tx)?;
    let recording = recordings::find(tx, call)?;
    let (recording, upload) = super::of(tx, recording)?;
    Ok((recording.id, super::part_length(&recording, &upload, number)?))
}

fn note(tx: &mut Tx<'_>, call: CallId, part: &PartRow) -> Result<RecordingUpload> {
    access::lock_call(tx, call)?;
    let recording = recordings::find(tx, call)?;
    let (recording, _) = super::of(tx, recording.filter(|row| row.id == part.recording_id))?;
    uploads::save_part(tx, part)?;
    uploads::touch(tx, recording.id)?;
    let (recording, upload) = super::of(tx, Some(recording))?;
    super::view(tx, &recording, &upload)
}

fn refused(field: &str, code: &str, detail: String) -> Error {
    Error::Invalid(vec![FieldError { field: field.to_owned(), code: code.to_owned(), detail }])
}
