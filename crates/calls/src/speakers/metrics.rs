//! Reading how people talk in a call.

use std::collections::HashSet;

use actix_web::get;
use platform::{Result, Tx};
use types::CallId;
use types::calls::{CallMetrics, CallPath, ParticipantKind};
use web::{Call, Path, Reply};

use super::measure::{Measured, Talk, measure, share};
use crate::store::{participants, speakers};
use crate::transcripts::{read_call, ready};

/// Get how people talk in a call: shares, longest monologues, patience and interactivity. What nobody can be said to have
/// said counts for nobody.
#[utoipa::path(operation_id = "get_call_metrics", tag = "transcripts", params(CallPath), responses(
    (status = 200, body = CallMetrics),
    (status = 409, description = "The transcript is not ready yet."),
))]
#[get("/v1/calls/{call_id}/metrics")]
pub async fn get_call_metrics(call: Call, path: Path<CallPath>) -> Reply {
    call.read(move |tx| metrics(tx, path.call_id)).await
}

/// How people talk in a call.
///
/// # Errors
/// [`Error::NotFound`](platform::Error::NotFound) when the call has no transcript;
/// [`Error::Conflict`](platform::Error::Conflict) until it is ready; [`Error::Forbidden`](platform::Error::Forbidden)
/// without `UseCallIntelligence`.
pub fn metrics(tx: &mut Tx<'_>, id: CallId) -> Result<CallMetrics> {
    let call = read_call(tx, id)?;
    ready(tx, call.id)?;
    let rows = speakers::of_calls(tx, &[id])?;
    let talk: Vec<Talk> = speakers::talk(tx, id)?
        .into_iter()
        .filter_map(|(speaker, start_ms, end_ms)| Some(Talk { speaker: speaker?, start_ms, end_ms }))
        .collect();
    let ids: Vec<_> = rows.iter().map(|row| row.id).collect();
    let Measured { speakers, interactivity } = measure(&ids, &talk);
    let people = participants::rows_of(tx, id)?.into_iter();
    let users: HashSet<_> =
        people.filter(|one| one.kind == ParticipantKind::User).map(|one| one.id).collect();
    let is_user: HashSet<_> = rows
        .iter()
        .filter(|row| row.participant_id.is_some_and(|participant| users.contains(&participant)))
        .map(|row| row.id)
        .collect();
    let all: i64 = speakers.iter().map(|one| one.talk_ms).sum();
    let of_users =
        speakers.iter().filter(|one| is_user.contains(&one.speaker_id)).map(|one| one.talk_ms).sum();
    let talk_ratio = (!is_user.is_empty()).then(|| share(of_users, all));
    Ok(CallMetrics { speakers, talk_ratio, interactivity })
}
