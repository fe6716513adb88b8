//! Deleting a clip with all that was made of it.

use actix_web::delete;
use calls::excerpts;
use platform::{Granted, Result, Tx};
use types::clips::ClipPath;
use types::{ClipId, Event};
use web::{Call, Path, Reply};

use crate::store::clips::{self, ClipRow};
use crate::store::{links, shares};
use crate::{access, cuts};

/// Delete a clip with its links and the file behind them. The call stays.
#[utoipa::path(operation_id = "delete_clip", tag = "clips", params(ClipPath), responses((status = 204)))]
#[delete("/v1/clips/{clip_id}")]
pub async fn delete_clip(call: Call, path: Path<ClipPath>) -> Reply {
    call.delete(move |tx| delete(tx, path.clip_id)).await
}

/// Deletes a clip.
///
/// # Errors
/// [`Error::NotFound`](platform::Error::NotFound); [`Error::Forbidden`](platform::Error::Forbidden) for whoever neither
/// made it nor may change its call.
pub fn delete(tx: &mut Tx<'_>, id: ClipId) -> Result<()> {
    let clip = access::lock_clip(tx, id)?;
    tx.audit("clip.delete", ("clip", id.0), serde_json::json!({ "call_id": clip.call_id }))?;
    remove(tx, &clip)
}

/// Takes a clip away: its links, its file, the mails and notifications it was sent by.
pub(crate) fn remove(tx: &mut Tx<'_>, clip: &Granted<ClipRow>) -> Result<()> {
    cuts::remove(tx, clip)?;
    links::delete(tx, clip)?;
    let mails = shares::delete(tx, clip)?;
    accounts::mails::withdraw(tx, &mails)?;
    accounts::notifications::forget_clip(tx, clip.call_id, clip.id)?;
    clips::delete(tx, clip)?;
    // The word that it is gone holds nothing of whom it was about.
    tx.about(None);
    excerpts::tell(tx, clip.call_id, Event::ClipRemoved { clip_id: clip.id, call_id: clip.call_id })
}
