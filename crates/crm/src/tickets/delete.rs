//! Deleting a ticket.

use actix_web::delete;
use platform::{Result, Tx};
use serde_json::json;
use types::crm::TicketPath;
use types::{Event, TicketId};
use web::{Call, Path, Reply};

use crate::{access, records, store};

/// Delete a ticket for good, with its associations and its timeline.
#[utoipa::path(operation_id = "delete_ticket", tag = "crm", params(TicketPath), responses((status = 204)))]
#[delete("/v1/tickets/{ticket_id}")]
pub async fn delete_ticket(call: Call, path: Path<TicketPath>) -> Reply {
    call.delete(move |tx| delete(tx, path.ticket_id)).await
}

/// Deletes the ticket and everything that hangs on it.
///
/// # Errors
/// [`Error::NotFound`](platform::Error::NotFound) for a ticket that is out of sight;
/// [`Error::Forbidden`](platform::Error::Forbidden) without `EditContacts`.
pub fn delete(tx: &mut Tx<'_>, id: TicketId) -> Result<()> {
    let ticket = access::lock_ticket(tx, id)?;
    store::delete_ticket(tx, &ticket)?;
    records::forget(tx, id.into(), ticket.owner_id)?;
    tx.audit("ticket.delete", ("ticket", id.0), json!({ "subject": ticket.subject }))?;
    tx.emit(records::subject(ticket.owner_id), Event::TicketDeleted { ticket_id: id })
}
