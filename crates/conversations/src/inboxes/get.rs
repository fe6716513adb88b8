//! Reading one inbox.

use actix_web::get;
use platform::{Result, Tx};
use types::InboxId;
use types::conversations::{Inbox, InboxPath};
use web::{Call, Path, Reply};

use crate::access;
use crate::store::inboxes;

/// Get an inbox.
#[utoipa::path(operation_id = "get_inbox", tag = "conversations", params(InboxPath), responses((status = 200, body = Inbox)))]
#[get("/v1/inboxes/{inbox_id}")]
pub async fn get_inbox(call: Call, path: Path<InboxPath>) -> Reply {
    call.read(move |tx| get(tx, path.inbox_id)).await
}

/// The inbox with its members.
///
/// # Errors
/// [`Error::NotFound`](platform::Error::NotFound) for who neither may use it nor manages inboxes.
pub fn get(tx: &mut Tx<'_>, id: InboxId) -> Result<Inbox> {
    let row = access::read_inbox(tx, id)?;
    let members = inboxes::members(tx, id)?;
    Ok(row.to_wire(members))
}
