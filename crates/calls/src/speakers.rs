//! Who is heard in calls.

mod automatic;
mod correct;
mod create;
mod identify;
mod list;
mod measure;
mod metrics;

pub use correct::{correct, correct_segment_speaker};
pub use create::{create, create_speaker};
pub use identify::{identify, match_speaker};
pub use list::{list, list_speakers};
pub use metrics::{get_call_metrics, metrics};

pub(crate) use automatic::match_automatically;

use std::collections::HashMap;

use platform::{Error, Granted, Result, Tx};
use types::calls::TranscriptSource;
use types::{CallId, ErrorCode, ParticipantId, SpeakerId};

use crate::store::calls::CallRow;
use crate::store::{participants, speakers};
use crate::{access, transcripts};

/// What the speakers of these calls are called: as the participants they are, or else as the file names them, or else by
/// their numbers.
pub(crate) fn names(tx: &mut Tx<'_>, calls: &[CallId]) -> Result<Vec<(SpeakerId, String)>> {
    let participants = participants::of_calls(tx, calls)?.into_iter();
    let known: HashMap<ParticipantId, String> = participants
        .filter_map(|(_, participant)| {
            let name = participant.name.or(participant.email).or(participant.phone)?;
            Some((participant.id, name))
        })
        .collect();
    let named = speakers::of_calls(tx, calls)?.into_iter().map(|row| {
        let matched = row.participant_id.and_then(|participant| known.get(&participant).cloned());
        (row.id, matched.or(row.name).unwrap_or_else(|| format!("Speaker {}", row.number)))
    });
    Ok(named.collect())
}

/// A call whose speakers the actor may change: not where the provider of the call named them (CALL-33).
fn lock_call(tx: &mut Tx<'_>, id: CallId) -> Result<Granted<CallRow>> {
    let call = access::lock_call(tx, id)?;
    access::require_intelligence(tx)?;
    if transcripts::ready(tx, id)?.source == TranscriptSource::Provider {
        let detail = "the provider of the call named the speakers, so they cannot be matched by hand";
        return Err(Error::conflict(ErrorCode::Conflict, detail));
    }
    Ok(call)
}
