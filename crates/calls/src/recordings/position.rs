//! Where users stopped listening.

use actix_web::{get, put};
use platform::{Error, Result, Tx};
use types::CallId;
use types::calls::{CallPath, PlaybackPosition, SavePlaybackPosition};
use web::{Body, Call, Path, Reply};

use crate::access;
use crate::fields::MAX_MS;
use crate::store::positions;

/// Get where the user stopped listening to a call.
#[utoipa::path(operation_id = "get_playback_position", tag = "calls", params(CallPath), responses((status = 200, body = PlaybackPosition)))]
#[get("/v1/calls/{call_id}/position")]
pub async fn get_playback_position(call: Call, path: Path<CallPath>) -> Reply {
    call.read(move |tx| get(tx, path.call_id)).await
}

/// Remember where the user stopped listening to a call.
#[utoipa::path(operation_id = "save_playback_position", tag = "calls", params(CallPath), request_body = SavePlaybackPosition, responses((status = 200, body = PlaybackPosition)))]
#[put("/v1/calls/{call_id}/position")]
pub async fn save_playback_position(
    call: Call,
    path: Path<CallPath>,
    body: Body<SavePlaybackPosition>,
) -> Reply {
    call.write(move |tx| save(tx, path.call_id, body.position_ms)).await
}

/// Where the acting user stopped; at the beginning for whoever has not listened.
///
/// # Errors
/// [`Error::NotFound`] for a call that the actor may not see.
pub fn get(tx: &mut Tx<'_>, id: CallId) -> Result<PlaybackPosition> {
    access::read_call(tx, id)?;
    let user = tx.actor().user_id()?;
    positions::find(tx, id, user)
}

/// Remembers where the acting user stopped.
///
/// # Errors
/// [`Error::Invalid`] for `position_ms`; [`Error::NotFound`] for a call that the actor may not see.
pub fn save(tx: &mut Tx<'_>, id: CallId, position_ms: i64) -> Result<PlaybackPosition> {
    access::read_call(tx, id)?;
    let user = tx.actor().user_id()?;
    if !(0..=MAX_MS).contains(&position_ms) {
        return Err(Error::invalid("position_ms", format!("must be 0 to {MAX_MS}")));
    }
    positions::save(tx, id, user, position_ms)?;
    Ok(PlaybackPosition { position_ms, updated_at: Some(tx.now()) })
}
