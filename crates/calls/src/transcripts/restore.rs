//! Undoing the corrections of a segment.

use actix_web::post;
use platform::{Result, Tx};
use types::calls::{Segment, SegmentPath};
use types::{CallId, SegmentId};
use web::{Call, Path, Reply};

use super::edit::{lock_segment, rewrite};

/// Have a segment say again what the transcript said at first.
#[utoipa::path(operation_id = "restore_segment", tag = "transcripts", params(SegmentPath), responses((status = 200, body = Segment)))]
#[post("/v1/calls/{call_id}/segments/{segment_id}/restore")]
pub async fn restore_segment(call: Call, path: Path<SegmentPath>) -> Reply {
    call.write(move |tx| restore(tx, path.call_id, path.segment_id)).await
}

/// Takes the corrections of a segment's text back.
///
/// # Errors
/// [`Error::NotFound`](platform::Error::NotFound) when the call has no such segment;
/// [`Error::Forbidden`](platform::Error::Forbidden) for whoever may not change the call or lacks `UseCallIntelligence`.
pub fn restore(tx: &mut Tx<'_>, call: CallId, id: SegmentId) -> Result<Segment> {
    let (call, row) = lock_segment(tx, call, id)?;
    let original = row.original_text.clone().unwrap_or_else(|| row.text.clone());
    rewrite(tx, &call, &row, original)
}
