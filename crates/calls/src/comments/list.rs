//! Reading the comments on a call.

use actix_web::get;
use platform::{Paging, Result, Tx};
use types::calls::{CallComment, CallPath};
use types::page::PageQuery;
use types::{CallId, Page};
use web::{Call, Params, Path, Reply};

use crate::access;
use crate::store::comments;

/// List the comments on a call and the answers to them, the oldest first.
#[utoipa::path(operation_id = "list_call_comments", tag = "calls", params(CallPath, PageQuery), responses((status = 200, body = Page<CallComment>)))]
#[get("/v1/calls/{call_id}/comments")]
pub async fn list_call_comments(call: Call, path: Path<CallPath>, query: Params<PageQuery>) -> Reply {
    call.read(move |tx| list(tx, path.call_id, &query)).await
}

/// A page of the comments on a call.
///
/// # Errors
/// [`Error::NotFound`](platform::Error::NotFound) when there is no such call, or the actor may not see it.
pub fn list(tx: &mut Tx<'_>, id: CallId, query: &PageQuery) -> Result<Page<CallComment>> {
    let call = access::read_call(tx, id)?;
    let paging = Paging::of(query.cursor.as_deref(), query.limit)?;
    let rows = comments::page(tx, call.id, &paging)?;
    Ok(paging.page(rows, comments::cursor).map(|row| row.to_wire()))
}
