//! Reading one ticket.

use actix_web::get;
use platform::{Result, Tx};
use types::TicketId;
use types::crm::{Ticket, TicketPath};
use web::{Call, Path, Reply};

use crate::{access, properties};

/// Get a ticket.
#[utoipa::path(operation_id = "get_ticket", tag = "crm", params(TicketPath), responses((status = 200, body = Ticket)))]
#[get("/v1/tickets/{ticket_id}")]
pub async fn get_ticket(call: Call, path: Path<TicketPath>) -> Reply {
    call.read(move |tx| get(tx, path.ticket_id)).await
}

/// The ticket.
///
/// # Errors
/// [`Error::NotFound`](platform::Error::NotFound) for a ticket that is out of sight;
/// [`Error::Forbidden`](platform::Error::Forbidden) without `ReadContacts`.
pub fn get(tx: &mut Tx<'_>, id: TicketId) -> Result<Ticket> {
    let row = access::read_ticket(tx, id)?;
    Ok(row.to_wire(properties::of_record(tx, id)?))
}
