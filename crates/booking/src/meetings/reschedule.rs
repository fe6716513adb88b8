//! Moving a meeting.

use actix_web::post;
use platform::{Error, Result, Tx};
use types::MeetingId;
use types::booking::{Meeting, MeetingPath, RescheduleMeeting};
use web::{Body, Call, Path, Reply};

use super::change::{self, Told};
use crate::{access, view};

/// Move a meeting. It may overlap others. The contact is told.
#[utoipa::path(operation_id = "reschedule_meeting", tag = "booking", params(MeetingPath), request_body = RescheduleMeeting, responses((status = 200, body = Meeting)))]
#[post("/v1/meetings/{meeting_id}/reschedule")]
pub async fn reschedule_meeting(call: Call, path: Path<MeetingPath>, body: Body<RescheduleMeeting>) -> Reply {
    call.write(move |tx| reschedule(tx, path.meeting_id, &body)).await
}

/// Moves a meeting for the company, at whatever time.
///
/// # Errors
/// [`Error::Invalid`] for a duration that breaks a rule; [`Error::Conflict`] when the meeting does not stand any more.
pub fn reschedule(tx: &mut Tx<'_>, id: MeetingId, request: &RescheduleMeeting) -> Result<Meeting> {
    let locked = access::lock_meeting(tx, id)?;
    change::require_standing(&locked)?;
    let minutes = request.duration_minutes.map_or(locked.minutes(), i64::from);
    if !(5..=1440).contains(&minutes) {
        return Err(Error::invalid("duration_minutes", "must be 5 to 1440"));
    }
    let ends_at = request.starts_at.plus_seconds(60 * minutes);
    if !change::is_in_reach((request.starts_at, ends_at)) {
        return Err(Error::invalid("starts_at", change::REACH));
    }
    if (request.starts_at, ends_at) == (locked.starts_at, locked.ends_at) {
        return view::meeting(tx, locked.into_inner());
    }
    let times = (request.starts_at, ends_at);
    let row = change::set_any_time(tx, &locked, times, request.reason.as_deref())?;
    change::tell(tx, &row, Told::Moved { from: locked.starts_at })?;
    view::meeting(tx, row)
}
