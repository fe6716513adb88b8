//! Reading who is heard in a call.

use std::collections::HashSet;

use actix_web::get;
use platform::{Result, Tx};
use types::CallId;
use types::calls::{CallPath, Speakers, TranscriptSource};
use web::{Call, Path, Reply};

use crate::store::speakers::{self, SpeakerRow};
use crate::store::{participants, transcripts as stored};
use crate::transcripts::read_call;

/// List the speakers of a call, with the participants that no speaker is matched with.
#[utoipa::path(operation_id = "list_speakers", tag = "transcripts", params(CallPath), responses((status = 200, body = Speakers)))]
#[get("/v1/calls/{call_id}/speakers")]
pub async fn list_speakers(call: Call, path: Path<CallPath>) -> Reply {
    call.read(move |tx| list(tx, path.call_id)).await
}

/// The speakers of a call.
///
/// # Errors
/// [`Error::Forbidden`](platform::Error::Forbidden) without `UseCallIntelligence`.
pub fn list(tx: &mut Tx<'_>, id: CallId) -> Result<Speakers> {
    let call = read_call(tx, id)?;
    shown(tx, call.id)
}

/// The speakers of a call as they are shown.
pub(super) fn shown(tx: &mut Tx<'_>, id: CallId) -> Result<Speakers> {
    let rows = speakers::of_calls(tx, &[id])?;
    let matched: HashSet<_> = rows.iter().filter_map(|row| row.participant_id).collect();
    let participants = participants::of_calls(tx, &[id])?.into_iter().map(|(_, participant)| participant);
    let source = stored::find(tx, id)?.map(|transcript| transcript.source);
    Ok(Speakers {
        items: rows.iter().map(SpeakerRow::to_wire).collect(),
        can_match: source.is_some_and(|source| source != TranscriptSource::Provider),
        unmatched_participants: participants.filter(|one| !matched.contains(&one.id)).collect(),
    })
}
