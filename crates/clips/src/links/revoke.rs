//! Ending a link.

use actix_web::delete;
use platform::{Result, Tx};
use types::clips::ClipLinkPath;
use types::{ClipId, ClipLinkId};
use web::{Call, Path, Reply};

use crate::store::{clips, links};
use crate::{access, view};

/// End a link: from then on it opens nothing, also for whoever is playing.
#[utoipa::path(operation_id = "revoke_clip_link", tag = "clips", params(ClipLinkPath), responses((status = 204)))]
#[delete("/v1/clips/{clip_id}/links/{clip_link_id}")]
pub async fn revoke_clip_link(call: Call, path: Path<ClipLinkPath>) -> Reply {
    call.delete(move |tx| revoke(tx, path.clip_id, path.clip_link_id)).await
}

/// Ends a link. One that has ended stays as it is.
///
/// # Errors
/// [`Error::NotFound`](platform::Error::NotFound) when there is none, or the actor may not see its call;
/// [`Error::Forbidden`](platform::Error::Forbidden) for whoever made neither the link nor the clip, and may not change the
/// call.
pub fn revoke(tx: &mut Tx<'_>, clip: ClipId, id: ClipLinkId) -> Result<()> {
    let link = access::lock_link(tx, clip, id)?;
    links::revoke(tx, &link)?;
    tx.audit("clip_link.revoke", ("clip_link", id.0), serde_json::json!({ "clip_id": clip }))?;
    match clips::find(tx, clip)? {
        Some(row) => view::tell(tx, &row),
        None => Ok(()),
    }
}
