//! Changing the facts of a call.

use actix_web::put;
use platform::fields::Fields;
use platform::{Result, Tx};
use types::calls::{Call, CallPath, UpdateCall};
use types::{CallId, Event};
use web::{Body, Path, Reply};

use crate::store::{calls, recordings};
use crate::{access, associations, fields, participants, view};

/// Change the facts of a call: the request holds the whole of them.
#[utoipa::path(operation_id = "update_call", tag = "calls", params(CallPath), request_body = UpdateCall, responses((status = 200, body = Call)))]
#[put("/v1/calls/{call_id}")]
pub async fn update_call(call: web::Call, path: Path<CallPath>, body: Body<UpdateCall>) -> Reply {
    call.write(move |tx| update(tx, path.call_id, &body)).await
}

/// Writes the whole of a call's own facts. Whoever may not see the call any more is told to forget it.
///
/// # Errors
/// [`Error::Invalid`](platform::Error::Invalid) for fields that break a rule;
/// [`Error::Forbidden`](platform::Error::Forbidden) for whoever is not its owner and may not edit calls, and for making a
/// call private, or open, without being its owner or reading private calls.
pub fn update(tx: &mut Tx<'_>, id: CallId, request: &UpdateCall) -> Result<Call> {
    let locked = access::lock_call(tx, id)?;
    let mut fields = Fields::default();
    let now = tx.now();
    let title = fields::facts(&mut fields, &request.title, (request.started_at, now), request.duration_ms);
    fields.finish()?;
    if request.owner_id != locked.owner_id {
        fields::owner(tx, request.owner_id)?;
    }
    if request.private != locked.private {
        access::require_private(tx, locked.owner_id)?;
    }
    let measured = recordings::find(tx, id)?.and_then(|recording| recording.duration_ms);
    let mut row = locked.clone();
    row.title_key = crm::folding::name_key(&title);
    row.title = title;
    row.direction = request.direction;
    row.started_at = request.started_at;
    row.duration_ms = measured.or(request.duration_ms);
    row.owner_id = request.owner_id;
    row.outcome = request.outcome;
    row.private = request.private;
    row.updated_at = now;
    calls::update(tx, &locked, &row)?;
    participants::name_contact(tx, &locked)?;
    if row.subjects() != locked.subjects() {
        let before = access::audience(tx, &locked)?;
        tx.emit_to(&before, Event::CallRemoved { call_id: id })?;
    }
    if (row.started_at, row.owner_id) != (locked.started_at, locked.owner_id) {
        associations::write_timelines(tx, &row)?;
    }
    view::changed(tx, access::regrant(&locked, row))
}
