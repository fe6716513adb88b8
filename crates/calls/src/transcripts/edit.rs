//! Correcting what a transcript says.

use actix_web::put;
use platform::fields::Fields;
use platform::{Error, Granted, Result, Tx};
use types::calls::{EditSegment, Segment, SegmentPath};
use types::{CallId, SegmentId};
use web::{Body, Call, Path, Reply};

use super::ready;
use crate::store::calls::CallRow;
use crate::store::segments::{self, SegmentRow};
use crate::store::terms;
use crate::{access, participants, terms as tracked, view};

/// Most characters of a segment.
const MAX_TEXT: usize = 10_000;

/// Correct the text of a segment. What the transcript said before is kept, and its times stay.
#[utoipa::path(operation_id = "edit_segment", tag = "transcripts", params(SegmentPath), request_body = EditSegment, responses((status = 200, body = Segment)))]
#[put("/v1/calls/{call_id}/segments/{segment_id}")]
pub async fn edit_segment(call: Call, path: Path<SegmentPath>, body: Body<EditSegment>) -> Reply {
    call.write(move |tx| edit(tx, path.call_id, path.segment_id, &body)).await
}

/// Writes what a segment really says.
///
/// # Errors
/// [`Error::Invalid`] for `text`; [`Error::NotFound`] when the call has no such segment; [`Error::Forbidden`] for whoever
/// may not change the call or lacks `UseCallIntelligence`.
pub fn edit(tx: &mut Tx<'_>, call: CallId, id: SegmentId, request: &EditSegment) -> Result<Segment> {
    let (call, before) = lock_segment(tx, call, id)?;
    let mut fields = Fields::default();
    // Subtitles have a line a segment.
    let text = request.text.split_whitespace().collect::<Vec<_>>().join(" ");
    let text = fields.required("text", &text, MAX_TEXT);
    fields.finish()?;
    rewrite(tx, &call, &before, text)
}

/// A segment to change, with its call locked.
pub(crate) fn lock_segment(
    tx: &mut Tx<'_>,
    call: CallId,
    id: SegmentId,
) -> Result<(Granted<CallRow>, SegmentRow)> {
    tracked::lock(tx)?;
    let call = access::lock_call(tx, call)?;
    access::require_intelligence(tx)?;
    ready(tx, call.id)?;
    let row = segments::find(tx, call.id, id)?.ok_or(Error::NotFound)?;
    Ok((call, row))
}

/// Has a segment say something else. Where that is what the transcript said at first, nothing is left of corrections.
pub(crate) fn rewrite(
    tx: &mut Tx<'_>,
    call: &Granted<CallRow>,
    before: &SegmentRow,
    text: String,
) -> Result<Segment> {
    if text == before.text {
        return Ok(before.clone().into_wire());
    }
    let original = before.original_text.clone().unwrap_or_else(|| before.text.clone());
    let is_original = text == original;
    let row = SegmentRow {
        text,
        original_text: (!is_original).then_some(original),
        edited_by: if is_original { None } else { tx.actor().user_id().ok() },
        edited_at: (!is_original).then_some(tx.now()),
        ..before.clone()
    };
    segments::update(tx, call, before, &row)?;
    terms::delete_hits_of(tx, row.id)?;
    let hits = tracked::Matcher::of(&terms::list(tx)?).hits(std::slice::from_ref(&row));
    terms::insert_hits(tx, &hits)?;
    participants::name_contact(tx, call)?;
    view::touched(tx, call)?;
    Ok(row.into_wire())
}
