//! Saying who a participant is.

use actix_web::put;
use platform::{Error, Result, Tx};
use types::calls::{Call, MatchParticipant, ParticipantPath};
use types::{CallId, ParticipantId};
use web::{Body, Path, Reply};

use super::{name_contact, who_is};
use crate::store::participants;
use crate::{access, associations, view};

/// Say which user or contact a participant is, or that it is neither.
#[utoipa::path(operation_id = "match_participant", tag = "calls", params(ParticipantPath), request_body = MatchParticipant, responses((status = 200, body = Call)))]
#[put("/v1/calls/{call_id}/participants/{participant_id}")]
pub async fn match_participant(
    call: web::Call,
    path: Path<ParticipantPath>,
    body: Body<MatchParticipant>,
) -> Reply {
    call.write(move |tx| match_with(tx, path.call_id, path.participant_id, &body)).await
}

/// Says who a participant is. What came with the call, its name, address and number, stays.
///
/// # Errors
/// [`Error::Invalid`] for a user or a contact who does not exist or is in the call already;
/// [`Error::NotFound`] when the call has no such participant.
pub fn match_with(
    tx: &mut Tx<'_>,
    id: CallId,
    participant: ParticipantId,
    request: &MatchParticipant,
) -> Result<Call> {
    let call = access::lock_call(tx, id)?;
    if request.user_id.is_some() && request.contact_id.is_some() {
        return Err(Error::invalid("contact_id", "must be left out beside user_id"));
    }
    let rows = participants::rows_of(tx, id)?;
    let row = rows.iter().find(|row| row.id == participant).ok_or(Error::NotFound)?;
    let (kind, user_id, contact_id) = who_is(tx, "", request.user_id, request.contact_id)?;
    let others = || rows.iter().filter(|other| other.id != participant);
    if user_id.is_some() && others().any(|other| other.user_id == user_id) {
        return Err(Error::invalid("user_id", "is in the call already"));
    }
    if contact_id.is_some() && others().any(|other| other.contact_id == contact_id) {
        return Err(Error::invalid("contact_id", "is in the call already"));
    }
    let mut row = row.clone();
    (row.kind, row.user_id, row.contact_id) = (kind, user_id, contact_id);
    let due = associations::due(tx, id)?;
    participants::update(tx, &call, &row)?;
    name_contact(tx, &call)?;
    associations::follow(tx, &call, &due)?;
    view::touched(tx, &call)
}
