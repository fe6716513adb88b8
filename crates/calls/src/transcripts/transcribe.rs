//! Having a call transcribed.

use actix_web::post;
use platform::config::TranscriptionEngine;
use platform::{Error, Granted, Result, Tx};
use types::calls::{CallPath, RecordingState, TranscribeCall, Transcript, TranscriptSource, TranscriptState};
use types::{CallId, ErrorCode, Permission};
use web::{Body, Call, Path, Reply};

use super::TranscribeRecording;
use crate::settings::{LANGUAGES, Recording};
use crate::store::calls::CallRow;
use crate::store::transcripts::{self, TranscriptRow};
use crate::store::{people, recordings};
use crate::{access, associations, participants, view};

/// Have a call transcribed, for the first time or again. The transcript takes the place of the one before.
///
/// Where no transcription engine is configured, the transcript says so.
#[utoipa::path(operation_id = "transcribe_call", tag = "transcripts", params(CallPath), request_body = TranscribeCall, responses(
    (status = 200, body = Transcript),
    (status = 409, description = "There is no recording, it is being transcribed already, or transcription is switched off."),
))]
#[post("/v1/calls/{call_id}/transcript/transcribe")]
pub async fn transcribe_call(call: Call, path: Path<CallPath>, body: Body<TranscribeCall>) -> Reply {
    call.write(move |tx| transcribe(tx, path.call_id, &body)).await
}

/// Has a call transcribed because somebody asks for it.
///
/// # Errors
/// [`Error::Invalid`] for `language`; [`Error::Conflict`] as the operation says; [`Error::Forbidden`] for whoever may not
/// change the call or lacks `UseCallIntelligence`.
pub fn transcribe(tx: &mut Tx<'_>, id: CallId, request: &TranscribeCall) -> Result<Transcript> {
    let call = access::lock_call(tx, id)?;
    access::require_intelligence(tx)?;
    if request.language.as_deref().is_some_and(|language| !LANGUAGES.contains(&language)) {
        return Err(Error::invalid("language", format!("must be one of: {}", LANGUAGES.join(", "))));
    }
    let settings = tx.setting::<Recording>()?;
    let conflict = |detail: &str| Err(Error::conflict(ErrorCode::Conflict, detail));
    if !settings.intelligence {
        return conflict("transcription is switched off in the settings of the account");
    }
    if recordings::find(tx, id)?.is_none_or(|recording| recording.state != RecordingState::Ready) {
        return conflict("the call has no recording that can be transcribed, or not yet");
    }
    let under_way = [TranscriptState::Waiting, TranscriptState::Running];
    if transcripts::find(tx, id)?.is_some_and(|row| under_way.contains(&row.state)) {
        return conflict("the call is being transcribed already");
    }
    participants::name_contact(tx, &call)?;
    let row = begin(tx, &call, request.language.clone().or(settings.language))?;
    tx.audit("transcript.transcribe", ("call", id.0), serde_json::json!({}))?;
    view::touched(tx, &call)?;
    Ok(row.to_wire())
}

/// Has a call transcribed whose recording has just become ready, if its owner may use transcripts (CALL-03). A transcript
/// that came with the call, or that somebody took in, stays.
pub(crate) fn transcribe_automatically(tx: &mut Tx<'_>, call: &Granted<CallRow>) -> Result<()> {
    let settings = tx.setting::<Recording>()?;
    let Some(owner) = call.owner_id.filter(|_| settings.intelligence) else { return Ok(()) };
    if !people::holds(tx, owner, Permission::UseCallIntelligence)? {
        return Ok(());
    }
    let kept = transcripts::find(tx, call.id)?.filter(|row| row.source != TranscriptSource::Engine);
    if kept.is_some() {
        return Ok(());
    }
    participants::name_contact(tx, call)?;
    begin(tx, call, settings.language).map(|_| ())
}

/// Makes a transcript that waits for its turn; or one that says that there is no engine.
fn begin(tx: &mut Tx<'_>, call: &Granted<CallRow>, language: Option<String>) -> Result<TranscriptRow> {
    let has_engine = tx.ctx().config().transcription.engine != TranscriptionEngine::None;
    let row = TranscriptRow {
        id: tx.new_id(),
        call_id: call.id,
        source: TranscriptSource::Engine,
        state: if has_engine { TranscriptState::Waiting } else { TranscriptState::NotConfigured },
        progress: 0,
        error: None,
        engine: None,
        model: None,
        language,
        separation: None,
        created_at: tx.now(),
        finished_at: None,
    };
    transcripts::replace(tx, call, &row)?;
    associations::write_timelines(tx, call)?;
    if has_engine {
        tx.enqueue(&TranscribeRecording { call_id: call.id, transcript_id: row.id })?;
    }
    Ok(row)
}
