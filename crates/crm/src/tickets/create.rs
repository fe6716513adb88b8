//! Creating a ticket.

use actix_web::post;
use platform::fields::Fields;
use platform::{Result, Tx};
use types::crm::{ObjectKind, SaveTicket, Ticket, TimelineEvent};
use types::{Event, TicketId, TicketStatusId, Timestamp};
use web::{Body, Call, Reply};

use crate::properties::{self, Changes};
use crate::store::{self, TicketRow};
use crate::{access, folding, records, timeline};

/// Most characters of a description.
const LONGEST_DESCRIPTION: usize = 10_000;

/// Create a ticket.
#[utoipa::path(operation_id = "create_ticket", tag = "crm", request_body = SaveTicket, responses((status = 201, body = Ticket)))]
#[post("/v1/tickets")]
pub async fn create_ticket(call: Call, body: Body<SaveTicket>) -> Reply {
    call.create(move |tx| create(tx, &body)).await
}

/// Creates a ticket, with the first status unless told.
///
/// # Errors
/// [`Error::Invalid`](platform::Error::Invalid) for fields that break a rule;
/// [`Error::Forbidden`](platform::Error::Forbidden) without `EditContacts`.
pub fn create(tx: &mut Tx<'_>, request: &SaveTicket) -> Result<Ticket> {
    access::require_edit(tx)?;
    let id = tx.new_id();
    let now = tx.now();
    let (row, values) = checked(tx, id, (now, None), request)?;
    store::insert_ticket(tx, &row)?;
    values.write(tx, id)?;
    timeline::record(tx, id, TimelineEvent::RecordCreated)?;
    let ticket = row.to_wire(properties::of_record(tx, id)?);
    tx.emit(records::subject(row.owner_id), Event::TicketChanged { ticket: Box::new(ticket.clone()) })?;
    Ok(ticket)
}

/// The row that a request describes and the values of custom properties, after checking every rule. `status` is the one
/// that the ticket has by now.
pub(super) fn checked(
    tx: &mut Tx<'_>,
    id: TicketId,
    (created_at, status): (Timestamp, Option<TicketStatusId>),
    request: &SaveTicket,
) -> Result<(TicketRow, Changes)> {
    let mut fields = Fields::default();
    let subject = fields.required("subject", &request.subject, 200);
    let row = TicketRow {
        id,
        subject_key: folding::name_key(&subject),
        subject,
        description: fields.lines("description", request.description.as_deref(), LONGEST_DESCRIPTION),
        status_id: status_of(tx, &mut fields, request.status_id, status)?,
        priority: request.priority,
        owner_id: request.owner_id,
        created_at,
        updated_at: tx.now(),
    };
    records::check_owner(tx, &mut fields, request.owner_id)?;
    let values = Changes::checked(tx, &mut fields, ObjectKind::Ticket, &request.properties)?;
    fields.finish()?;
    Ok((row, values))
}

/// The status that is asked for, the one that the ticket has, or the first.
fn status_of(
    tx: &mut Tx<'_>,
    fields: &mut Fields,
    wanted: Option<TicketStatusId>,
    current: Option<TicketStatusId>,
) -> Result<TicketStatusId> {
    let first = match wanted.or(current) {
        Some(id) => id,
        None => store::ticket_statuses(tx)?.first().map_or(TicketStatusId(0), |status| status.id),
    };
    if store::hold_ticket_status(tx, first)?.is_none() {
        fields.refuse("status_id", "unknown", "there is no such status".to_owned());
    }
    Ok(first)
}
