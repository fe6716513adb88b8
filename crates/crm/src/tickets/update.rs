//! Changing a ticket.

use actix_web::put;
use platform::{Result, Tx};
use types::crm::{SaveTicket, Ticket, TicketPath, TimelineEvent};
use types::{Event, TicketId, TicketStatusId};
use web::{Body, Call, Path, Reply};

use super::create::checked;
use crate::store::TicketRow;
use crate::{access, properties, records, store, timeline};

/// Change a ticket: the request holds the whole of it.
#[utoipa::path(operation_id = "update_ticket", tag = "crm", params(TicketPath), request_body = SaveTicket, responses((status = 200, body = Ticket)))]
#[put("/v1/tickets/{ticket_id}")]
pub async fn update_ticket(call: Call, path: Path<TicketPath>, body: Body<SaveTicket>) -> Reply {
    call.write(move |tx| update(tx, path.ticket_id, &body)).await
}

/// Writes the whole of a ticket.
///
/// # Errors
/// [`Error::Invalid`](platform::Error::Invalid) for fields that break a rule;
/// [`Error::NotFound`](platform::Error::NotFound) for a ticket that is out of sight.
pub fn update(tx: &mut Tx<'_>, id: TicketId, request: &SaveTicket) -> Result<Ticket> {
    let locked = access::lock_ticket(tx, id)?;
    let (row, values) = checked(tx, id, (locked.created_at, Some(locked.status_id)), request)?;
    store::update_ticket(tx, &locked, &row)?;
    values.write(tx, id)?;
    note_changes(tx, &locked, &row)?;
    let ticket = row.to_wire(properties::of_record(tx, id)?);
    let owners = (locked.owner_id, row.owner_id);
    records::announce(tx, id, owners, Event::TicketChanged { ticket: Box::new(ticket.clone()) })?;
    Ok(ticket)
}

fn note_changes(tx: &mut Tx<'_>, before: &TicketRow, after: &TicketRow) -> Result<()> {
    if before.owner_id != after.owner_id {
        let changed = TimelineEvent::OwnerChanged { from: before.owner_id, to: after.owner_id };
        timeline::record(tx, after.id, changed)?;
    }
    if before.status_id != after.status_id {
        let (from, to) = (status_name(tx, before.status_id)?, status_name(tx, after.status_id)?);
        timeline::record(tx, after.id, TimelineEvent::StatusChanged { from, to })?;
    }
    Ok(())
}

fn status_name(tx: &mut Tx<'_>, id: TicketStatusId) -> Result<String> {
    Ok(store::hold_ticket_status(tx, id)?.map(|status| status.name).unwrap_or_default())
}
