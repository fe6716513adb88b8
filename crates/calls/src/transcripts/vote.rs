//! Saying how helpful a transcript is.

use actix_web::{get, put};
use platform::{Error, Result, Tx};
use types::calls::{CallPath, TranscriptVotes, VoteTranscript};
use types::{CallId, ErrorCode};
use web::{Body, Call, Path, Reply};

use super::{read_call, ready};
use crate::settings::Recording;
use crate::store::transcripts;

/// Get how helpful the transcript of a call was found.
#[utoipa::path(operation_id = "get_transcript_votes", tag = "transcripts", params(CallPath), responses((status = 200, body = TranscriptVotes)))]
#[get("/v1/calls/{call_id}/transcript/votes")]
pub async fn get_transcript_votes(call: Call, path: Path<CallPath>) -> Reply {
    call.read(move |tx| {
        let call = read_call(tx, path.call_id)?;
        let user = tx.actor().user_id().ok();
        transcripts::votes(tx, call.id, user)
    })
    .await
}

/// Say whether the transcript of a call is helpful, or take that back.
#[utoipa::path(operation_id = "vote_transcript", tag = "transcripts", params(CallPath), request_body = VoteTranscript, responses((status = 200, body = TranscriptVotes)))]
#[put("/v1/calls/{call_id}/transcript/votes")]
pub async fn vote_transcript(call: Call, path: Path<CallPath>, body: Body<VoteTranscript>) -> Reply {
    call.write(move |tx| vote(tx, path.call_id, &body)).await
}

/// Saves the vote of the user who acts.
///
/// # Errors
/// [`Error::NotFound`] when the call has no transcript; [`Error::Conflict`] until it is ready, and while votes are
/// switched off in the settings; [`Error::Forbidden`] without `UseCallIntelligence`.
pub fn vote(tx: &mut Tx<'_>, id: CallId, request: &VoteTranscript) -> Result<TranscriptVotes> {
    let call = read_call(tx, id)?;
    let user = tx.actor().user_id()?;
    ready(tx, call.id)?;
    if !tx.setting::<Recording>()?.transcript_votes {
        let detail = "votes on transcripts are switched off in the settings of the account";
        return Err(Error::conflict(ErrorCode::Conflict, detail));
    }
    match request.helpful {
        Some(helpful) => transcripts::save_vote(tx, call.id, user, helpful)?,
        None => transcripts::delete_vote(tx, call.id, user)?,
    }
    transcripts::votes(tx, call.id, Some(user))
}
