//! Correcting who said a segment.

use actix_web::put;
use platform::{Error, Result, Tx};
use types::calls::{CorrectSegmentSpeaker, Segment, SegmentPath};
use types::{CallId, SegmentId};
use web::{Body, Call, Path, Reply};

use super::lock_call;
use crate::store::segments::{self, SegmentRow};
use crate::store::speakers;
use crate::{participants, view};

/// Say who really said a segment.
#[utoipa::path(operation_id = "correct_segment_speaker", tag = "transcripts", params(SegmentPath), request_body = CorrectSegmentSpeaker, responses(
    (status = 200, body = Segment),
    (status = 409, description = "The provider of the call named the speakers."),
))]
#[put("/v1/calls/{call_id}/segments/{segment_id}/speaker")]
pub async fn correct_segment_speaker(
    call: Call,
    path: Path<SegmentPath>,
    body: Body<CorrectSegmentSpeaker>,
) -> Reply {
    call.write(move |tx| correct(tx, path.call_id, path.segment_id, &body)).await
}

/// Gives a segment to another speaker of the call.
///
/// # Errors
/// [`Error::Invalid`] for a speaker of another call; [`Error::NotFound`] when the call has no such segment;
/// [`Error::Conflict`] where the provider named the speakers.
pub fn correct(
    tx: &mut Tx<'_>,
    id: CallId,
    segment: SegmentId,
    request: &CorrectSegmentSpeaker,
) -> Result<Segment> {
    let call = lock_call(tx, id)?;
    let before = segments::find(tx, id, segment)?.ok_or(Error::NotFound)?;
    let known = speakers::of_calls(tx, &[id])?;
    if request.speaker_id.is_some_and(|speaker| !known.iter().any(|row| row.id == speaker)) {
        return Err(Error::invalid("speaker_id", "must be a speaker of the call"));
    }
    let row = SegmentRow { speaker_id: request.speaker_id, ..before.clone() };
    segments::update(tx, &call, &before, &row)?;
    participants::name_contact(tx, &call)?;
    view::touched(tx, &call)?;
    Ok(row.into_wire())
}
