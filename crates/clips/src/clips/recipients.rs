//! Whom a clip can be sent to.

use actix_web::get;
use calls::excerpts;
use crm::folding::name_key;
use db::Cursor;
use platform::{Paging, Result, Tx};
use types::calls::CallPath;
use types::clips::{ClipRecipient, ListClipRecipients};
use types::{CallId, Page};
use web::{Call, Params, Path, Reply};

use super::share;
use crate::access;
use crate::store::people::{self, Person};

/// List the users that a clip of a call could be sent to, the oldest first. Those who may not see the call are among
/// them, with the reason.
#[utoipa::path(operation_id = "list_clip_recipients", tag = "clips", params(CallPath, ListClipRecipients), responses((status = 200, body = Page<ClipRecipient>)))]
#[get("/v1/calls/{call_id}/clip_recipients")]
pub async fn list_clip_recipients(
    call: Call,
    path: Path<CallPath>,
    query: Params<ListClipRecipients>,
) -> Reply {
    call.read(move |tx| recipients(tx, path.call_id, &query)).await
}

/// A page of users.
///
/// # Errors
/// [`Error::NotFound`](platform::Error::NotFound) for a call that the actor may not see;
/// [`Error::Forbidden`](platform::Error::Forbidden) without `UseCallIntelligence`;
/// [`Error::Invalid`](platform::Error::Invalid) for `cursor` or `limit`.
pub fn recipients(tx: &mut Tx<'_>, id: CallId, query: &ListClipRecipients) -> Result<Page<ClipRecipient>> {
    excerpts::read(tx, id)?;
    access::require_sharing(tx)?;
    let paging = Paging::of(query.cursor.as_deref(), query.limit)?;
    let wanted = query.search.as_deref().map(name_key).unwrap_or_default();
    let holds = |person: &Person| name_key(&person.name).contains(&wanted) || person.email.contains(&wanted);
    let rows = usize::try_from(paging.rows()).unwrap_or(usize::MAX);
    let found: Vec<Person> =
        people::all_active(tx, paging.after_id()?)?.into_iter().filter(holds).take(rows).collect();
    let page = paging.page(found, |person| Cursor::new([person.id.0.into()]));
    let mut items = Vec::with_capacity(page.items.len());
    for person in page.items {
        let refusal = share::refusal(tx, id, person.id)?;
        items.push(ClipRecipient { user_id: person.id, name: person.name, email: person.email, refusal });
    }
    Ok(Page { items, next_cursor: page.next_cursor })
}
