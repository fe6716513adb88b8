//! Taking in a transcript that somebody has as a file.

use actix_web::put;
use platform::fields::Fields;
use platform::{Error, Granted, Result, Tx};
use types::CallId;
use types::calls::{CallPath, ImportTranscript, Transcript, TranscriptSource, TranscriptState};
use web::{Body, Call, Path, Reply};

use super::StoreTranscript;
use super::content::Content;
use crate::store::calls::CallRow;
use crate::store::transcripts::{self, TranscriptRow};
use crate::{access, associations, participants, view};

/// Take in a transcript from a file. It takes the place of the one before, with its speakers and corrections.
///
/// It is stored by a job: the transcript is `running` until it can be read.
#[utoipa::path(operation_id = "import_transcript", tag = "transcripts", params(CallPath), request_body = ImportTranscript, responses((status = 200, body = Transcript)))]
#[put("/v1/calls/{call_id}/transcript")]
pub async fn import_transcript(call: Call, path: Path<CallPath>, body: Body<ImportTranscript>) -> Reply {
    let id = path.call_id;
    call.query(move |tx| {
        access::read_call_to_change(tx, id)?;
        access::require_intelligence(tx)
    })
    .await?;
    let ImportTranscript { content, language } = body.0;
    let read = tokio::task::spawn_blocking(move || Content::parse(&content)).await;
    let content = read.map_err(Error::internal)??;
    call.write(move |tx| import(tx, id, language.as_deref(), &content)).await
}

/// Has the content of a file stored as the transcript of a call.
///
/// # Errors
/// [`Error::Invalid`] for `language`; [`Error::Forbidden`] for whoever may not change the call or lacks
/// `UseCallIntelligence`.
pub fn import(tx: &mut Tx<'_>, id: CallId, language: Option<&str>, content: &Content) -> Result<Transcript> {
    let call = access::lock_call(tx, id)?;
    access::require_intelligence(tx)?;
    let mut fields = Fields::default();
    let language = fields.optional("language", language, 35);
    fields.finish()?;
    let row = take_in(tx, &call, TranscriptSource::Upload, language, content)?;
    tx.audit("transcript.import", ("call", id.0), serde_json::json!({}))?;
    Ok(row.to_wire())
}

/// Has the content of a file stored as the transcript of a call, in the place of the one before, whoever it comes from.
pub(crate) fn take_in(
    tx: &mut Tx<'_>,
    call: &Granted<CallRow>,
    source: TranscriptSource,
    language: Option<String>,
    content: &Content,
) -> Result<TranscriptRow> {
    let row = TranscriptRow {
        id: tx.new_id(),
        call_id: call.id,
        source,
        state: TranscriptState::Running,
        progress: 0,
        error: None,
        engine: None,
        model: None,
        language: language.or_else(|| content.language.clone()),
        separation: None,
        created_at: tx.now(),
        finished_at: None,
    };
    participants::name_contact(tx, call)?;
    transcripts::replace(tx, call, &row)?;
    associations::write_timelines(tx, call)?;
    let content = Content { language: row.language.clone(), ..content.clone() };
    tx.enqueue(&StoreTranscript { call_id: call.id, transcript_id: row.id, content })?;
    view::touched(tx, call)?;
    Ok(row)
}
