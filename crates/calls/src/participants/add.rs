//! Adding a participant.

use actix_web::post;
use platform::{Result, Tx};
use types::CallId;
use types::calls::{AddParticipant, Call, CallPath};
use web::{Body, Path, Reply};

use super::{join, name_contact};
use crate::{access, associations, view};

/// Add somebody who took part in a call. Whoever is in it already is not added again.
#[utoipa::path(operation_id = "add_participant", tag = "calls", params(CallPath), request_body = AddParticipant, responses((status = 201, body = Call)))]
#[post("/v1/calls/{call_id}/participants")]
pub async fn add_participant(call: web::Call, path: Path<CallPath>, body: Body<AddParticipant>) -> Reply {
    call.create(move |tx| add(tx, path.call_id, &body)).await
}

/// Adds a participant to a call.
///
/// # Errors
/// [`Error::Invalid`](platform::Error::Invalid) for fields that break a rule, or with 50 participants already.
pub fn add(tx: &mut Tx<'_>, id: CallId, request: &AddParticipant) -> Result<Call> {
    let call = access::lock_call(tx, id)?;
    let due = associations::due(tx, id)?;
    join(tx, &call, "", request)?;
    name_contact(tx, &call)?;
    associations::follow(tx, &call, &due)?;
    view::touched(tx, &call)
}
