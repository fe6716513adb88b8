//! Reading one clip.

use actix_web::get;
use platform::{Result, Tx};
use types::ClipId;
use types::clips::{Clip, ClipPath};
use web::{Call, Path, Reply};

use crate::{access, view};

/// Get a clip.
#[utoipa::path(operation_id = "get_clip", tag = "clips", params(ClipPath), responses((status = 200, body = Clip)))]
#[get("/v1/clips/{clip_id}")]
pub async fn get_clip(call: Call, path: Path<ClipPath>) -> Reply {
    call.read(move |tx| get(tx, path.clip_id)).await
}

/// The clip with its links.
///
/// # Errors
/// [`Error::NotFound`](platform::Error::NotFound) when there is none, or the actor may not see its call.
pub fn get(tx: &mut Tx<'_>, id: ClipId) -> Result<Clip> {
    let row = access::read_clip(tx, id)?;
    view::clip(tx, row)
}
