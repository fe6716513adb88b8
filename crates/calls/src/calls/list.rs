//! A page of the list of calls.

use actix_web::get;
use db::Cursor;
use platform::{Paging, Result, Tx};
use types::calls::{Call, ListCalls};
use types::{CallId, Page, Timestamp};
use web::{Params, Reply};

use crate::access;
use crate::store::calls::{self, Key};
use crate::view::Parts;

/// List calls, the latest first.
#[utoipa::path(operation_id = "list_calls", tag = "calls", params(ListCalls), responses((status = 200, body = Page<Call>)))]
#[get("/v1/calls")]
pub async fn list_calls(call: web::Call, query: Params<ListCalls>) -> Reply {
    call.read(move |tx| list(tx, &query)).await
}

/// A page of the calls that the actor may see.
///
/// # Errors
/// [`Error::Invalid`](platform::Error::Invalid) for `cursor` or `limit`; [`Error::Forbidden`](platform::Error::Forbidden)
/// for a program without `ReadCalls`, and for a tracked term without `UseCallIntelligence`.
pub fn list(tx: &mut Tx<'_>, query: &ListCalls) -> Result<Page<Call>> {
    let scope = access::scope(tx)?;
    if query.term_id.is_some() {
        access::require_intelligence(tx)?;
    }
    let paging = Paging::of(query.cursor.as_deref(), query.limit)?;
    let after = paging.after.as_ref().map(key_of).transpose()?;
    let rows = calls::list(tx, scope, query, after, paging.rows())?;
    let page = paging.page(rows, |row| Cursor::new([row.started_at.0.into(), row.id.0.into()]));
    let ids: Vec<CallId> = page.items.iter().map(|row| row.id).collect();
    let mut parts = Parts::of(tx, &ids)?;
    Ok(page.map(|row| parts.assemble(row)))
}

fn key_of(cursor: &Cursor) -> Result<Key> {
    Ok((Timestamp(cursor.number(0)?), CallId(cursor.number(1)?)))
}
