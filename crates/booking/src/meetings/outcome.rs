//! Saying what came of a meeting.

use actix_web::post;
use platform::{Error, Result, Tx};
use types::booking::{Meeting, MeetingPath, MeetingState, SetMeetingOutcome};
use types::crm::TimelineEvent;
use types::{ErrorCode, MeetingId};
use web::{Body, Call, Path, Reply};

use crate::store::meetings::{self, MeetingRow};
use crate::{access, view};

/// Say what came of a meeting that has begun.
#[utoipa::path(operation_id = "set_meeting_outcome", tag = "booking", params(MeetingPath), request_body = SetMeetingOutcome, responses((status = 200, body = Meeting)))]
#[post("/v1/meetings/{meeting_id}/outcome")]
pub async fn set_meeting_outcome(
    call: Call,
    path: Path<MeetingPath>,
    body: Body<SetMeetingOutcome>,
) -> Reply {
    call.write(move |tx| set_outcome(tx, path.meeting_id, &body)).await
}

/// Writes what came of a meeting.
///
/// # Errors
/// [`Error::Conflict`] before it has begun, and when it did not stand.
pub fn set_outcome(tx: &mut Tx<'_>, id: MeetingId, request: &SetMeetingOutcome) -> Result<Meeting> {
    let locked = access::lock_meeting(tx, id)?;
    if locked.state != MeetingState::Booked || locked.starts_at > tx.now() {
        let detail = "only a meeting that stood and has begun has an outcome";
        return Err(Error::conflict(ErrorCode::Conflict, detail));
    }
    if locked.outcome == request.outcome {
        return view::meeting(tx, locked.into_inner());
    }
    let row = MeetingRow { outcome: request.outcome, updated_at: tx.now(), ..(*locked).clone() };
    meetings::update(tx, &locked, &row)?;
    let entry =
        TimelineEvent::MeetingOutcomeSet { meeting_id: id, outcome: row.outcome, title: row.title.clone() };
    crm::timeline::record(tx, row.contact_id, entry)?;
    view::meeting_changed(tx, row)
}
