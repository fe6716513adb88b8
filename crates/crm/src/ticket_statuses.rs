//! The statuses that tickets go through, one list for the account.

use std::collections::HashSet;

use actix_web::{get, put};
use platform::fields::Fields;
use platform::{Error, Result, Tx};
use serde_json::json;
use types::crm::{SaveTicketStatuses, TicketStatuses};
use types::{ErrorCode, Event, Permission, Subject, TicketStatusId};
use web::{Body, Call, Reply};

use crate::store::TicketStatusRow;
use crate::{access, folding, store};

/// Most statuses.
const MOST: usize = 50;

/// Get the statuses that tickets go through, in order.
#[utoipa::path(operation_id = "get_ticket_statuses", tag = "crm", responses((status = 200, body = TicketStatuses)))]
#[get("/v1/ticket_statuses")]
pub async fn get_ticket_statuses(call: Call) -> Reply {
    call.read(get).await
}

/// Save the statuses that tickets go through: the request holds the whole list.
#[utoipa::path(operation_id = "save_ticket_statuses", tag = "crm", request_body = SaveTicketStatuses, responses((status = 200, body = TicketStatuses)))]
#[put("/v1/ticket_statuses")]
pub async fn save_ticket_statuses(call: Call, body: Body<SaveTicketStatuses>) -> Reply {
    call.write(move |tx| save(tx, &body)).await
}

/// The statuses in order.
///
/// # Errors
/// [`Error::Forbidden`] without `ReadContacts`.
pub fn get(tx: &mut Tx<'_>) -> Result<TicketStatuses> {
    access::require_read(tx)?;
    let statuses = store::ticket_statuses(tx)?;
    Ok(TicketStatuses { statuses: statuses.iter().map(TicketStatusRow::to_wire).collect() })
}

/// Writes the whole list of statuses.
///
/// # Errors
/// [`Error::Invalid`] for fields that break a rule; [`Error::Conflict`] `in_use` when a status that is left out has tickets;
/// [`Error::Forbidden`] without `ManageSettings`.
pub fn save(tx: &mut Tx<'_>, request: &SaveTicketStatuses) -> Result<TicketStatuses> {
    access::require_settings(tx)?;
    let before = store::lock_ticket_statuses(tx)?;
    let after = checked(tx, request, &before)?;
    let kept: HashSet<TicketStatusId> = after.iter().map(|status| status.id).collect();
    for gone in before.iter().filter(|status| !kept.contains(&status.id)) {
        let tickets = store::tickets_with_status(tx, gone.id)?;
        if tickets > 0 {
            let detail =
                format!("{tickets} tickets have the status \"{}\"; give them another first.", gone.name);
            return Err(Error::conflict(ErrorCode::InUse, detail));
        }
        store::delete_ticket_status(tx, gone.id)?;
    }
    for status in &after {
        if before.iter().any(|known| known.id == status.id) {
            store::update_ticket_status(tx, status)?;
        } else {
            store::insert_ticket_status(tx, status)?;
        }
    }
    let statuses: Vec<_> = after.iter().map(TicketStatusRow::to_wire).collect();
    let from: Vec<_> = before.iter().map(TicketStatusRow::to_wire).collect();
    tx.audit("ticket_statuses.save", ("ticket_statuses", 0), json!({ "from": from, "to": statuses }))?;
    tx.emit(
        Subject::Permission(Permission::ReadContacts),
        Event::TicketStatusesChanged { statuses: statuses.clone() },
    )?;
    Ok(TicketStatuses { statuses })
}

fn checked(
    tx: &Tx<'_>,
    request: &SaveTicketStatuses,
    before: &[TicketStatusRow],
) -> Result<Vec<TicketStatusRow>> {
    let mut fields = Fields::default();
    if !(1..=MOST).contains(&request.statuses.len()) {
        fields.refuse("statuses", "out_of_range", format!("must have 1 to {MOST} statuses"));
    }
    if !request.statuses.iter().any(|status| !status.closed) {
        fields.refuse("statuses", "invalid", "at least one status must not be closed".to_owned());
    }
    let (mut names, mut ids) = (HashSet::new(), HashSet::new());
    let mut rows = Vec::with_capacity(request.statuses.len());
    for (position, status) in request.statuses.iter().enumerate() {
        let name = fields.required(&format!("statuses.{position}.name"), &status.name, 100);
        if !names.insert(folding::name_key(&name)) {
            let field = format!("statuses.{position}.name");
            fields.refuse(&field, "taken", "another status has this name".to_owned());
        }
        if let Some(id) = status.id
            && !(ids.insert(id) && before.iter().any(|known| known.id == id))
        {
            let field = format!("statuses.{position}.id");
            fields.refuse(&field, "unknown", "there is no such status, or it is named twice".to_owned());
        }
        rows.push(TicketStatusRow {
            id: status.id.unwrap_or_else(|| tx.new_id()),
            name,
            closed: status.closed,
            position: i32::try_from(position).map_err(Error::internal)?,
        });
    }
    fields.finish()?;
    Ok(rows)
}
