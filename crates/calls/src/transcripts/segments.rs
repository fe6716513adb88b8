//! Reading what was said.

use actix_web::get;
use db::Cursor;
use platform::fields::Fields;
use platform::{Result, Tx};
use types::calls::{CallPath, ListSegments, Segment, TranscriptState};
use types::{CallId, Page};
use web::{Call, Params, Path, Reply};

use super::read_call;
use crate::store::{segments as store, transcripts};

/// A transcript is read to be shown whole, so its pages are longer than those of lists.
const DEFAULT_LIMIT: u16 = 1000;
const MAX_LIMIT: u16 = 5000;

/// List what was said in a call, in the order of time. There is nothing until the transcript is ready.
#[utoipa::path(operation_id = "list_segments", tag = "transcripts", params(CallPath, ListSegments), responses((status = 200, body = Page<Segment>)))]
#[get("/v1/calls/{call_id}/segments")]
pub async fn list_segments(call: Call, path: Path<CallPath>, query: Params<ListSegments>) -> Reply {
    call.read(move |tx| segments(tx, path.call_id, &query)).await
}

/// A page of the segments of a call.
///
/// # Errors
/// [`Error::Invalid`](platform::Error::Invalid) for `cursor` or `limit`; [`Error::Forbidden`](platform::Error::Forbidden)
/// without `UseCallIntelligence`.
pub fn segments(tx: &mut Tx<'_>, id: CallId, query: &ListSegments) -> Result<Page<Segment>> {
    let call = read_call(tx, id)?;
    let limit = query.limit.unwrap_or(DEFAULT_LIMIT);
    let mut fields = Fields::default();
    if !(1..=MAX_LIMIT).contains(&limit) {
        fields.refuse("limit", "out_of_range", format!("must be 1 to {MAX_LIMIT}"));
    }
    fields.finish()?;
    let after = match &query.cursor {
        Some(cursor) => Cursor::decode(cursor)?.number(0)?,
        None => 0,
    };
    let is_ready = transcripts::find(tx, call.id)?.is_some_and(|row| row.state == TranscriptState::Ready);
    if !is_ready {
        return Ok(Page { items: Vec::new(), next_cursor: None });
    }
    let between = (query.from_ms, query.until_ms);
    let mut rows = store::list(tx, call.id, between, after, i64::from(limit) + 1)?;
    let more = rows.len() > usize::from(limit);
    rows.truncate(usize::from(limit));
    let last = rows.last().filter(|_| more).map(|row| Cursor::new([row.seq.into()]).encode());
    Ok(Page { items: rows.into_iter().map(store::SegmentRow::into_wire).collect(), next_cursor: last })
}
