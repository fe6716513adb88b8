//! Searching all transcripts.

use std::collections::HashMap;

use actix_web::get;
use db::Cursor;
use platform::{Paging, Result, Tx};
use types::calls::{CallPassage, ListCalls, Passage, SearchTranscripts};
use types::{CallId, Page, SegmentId, SpeakerId};
use web::{Call, Params, Reply};

use crate::store::calls::{self, CallRow};
use crate::store::scope::Scope;
use crate::store::segments::{self, SegmentRow};
use crate::store::words as index;
use crate::words::{self, Query};
use crate::{access, speakers};

/// How often more matches are looked at before a page is given as it is, because the actor may see so few of them.
const ROUNDS: usize = 10;
/// Most matches that are looked at in one round.
const MOST_AT_ONCE: usize = 1000;

/// Search all transcripts of calls that one may read, the latest transcripts first, and within each from its end.
///
/// A page may hold fewer passages than asked for although there is a next one.
#[utoipa::path(operation_id = "search_transcripts", tag = "transcripts", params(SearchTranscripts), responses((status = 200, body = Page<CallPassage>)))]
#[get("/v1/transcripts/search")]
pub async fn search_transcripts(call: Call, query: Params<SearchTranscripts>) -> Reply {
    call.read(move |tx| in_transcripts(tx, &query)).await
}

/// A page of the passages in which something was said.
///
/// # Errors
/// [`Error::Invalid`](platform::Error::Invalid) for `q`, `cursor` or `limit`;
/// [`Error::Forbidden`](platform::Error::Forbidden) without `UseCallIntelligence`.
pub fn in_transcripts(tx: &mut Tx<'_>, query: &SearchTranscripts) -> Result<Page<CallPassage>> {
    access::require_intelligence(tx)?;
    let scope = access::scope(tx)?;
    let wanted = Query::parse(&query.q)?;
    let paging = Paging::of(query.cursor.as_deref(), query.limit)?;
    let wanted_rows = usize::try_from(paging.rows()).unwrap_or(MOST_AT_ONCE);
    let mut before: Option<SegmentId> = paging.after_id()?;
    let (mut found, mut at_once, mut is_end) = (Vec::new(), wanted_rows, false);
    for _ in 0..ROUNDS {
        let ids = index::find(tx, &wanted, before, at_once)?;
        is_end = ids.len() < at_once;
        before = ids.last().copied().or(before);
        found.extend(seen(tx, &scope, query, &ids)?);
        if is_end || found.len() >= wanted_rows {
            break;
        }
        at_once = (at_once * 4).min(MOST_AT_ONCE);
    }
    let cursor = |id: SegmentId| Cursor::new([id.0.into()]);
    let looked_at = before.filter(|_| !is_end && found.len() < wanted_rows).map(|id| cursor(id).encode());
    let page = paging.page(found, |(segment, _)| cursor(segment.id));
    let next_cursor = page.next_cursor.or(looked_at);
    Ok(Page { items: passages(tx, &wanted, page.items)?, next_cursor })
}

/// Those of the segments that are said in calls that the actor may see and that are asked for, the newest first.
fn seen(
    tx: &mut Tx<'_>,
    scope: &Scope,
    query: &SearchTranscripts,
    ids: &[SegmentId],
) -> Result<Vec<(SegmentRow, CallRow)>> {
    let mut rows = segments::find_all(tx, ids)?;
    rows.sort_unstable_by_key(|row| std::cmp::Reverse(row.id));
    let mut call_ids: Vec<CallId> = rows.iter().map(|row| row.call_id).collect();
    call_ids.sort_unstable();
    call_ids.dedup();
    let narrowed = ListCalls {
        owner_id: query.owner_id,
        contact_id: query.contact_id,
        from: query.from,
        until: query.until,
        ..ListCalls::default()
    };
    let calls = calls::find_transcribed(tx, scope, &narrowed, &call_ids)?;
    let calls: HashMap<CallId, CallRow> = calls.into_iter().map(|call| (call.id, call)).collect();
    Ok(rows.into_iter().filter_map(|row| calls.get(&row.call_id).cloned().map(|call| (row, call))).collect())
}

fn passages(tx: &mut Tx<'_>, wanted: &Query, found: Vec<(SegmentRow, CallRow)>) -> Result<Vec<CallPassage>> {
    let mut call_ids: Vec<CallId> = found.iter().map(|(_, call)| call.id).collect();
    call_ids.sort_unstable();
    call_ids.dedup();
    let names: HashMap<SpeakerId, String> = speakers::names(tx, &call_ids)?.into_iter().collect();
    let shown = found.into_iter().map(|(segment, call)| {
        let matches = wanted.find(&words::split(&segment.text)).unwrap_or_default();
        CallPassage {
            call_id: call.id,
            title: call.title,
            started_at: call.started_at,
            owner_id: call.owner_id,
            speaker: segment.speaker_id.and_then(|speaker| names.get(&speaker).cloned()),
            passage: Passage { segment: segment.into_wire(), matches },
        }
    });
    Ok(shown.collect())
}
