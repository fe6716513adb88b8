//! Saying who a speaker is.

use actix_web::put;
use platform::fields::taken;
use platform::{Error, Result, Tx};
use types::calls::{MatchSpeaker, MatchedBy, SpeakerPath, Speakers};
use types::{CallId, SpeakerId};
use web::{Body, Call, Path, Reply};

use super::list::shown;
use super::lock_call;
use crate::store::participants;
use crate::store::speakers::{self, SpeakerRow};
use crate::{participants as people, view};

/// Match a speaker with a participant, or undo the match.
#[utoipa::path(operation_id = "match_speaker", tag = "transcripts", params(SpeakerPath), request_body = MatchSpeaker, responses(
    (status = 200, body = Speakers),
    (status = 409, description = "The provider of the call named the speakers."),
))]
#[put("/v1/calls/{call_id}/speakers/{speaker_id}")]
pub async fn match_speaker(call: Call, path: Path<SpeakerPath>, body: Body<MatchSpeaker>) -> Reply {
    call.write(move |tx| identify(tx, path.call_id, path.speaker_id, &body)).await
}

/// Says who a speaker is.
///
/// # Errors
/// [`Error::Invalid`] for a participant of another call or one whom another speaker is matched with; [`Error::NotFound`]
/// when the call has no such speaker; [`Error::Conflict`] where the provider named the speakers.
pub fn identify(tx: &mut Tx<'_>, id: CallId, speaker: SpeakerId, request: &MatchSpeaker) -> Result<Speakers> {
    let call = lock_call(tx, id)?;
    let rows = speakers::of_calls(tx, &[id])?;
    let row = rows.iter().find(|row| row.id == speaker).ok_or(Error::NotFound)?;
    if let Some(participant) = request.participant_id {
        if !participants::rows_of(tx, id)?.iter().any(|known| known.id == participant) {
            return Err(Error::invalid("participant_id", "must be a participant of the call"));
        }
        let others = rows.iter().filter(|other| other.id != speaker);
        if others.filter_map(|other| other.participant_id).any(|matched| matched == participant) {
            return Err(taken("participant_id", "is matched with another speaker already"));
        }
    }
    let matched_by = request.participant_id.map(|_| MatchedBy::Manual);
    let row = SpeakerRow { participant_id: request.participant_id, matched_by, ..row.clone() };
    speakers::update(tx, &call, &row)?;
    people::name_contact(tx, &call)?;
    view::touched(tx, &call)?;
    shown(tx, id)
}
