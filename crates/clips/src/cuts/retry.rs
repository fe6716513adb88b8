//! Trying a cut again.

use actix_web::post;
use platform::{Error, Result, Tx};
use types::clips::{Clip, ClipPath, CutState};
use types::{ClipId, ErrorCode};
use web::{Call, Path, Reply};

use super::start;
use crate::store::cuts;
use crate::{access, view};

/// Have a clip cut again whose cut has failed.
#[utoipa::path(operation_id = "retry_cut", tag = "clips", params(ClipPath), responses((status = 200, body = Clip)))]
#[post("/v1/clips/{clip_id}/cut/retry")]
pub async fn retry_cut(call: Call, path: Path<ClipPath>) -> Reply {
    call.write(move |tx| retry(tx, path.clip_id)).await
}

/// Begins a failed cut anew.
///
/// # Errors
/// [`Error::Conflict`] when there is none that has failed; [`Error::NotFound`] for a clip that the actor may not see;
/// [`Error::Forbidden`] without `UseCallIntelligence`.
pub fn retry(tx: &mut Tx<'_>, id: ClipId) -> Result<Clip> {
    let clip = access::lock_clip_to_share(tx, id)?;
    if cuts::find(tx, id)?.is_none_or(|cut| cut.state != CutState::Failed) {
        return Err(Error::conflict(ErrorCode::Conflict, "the clip has no cut that has failed"));
    }
    start(tx, &clip, true)?;
    view::changed(tx, clip.into_inner())
}
