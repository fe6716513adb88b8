//! Listing inboxes.

use actix_web::get;
use platform::{Result, Tx};
use types::Page;
use types::conversations::Inbox;
use web::{Call, Reply};

use crate::access;
use crate::store::inboxes;

/// List the inboxes that the user may use, by name. The list has one page.
#[utoipa::path(operation_id = "list_inboxes", tag = "conversations", responses((status = 200, body = Page<Inbox>)))]
#[get("/v1/inboxes")]
pub async fn list_inboxes(call: Call) -> Reply {
    call.read(list).await
}

/// The inboxes that the actor may use, by name.
///
/// # Errors
/// [`Error::Forbidden`](platform::Error::Forbidden) without `ReadThreads`.
pub fn list(tx: &mut Tx<'_>) -> Result<Page<Inbox>> {
    let usable = access::usable_inboxes(tx, None)?;
    let mut members = inboxes::members_of_all(tx)?;
    let items = inboxes::all(tx)?
        .iter()
        .filter(|row| usable.as_ref().is_none_or(|ids| ids.contains(&row.id)))
        .map(|row| row.to_wire(members.remove(&row.id).unwrap_or_default()))
        .collect();
    Ok(Page { items, next_cursor: None })
}
