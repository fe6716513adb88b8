//! Removing a participant.

use actix_web::delete;
use platform::{Error, Result, Tx};
use types::calls::ParticipantPath;
use types::{CallId, ParticipantId};
use web::{Call, Path, Reply};

use super::name_contact;
use crate::store::participants;
use crate::{access, associations, view};

/// Remove a participant from a call. A speaker who was matched with it is nobody again.
#[utoipa::path(operation_id = "remove_participant", tag = "calls", params(ParticipantPath), responses((status = 204)))]
#[delete("/v1/calls/{call_id}/participants/{participant_id}")]
pub async fn remove_participant(call: Call, path: Path<ParticipantPath>) -> Reply {
    call.delete(move |tx| remove(tx, path.call_id, path.participant_id)).await
}

/// Removes a participant from a call.
///
/// # Errors
/// [`Error::NotFound`] when the call has no such participant.
pub fn remove(tx: &mut Tx<'_>, id: CallId, participant: ParticipantId) -> Result<()> {
    let call = access::lock_call(tx, id)?;
    if !participants::rows_of(tx, id)?.iter().any(|row| row.id == participant) {
        return Err(Error::NotFound);
    }
    let due = associations::due(tx, id)?;
    participants::delete(tx, &call, participant)?;
    name_contact(tx, &call)?;
    associations::follow(tx, &call, &due)?;
    view::touched(tx, &call).map(|_| ())
}
