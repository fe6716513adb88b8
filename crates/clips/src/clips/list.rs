//! A page of the list of clips.

use actix_web::get;
use db::Cursor;
use platform::{Paging, Result, Tx};
use types::clips::{Clip, ListClips};
use types::{ClipId, Page, Timestamp};
use web::{Call, Params, Reply};

use crate::store::clips::{self, Key};
use crate::view::Parts;

/// List clips, the latest first.
#[utoipa::path(operation_id = "list_clips", tag = "clips", params(ListClips), responses((status = 200, body = Page<Clip>)))]
#[get("/v1/clips")]
pub async fn list_clips(call: Call, query: Params<ListClips>) -> Reply {
    call.read(move |tx| list(tx, &query)).await
}

/// A page of the clips whose calls the actor may see.
///
/// # Errors
/// [`Error::Invalid`](platform::Error::Invalid) for `cursor` or `limit`; [`Error::Forbidden`](platform::Error::Forbidden)
/// for a program without `ReadCalls`.
pub fn list(tx: &mut Tx<'_>, query: &ListClips) -> Result<Page<Clip>> {
    let paging = Paging::of(query.cursor.as_deref(), query.limit)?;
    let after = paging.after.as_ref().map(key_of).transpose()?;
    let rows = clips::list(tx, query, after, paging.rows())?;
    let page = paging.page(rows, |row| Cursor::new([row.created_at.0.into(), row.id.0.into()]));
    let mut parts = Parts::of(tx, &page.items)?;
    Ok(page.map(|row| parts.assemble(row)))
}

fn key_of(cursor: &Cursor) -> Result<Key> {
    Ok((Timestamp(cursor.number(0)?), ClipId(cursor.number(1)?)))
}
