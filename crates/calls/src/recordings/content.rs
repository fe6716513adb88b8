//! Playing: the bytes of a recording, whole or in part.

use actix_web::get;
use actix_web::http::header::HeaderMap;
use platform::{Actor, Credential, Ctx, Error, Result, Tx};
use serde::Deserialize;
use types::calls::{CallPath, RecordingPath, RecordingState};
use types::{CallId, RecordingId, SessionId};
use web::{Call, Download, OpenCall, Params, Path, Reply};

use super::{keys, link};
use crate::access;
use crate::store::recordings::{self, RecordingRow};

/// The signature of a link.
#[derive(Debug, Deserialize, utoipa::IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct RecordingLinkQuery {
    /// The sign-in that the link belongs to.
    pub session: SessionId,
    /// When the link ends, in seconds since 1970.
    pub expires: i64,
    /// Proves that the server made the link.
    pub signature: String,
}

/// Get a recording by its link, whole or in part.
///
/// It needs no credential beside the link; whether the user may still see the call is asked each time.
#[utoipa::path(operation_id = "get_recording_content", tag = "calls", params(RecordingPath, RecordingLinkQuery),
    responses(
        (status = 200, description = "The recording.", content_type = "application/octet-stream"),
        (status = 206, description = "The part that `Range` asked for.", content_type = "application/octet-stream"),
        (status = 304, description = "The recording is the one named in `If-None-Match`."),
        (status = 416, description = "There is no such part."),
    ))]
#[get("/v1/recordings/{recording_id}/content")]
pub async fn get_recording_content(
    call: OpenCall,
    path: Path<RecordingPath>,
    query: Params<RecordingLinkQuery>,
) -> Reply {
    let recording = by_link(&call, path.recording_id, &query).await?;
    play(call.ctx(), recording, call.request().headers()).await
}

/// What `HEAD` answers at the same place.
pub(crate) async fn head_recording_content(
    call: OpenCall,
    path: Path<RecordingPath>,
    query: Params<RecordingLinkQuery>,
) -> Reply {
    let recording = by_link(&call, path.recording_id, &query).await?;
    play(call.ctx(), recording, call.request().headers()).await
}

/// Download a call's recording with a credential, whole or in part.
#[utoipa::path(operation_id = "download_recording", tag = "calls", params(CallPath),
    responses(
        (status = 200, description = "The recording.", content_type = "application/octet-stream"),
        (status = 206, description = "The part that `Range` asked for.", content_type = "application/octet-stream"),
        (status = 304, description = "The recording is the one named in `If-None-Match`."),
        (status = 409, description = "There is no recording that can be played."),
        (status = 416, description = "There is no such part."),
    ))]
#[get("/v1/calls/{call_id}/recording/content")]
pub async fn download_recording(call: Call, path: Path<CallPath>) -> Reply {
    let recording = call.query(move |tx| of_call(tx, path.call_id)).await?;
    play(call.ctx(), recording, call.request().headers()).await
}

fn of_call(tx: &mut Tx<'_>, id: CallId) -> Result<RecordingRow> {
    access::read_call(tx, id)?;
    super::playable(tx, id)
}

/// The recording that a link names, if its user may still see the call.
async fn by_link(call: &OpenCall, id: RecordingId, query: &RecordingLinkQuery) -> Result<RecordingRow> {
    link::check(call.ctx(), id, query.session, (query.expires, &query.signature))?;
    let viewer = call.ctx().authenticate(Credential::Session(query.session), call.address()).await;
    // Whoever was signed out may not know that there is such a recording.
    let viewer: Actor = viewer.map_err(|cause| match cause {
        Error::Unauthenticated => Error::NotFound,
        other => other,
    })?;
    call.ctx().read(&viewer, move |tx| seen(tx, id)).await
}

fn seen(tx: &mut Tx<'_>, id: RecordingId) -> Result<RecordingRow> {
    let recording = recordings::find_by_id(tx, id)?.filter(|row| row.state == RecordingState::Ready);
    let recording = recording.ok_or(Error::NotFound)?;
    access::read_call(tx, recording.call_id)?;
    Ok(recording)
}

/// Answers with the bytes, read as they are sent.
async fn play(ctx: &Ctx, recording: RecordingRow, asked: &HeaderMap) -> Reply {
    let download = Download {
        name: recording.name,
        content_type: recording.media_type.ok_or_else(|| Error::internal("a recording without a type"))?,
        size: u64::try_from(recording.bytes).map_err(Error::internal)?,
        version: recording.sha256.unwrap_or_default(),
        inline: true,
        // Nothing is played from a cache that the server was not asked for.
        keep_seconds: 0,
    };
    accounts::files::send(ctx, &keys::recording(recording.id), download, asked).await
}
