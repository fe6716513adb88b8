//! A page of the list of threads.

use std::cmp::Reverse;

use actix_web::get;
use db::Cursor;
use platform::{Actor, Paging, Result, Tx};
use types::conversations::{ListThreads, ThreadItem, View};
use types::{InboxId, Page, ThreadId, Timestamp, UserId};
use web::{Call, Params, Reply};

use crate::access;
use crate::store::inboxes;
use crate::store::lists::{self, Item, Key, Scope};

/// List threads, the one with the newest message first.
#[utoipa::path(operation_id = "list_threads", tag = "conversations", params(ListThreads), responses(
    (status = 200, body = Page<ThreadItem>),
    (status = 404, description = "There is no such inbox, or you may not know of it."),
))]
#[get("/v1/threads")]
pub async fn list_threads(call: Call, query: Params<ListThreads>) -> Reply {
    call.read(move |tx| list(tx, &query)).await
}

/// A page of threads of a view, of one inbox or of all that the actor may use, or of a contact.
///
/// # Errors
/// [`Error::Invalid`](platform::Error::Invalid) for `cursor` or `limit`; [`Error::NotFound`](platform::Error::NotFound)
/// for an inbox that the actor may not use.
pub fn list(tx: &mut Tx<'_>, query: &ListThreads) -> Result<Page<ThreadItem>> {
    let paging = Paging::of(query.cursor.as_deref(), query.limit)?;
    let after = paging.after.as_ref().map(key_of).transpose()?;
    let inboxes = access::usable_inboxes(tx, query.inbox_id)?;
    let reader = reader(tx.actor())?;
    let limit = paging.rows();
    let rows = match (query.contact_id, query.view.unwrap_or(View::AllOpen)) {
        (Some(contact), _) => {
            let scope = Scope::Contact(contact, query.view, reader, inboxes.as_deref());
            lists::page(tx, scope, reader, after, limit)?
        }
        (None, View::Mine) => lists::page(tx, Scope::Mine(reader, inboxes.as_deref()), reader, after, limit)?,
        (None, view) => page_of_inboxes(tx, inboxes, view, (reader, after), &paging)?,
    };
    let page = paging.page(rows, |(row, _)| Cursor::new([row.last_message_at.0.into(), row.id.0.into()]));
    Ok(page.map(|(row, read_seq)| ThreadItem { thread: row.to_wire(), read_seq: read_seq.unwrap_or(0) }))
}

/// Reads each inbox along its own index and keeps the newest of all: no database merges several ranges of an index in
/// order without sorting all of them.
fn page_of_inboxes(
    tx: &mut Tx<'_>,
    inboxes: Option<Vec<InboxId>>,
    view: View,
    (reader, after): (UserId, Option<Key>),
    paging: &Paging,
) -> Result<Vec<Item>> {
    let inboxes = match inboxes {
        Some(ids) => ids,
        None => inboxes::all_ids(tx)?,
    };
    let mut rows = Vec::new();
    for inbox in &inboxes {
        rows.extend(lists::page(tx, Scope::Inbox(*inbox, view), reader, after, paging.rows())?);
    }
    if inboxes.len() > 1 {
        rows.sort_unstable_by_key(|(row, _)| Reverse((row.last_message_at, row.id)));
        rows.truncate(usize::try_from(paging.rows()).unwrap_or(usize::MAX));
    }
    Ok(rows)
}

fn key_of(cursor: &Cursor) -> Result<Key> {
    Ok((Timestamp(cursor.number(0)?), ThreadId(cursor.number(1)?)))
}

/// Whose read positions and whose own threads are meant: the system has read nothing and owns nothing.
pub(super) fn reader(actor: &Actor) -> Result<UserId> {
    match actor {
        Actor::System => Ok(UserId(0)),
        other => other.user_id(),
    }
}
