//! A page of the list of links.

use actix_web::get;
use db::Cursor;
use platform::{Paging, Result, Tx};
use types::booking::{BookingLink, ListBookingLinks};
use types::{BookingLinkId, Page, Timestamp};
use web::{Call, Params, Reply};

use crate::store::links::{self, Key};
use crate::{access, profile, view};

/// List booking links, the latest first. A user who has none yet is given those that everybody begins with.
#[utoipa::path(operation_id = "list_booking_links", tag = "booking", params(ListBookingLinks), responses((status = 200, body = Page<BookingLink>)))]
#[get("/v1/booking_links")]
pub async fn list_booking_links(call: Call, query: Params<ListBookingLinks>) -> Reply {
    let is_new = call.query(profile::is_missing).await?;
    if is_new {
        call.transact(profile::ensure_own).await?;
    }
    call.read(move |tx| list(tx, &query)).await
}

/// A page of links.
///
/// # Errors
/// [`Error::Invalid`](platform::Error::Invalid) for `cursor` or `limit`.
pub fn list(tx: &mut Tx<'_>, query: &ListBookingLinks) -> Result<Page<BookingLink>> {
    let user = access::require_user(tx)?;
    let paging = Paging::of(query.cursor.as_deref(), query.limit)?;
    let after = paging.after.as_ref().map(key_of).transpose()?;
    let mine = (query.mine == Some(true)).then_some(user);
    let words = query.q.as_deref().map(pattern);
    let rows = links::list(tx, query, (mine, words.as_deref()), after, paging.rows())?;
    let page = paging.page(rows, |row| Cursor::new([row.created_at.0.into(), row.id.0.into()]));
    let links = view::links(tx, page.items)?;
    Ok(Page { items: links, next_cursor: page.next_cursor })
}

/// What a name must be like to hold these words.
fn pattern(words: &str) -> String {
    let mut pattern = String::from("%");
    for c in crm::folding::name_key(words.trim()).chars() {
        if matches!(c, '%' | '_' | '\\') {
            pattern.push('\\');
        }
        pattern.push(c);
    }
    pattern.push('%');
    pattern
}

fn key_of(cursor: &Cursor) -> Result<Key> {
    Ok((Timestamp(cursor.number(0)?), BookingLinkId(cursor.number(1)?)))
}
