//! Adding a speaker whom nobody told apart.

use actix_web::post;
use platform::{Error, Result, Tx};
use types::CallId;
use types::calls::{CallPath, Speaker};
use web::{Call, Path, Reply};

use super::lock_call;
use crate::store::speakers::{self, SpeakerRow};
use crate::{participants, view};

/// Most speakers of a call.
const MOST: i32 = 100;

/// Add a speaker to a call, so that segments that are another's by mistake can be given to it.
#[utoipa::path(operation_id = "create_speaker", tag = "transcripts", params(CallPath), responses(
    (status = 201, body = Speaker),
    (status = 409, description = "The provider of the call named the speakers."),
))]
#[post("/v1/calls/{call_id}/speakers")]
pub async fn create_speaker(call: Call, path: Path<CallPath>) -> Reply {
    call.create(move |tx| create(tx, path.call_id)).await
}

/// Adds a speaker with the next number.
///
/// # Errors
/// [`Error::Invalid`] with 100 speakers already; [`Error::Conflict`] where the provider named the speakers.
pub fn create(tx: &mut Tx<'_>, id: CallId) -> Result<Speaker> {
    let call = lock_call(tx, id)?;
    let number = speakers::of_calls(tx, &[id])?.last().map_or(1, |last| last.number + 1);
    if number > MOST {
        return Err(Error::invalid("speakers", format!("must be at most {MOST} in all")));
    }
    let row = SpeakerRow {
        id: tx.new_id(),
        call_id: id,
        number,
        channel: None,
        name: None,
        participant_id: None,
        matched_by: None,
    };
    speakers::insert(tx, &call, &row)?;
    participants::name_contact(tx, &call)?;
    view::touched(tx, &call)?;
    Ok(row.to_wire())
}
