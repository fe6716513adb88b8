//! A page of the list of meetings.

use actix_web::get;
use db::Cursor;
use platform::{Paging, Result, Tx};
use types::booking::{ListMeetings, Meeting};
use types::{MeetingId, Page, Permission, Timestamp};
use web::{Call, Params, Reply};

use crate::store::meetings::{self, Key, Seen};
use crate::{access, view};

/// List meetings in the order of their starts.
#[utoipa::path(operation_id = "list_meetings", tag = "booking", params(ListMeetings), responses((status = 200, body = Page<Meeting>)))]
#[get("/v1/meetings")]
pub async fn list_meetings(call: Call, query: Params<ListMeetings>) -> Reply {
    call.read(move |tx| list(tx, &query)).await
}

/// A page of the meetings that the actor sees.
///
/// # Errors
/// [`Error::Invalid`](platform::Error::Invalid) for `cursor` or `limit`.
pub fn list(tx: &mut Tx<'_>, query: &ListMeetings) -> Result<Page<Meeting>> {
    let user = access::require_user(tx)?;
    let paging = Paging::of(query.cursor.as_deref(), query.limit)?;
    let after = paging.after.as_ref().map(key_of).transpose()?;
    let seen = if !tx.actor().has(Permission::ReadContacts) {
        Seen::Some { user, owners: None }
    } else {
        match tx.actor().record_owners() {
            None => Seen::All,
            Some(owners) => Seen::Some { user, owners: Some(owners.into_iter().collect()) },
        }
    };
    let rows = meetings::list(tx, query, seen, after, paging.rows())?;
    let page = paging.page(rows, |row| Cursor::new([row.starts_at.0.into(), row.id.0.into()]));
    let items = view::meetings(tx, page.items)?;
    Ok(Page { items, next_cursor: page.next_cursor })
}

fn key_of(cursor: &Cursor) -> Result<Key> {
    Ok((Timestamp(cursor.number(0)?), MeetingId(cursor.number(1)?)))
}
