//! A page of the list of calls.

use actix_web::get;
use db::Cursor;
use platform::{Error, Paging, Result, Tx};
use types::calls::{Call, CallSort, ListCalls};
use types::{CallId, Page, Timestamp};
use web::{Params, Reply};

use crate::access;
use crate::store::calls::{self, After, CallRow};
use crate::view::Parts;

/// Most characters of a text that titles are looked through for.
const MOST_CHARACTERS: usize = 200;

/// List calls, the latest first unless told.
#[utoipa::path(operation_id = "list_calls", tag = "calls", params(ListCalls), responses((status = 200, body = Page<Call>)))]
#[get("/v1/calls")]
pub async fn list_calls(call: web::Call, query: Params<ListCalls>) -> Reply {
    call.read(move |tx| list(tx, &query)).await
}

/// A page of the calls that the actor may see.
///
/// # Errors
/// [`Error::Invalid`](platform::Error::Invalid) for `cursor`, `limit` or `q`; [`Error::Forbidden`](platform::Error::Forbidden)
/// for a program without `ReadCalls`, and for a tracked term without `UseCallIntelligence`.
pub fn list(tx: &mut Tx<'_>, query: &ListCalls) -> Result<Page<Call>> {
    let scope = access::scope(tx)?;
    if query.term_id.is_some() {
        access::require_intelligence(tx)?;
    }
    if query.q.as_deref().is_some_and(|text| !(1..=MOST_CHARACTERS).contains(&text.trim().chars().count())) {
        return Err(Error::invalid("q", format!("must have 1 to {MOST_CHARACTERS} characters")));
    }
    let paging = Paging::of(query.cursor.as_deref(), query.limit)?;
    let sort = query.sort.unwrap_or(CallSort::StartedAtDescending);
    let after = paging.after.as_ref().map(|cursor| after(cursor, sort)).transpose()?;
    let rows = calls::list(tx, &scope, query, after, paging.rows())?;
    let page = paging.page(rows, |row| cursor(row, sort));
    let ids: Vec<CallId> = page.items.iter().map(|row| row.id).collect();
    let mut parts = Parts::of(tx, &ids)?;
    Ok(page.map(|row| parts.assemble(row)))
}

fn after(cursor: &Cursor, sort: CallSort) -> Result<After> {
    let id = CallId(cursor.number(1)?);
    Ok(match sort {
        CallSort::StartedAt | CallSort::StartedAtDescending => After::Began(Timestamp(cursor.number(0)?), id),
        CallSort::Duration | CallSort::DurationDescending => After::Took(cursor.number(0)?, id),
        CallSort::Title | CallSort::TitleDescending => After::Title(cursor.text(0)?.to_owned(), id),
    })
}

/// The cursor of a page that ends with this call.
fn cursor(row: &CallRow, sort: CallSort) -> Cursor {
    let key = match sort {
        CallSort::StartedAt | CallSort::StartedAtDescending => row.started_at.0.into(),
        CallSort::Duration | CallSort::DurationDescending => {
            row.duration_ms.unwrap_or(calls::UNKNOWN_MS).into()
        }
        CallSort::Title | CallSort::TitleDescending => row.title_key.clone().into(),
    };
    Cursor::new([key, row.id.0.into()])
}
