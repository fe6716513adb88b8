//! Searching the transcript of one call.

use actix_web::get;
use platform::{Result, Tx};
use types::calls::{CallPath, Passage, SearchCall, TranscriptState};
use types::{CallId, Page};
use web::{Call, Params, Path, Reply};

use crate::store::{segments, transcripts};
use crate::transcripts::read_call;
use crate::words::{self, Query};

/// Most passages that one search gives.
const MOST: usize = 2000;

/// Search the transcript of a call. The passages come in the order of time, all on one page: at most 2000.
#[utoipa::path(operation_id = "search_call", tag = "transcripts", params(CallPath, SearchCall), responses((status = 200, body = Page<Passage>)))]
#[get("/v1/calls/{call_id}/transcript/search")]
pub async fn search_call(call: Call, path: Path<CallPath>, query: Params<SearchCall>) -> Reply {
    call.read(move |tx| in_call(tx, path.call_id, &query)).await
}

/// The passages of a call in which something was said.
///
/// # Errors
/// [`Error::Invalid`](platform::Error::Invalid) for `q`; [`Error::Forbidden`](platform::Error::Forbidden) without
/// `UseCallIntelligence`.
pub fn in_call(tx: &mut Tx<'_>, id: CallId, query: &SearchCall) -> Result<Page<Passage>> {
    let call = read_call(tx, id)?;
    let wanted = Query::parse(&query.q)?;
    let is_ready = transcripts::find(tx, call.id)?.is_some_and(|row| row.state == TranscriptState::Ready);
    // The few thousand segments of one call are looked through faster than the index of all.
    let rows = if is_ready { segments::of_call(tx, call.id)? } else { Vec::new() };
    let passages = rows.into_iter().filter_map(|row| {
        let matches = wanted.find(&words::split(&row.text))?;
        Some(Passage { segment: row.into_wire(), matches })
    });
    Ok(Page { items: passages.take(MOST).collect(), next_cursor: None })
}
