//! Renaming a clip, and keeping it elsewhere.

use actix_web::put;
use platform::fields::Fields;
use platform::{Result, Tx};
use types::ClipId;
use types::clips::{Clip, ClipPath, UpdateClip};
use web::{Body, Call, Path, Reply};

use super::{MESSAGE_CHARACTERS, TITLE_CHARACTERS};
use crate::store::clips;
use crate::{access, view};

/// Change what a clip is called, why it is shared and where it is kept: the request holds the whole of it. Where it begins
/// and ends never changes.
#[utoipa::path(operation_id = "update_clip", tag = "clips", params(ClipPath), request_body = UpdateClip, responses((status = 200, body = Clip)))]
#[put("/v1/clips/{clip_id}")]
pub async fn update_clip(call: Call, path: Path<ClipPath>, body: Body<UpdateClip>) -> Reply {
    call.write(move |tx| update(tx, path.clip_id, &body)).await
}

/// Writes the whole of what can be changed.
///
/// # Errors
/// [`Error::Invalid`](platform::Error::Invalid) for fields that break a rule;
/// [`Error::Forbidden`](platform::Error::Forbidden) without `UseCallIntelligence`, and for whoever neither made the clip
/// nor may change its call.
pub fn update(tx: &mut Tx<'_>, id: ClipId, request: &UpdateClip) -> Result<Clip> {
    let locked = access::lock_clip(tx, id)?;
    let mut fields = Fields::default();
    let mut row = locked.clone();
    row.title = fields.required("title", &request.title, TITLE_CHARACTERS);
    row.message = fields.lines("message", request.message.as_deref(), MESSAGE_CHARACTERS);
    fields.finish()?;
    access::require_folder(tx, request.folder_id)?;
    row.folder_id = request.folder_id;
    row.updated_at = tx.now();
    clips::update(tx, &locked, &row)?;
    view::changed(tx, row)
}
