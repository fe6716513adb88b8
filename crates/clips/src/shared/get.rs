//! What a shared clip is, before it is opened.

use actix_web::get;
use platform::{Result, Tx};
use types::clips::{CutState, SharedClip, SharedClipPath};
use web::{OpenCall, Path, Reply};

use super::{enter, limit, unlisted};
use crate::settings;
use crate::store::cuts;

/// Get what a shared clip is. It needs no credential beside the link.
#[utoipa::path(operation_id = "get_shared_clip", tag = "shared_clips", security(()), params(SharedClipPath), responses(
    (status = 200, body = SharedClip),
    (status = 410, description = "The link has ended; `extra.state` says how."),
))]
#[get("/v1/shared_clips/{token}")]
pub async fn get_shared_clip(call: OpenCall, path: Path<SharedClipPath>) -> Reply {
    limit(&call)?;
    unlisted(call.read(move |tx| get(tx, &path.token)).await)
}

/// What the page of a link says.
///
/// # Errors
/// As [`enter`].
pub fn get(tx: &mut Tx<'_>, token: &str) -> Result<SharedClip> {
    let (link, clip) = enter(tx, token)?;
    let (company_name, sharing) = settings::of_account(tx)?;
    let cut = cuts::find(tx, clip.id)?;
    Ok(SharedClip {
        title: clip.title,
        company_name,
        color: sharing.color,
        state: cut.as_ref().map_or(CutState::Making, |cut| cut.state),
        duration_ms: cut.as_ref().and_then(|cut| cut.duration_ms).unwrap_or(clip.until_ms - clip.from_ms),
        has_picture: cut.as_ref().is_some_and(|cut| cut.has_picture),
        picture_left_out: cut.is_some_and(|cut| cut.picture_left_out),
        has_password: link.password_hash.is_some(),
        has_transcript: link.has_transcript,
        expires_at: link.expires_at,
    })
}
