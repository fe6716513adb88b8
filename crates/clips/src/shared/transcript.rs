//! Reading along with a shared clip.

use actix_web::get;
use calls::excerpts::{self, SpokenPassage};
use platform::{Error, Result, Tx};
use types::clips::{OpenedClipQuery, SharedClipPath, SharedPassage, SharedTranscript};
use web::{OpenCall, Params, Path, Reply};

use super::{check, enter, unlisted};

/// Get what is said in a shared clip that was opened.
///
/// It needs no credential beside the address that opening it gave.
#[utoipa::path(operation_id = "get_shared_transcript", tag = "shared_clips", security(()),
    params(SharedClipPath, OpenedClipQuery), responses(
        (status = 200, body = SharedTranscript),
        (status = 410, description = "The link has ended; `extra.state` says how."),
    ))]
#[get("/v1/shared_clips/{token}/transcript")]
pub async fn get_shared_transcript(
    call: OpenCall,
    path: Path<SharedClipPath>,
    query: Params<OpenedClipQuery>,
) -> Reply {
    unlisted(call.read(move |tx| transcript(tx, &path.token, &query)).await)
}

/// What is said in the clip from the first word to the last, with times of the clip.
fn transcript(tx: &mut Tx<'_>, token: &str, query: &OpenedClipQuery) -> Result<SharedTranscript> {
    let (link, clip) = enter(tx, token)?;
    check(tx.ctx(), link.id, query)?;
    if !link.has_transcript {
        return Err(Error::NotFound);
    }
    let said = excerpts::said_within(tx, clip.call_id, clip.from_ms, clip.until_ms)?;
    let passage = |said: SpokenPassage| SharedPassage {
        from_ms: said.start_ms - clip.from_ms,
        until_ms: said.end_ms - clip.from_ms,
        speaker: said.speaker,
        text: said.text,
    };
    Ok(SharedTranscript { passages: said.into_iter().map(passage).collect() })
}
