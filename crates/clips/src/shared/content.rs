//! Playing a shared clip: the bytes of its cut, whole or in part.

use actix_web::get;
use platform::{Error, Result, Tx};
use types::clips::{CutState, OpenedClipQuery, SharedClipPath};
use web::{Download, OpenCall, Params, Path, Reply};

use super::{check, enter, unlisted};
use crate::store::cuts::{self, CutRow};

/// What the file is called; its name tells nothing of the call.
const NAME: &str = "clip";

/// Get the sound or picture of a shared clip that was opened, whole or in part.
///
/// It needs no credential beside the address that opening it gave. The file holds nothing but the clip.
#[utoipa::path(operation_id = "get_shared_clip_content", tag = "shared_clips", security(()),
    params(SharedClipPath, OpenedClipQuery),
    responses(
        (status = 200, description = "The clip.", content_type = "application/octet-stream"),
        (status = 206, description = "The part that `Range` asked for.", content_type = "application/octet-stream"),
        (status = 304, description = "The clip is the one named in `If-None-Match`."),
        (status = 410, description = "The link has ended; `extra.state` says how."),
        (status = 416, description = "There is no such part."),
    ))]
#[get("/v1/shared_clips/{token}/content")]
pub async fn get_shared_clip_content(
    call: OpenCall,
    path: Path<SharedClipPath>,
    query: Params<OpenedClipQuery>,
) -> Reply {
    play(call, path.0, query.0).await
}

/// What `HEAD` answers at the same place.
pub(crate) async fn head_shared_clip_content(
    call: OpenCall,
    path: Path<SharedClipPath>,
    query: Params<OpenedClipQuery>,
) -> Reply {
    play(call, path.0, query.0).await
}

async fn play(call: OpenCall, path: SharedClipPath, query: OpenedClipQuery) -> Reply {
    let cut = call.query(move |tx| opened(tx, &path.token, &query)).await?;
    let download = Download {
        name: NAME.to_owned(),
        content_type: cut.media_type.ok_or_else(|| Error::internal("a cut without a type"))?,
        size: u64::try_from(cut.bytes.unwrap_or_default()).map_err(Error::internal)?,
        version: cut.sha256.unwrap_or_default(),
        inline: true,
        // Nothing is played from a cache that the server was not asked for.
        keep_seconds: 0,
    };
    unlisted(accounts::files::send(call.ctx(), &cut.blob_key, download, call.request().headers()).await)
}

/// The cut that an opened clip plays.
fn opened(tx: &mut Tx<'_>, token: &str, query: &OpenedClipQuery) -> Result<CutRow> {
    let (link, clip) = enter(tx, token)?;
    check(tx.ctx(), link.id, query)?;
    cuts::find(tx, clip.id)?.filter(|cut| cut.state == CutState::Ready).ok_or(Error::NotFound)
}
