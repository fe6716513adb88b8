//! Saving a transcript as a file.

use std::collections::HashMap;

use actix_web::get;
use bytes::Bytes;
use futures_util::stream;
use media::subtitles::{Cue, Subtitles};
use platform::{Error, Result, Tx};
use sha2::{Digest, Sha256};
use types::CallId;
use types::calls::{CallPath, ExportTranscript, TranscriptFormat};
use web::{Call, Download, Params, Path, Reply};

use super::{read_call, ready};
use crate::speakers::names;
use crate::store::segments;

/// Save the transcript of a call as a file, with its corrections and under the names that its speakers have now.
#[utoipa::path(operation_id = "export_transcript", tag = "transcripts", params(CallPath, ExportTranscript),
    responses(
        (status = 200, description = "The file.", content_type = "text/plain"),
        (status = 409, description = "The transcript is not ready yet."),
    ))]
#[get("/v1/calls/{call_id}/transcript/content")]
pub async fn export_transcript(call: Call, path: Path<CallPath>, query: Params<ExportTranscript>) -> Reply {
    let (title, subtitles) = call.query(move |tx| export(tx, path.call_id)).await?;
    let format = query.format.unwrap_or(TranscriptFormat::Vtt);
    let (content, content_type) = match format {
        TranscriptFormat::Vtt => (subtitles.to_vtt(), "text/vtt; charset=utf-8"),
        TranscriptFormat::Srt => (subtitles.to_srt(), "application/x-subrip; charset=utf-8"),
        TranscriptFormat::Txt => (subtitles.to_txt(), "text/plain; charset=utf-8"),
        TranscriptFormat::Json => (subtitles.to_json(), "application/json"),
    };
    let content = Bytes::from(content);
    let download = Download {
        name: format!("{title}.{format}"),
        content_type: content_type.to_owned(),
        size: content.len() as u64,
        version: Sha256::digest(&content).iter().map(|byte| format!("{byte:02x}")).collect(),
        inline: false,
        keep_seconds: 0,
    };
    let open = |range: Option<std::ops::Range<u64>>| async move {
        let part = match range {
            Some(range) => {
                let (start, end) = (usize::try_from(range.start), usize::try_from(range.end));
                content.slice(start.map_err(Error::internal)?..end.map_err(Error::internal)?)
            }
            None => content,
        };
        Ok(stream::iter([Ok::<_, std::io::Error>(part)]))
    };
    download.answer(call.request().headers(), open).await
}

/// The title of a call and what was said in it.
///
/// # Errors
/// [`Error::NotFound`] when the call has no transcript; [`Error::Conflict`] until it is ready; [`Error::Forbidden`]
/// without `UseCallIntelligence`.
fn export(tx: &mut Tx<'_>, id: CallId) -> Result<(String, Subtitles)> {
    let call = read_call(tx, id)?;
    let transcript = ready(tx, call.id)?;
    let names: HashMap<_, _> = names(tx, &[call.id])?.into_iter().collect();
    let mut cues = Vec::new();
    for row in segments::of_call(tx, call.id)? {
        cues.push(Cue {
            start_ms: u64::try_from(row.start_ms).map_err(Error::internal)?,
            end_ms: u64::try_from(row.end_ms).map_err(Error::internal)?,
            speaker: row.speaker_id.and_then(|speaker| names.get(&speaker).cloned()),
            text: row.text,
        });
    }
    Ok((call.title, Subtitles { cues, language: transcript.language, repairs: Vec::new() }))
}
