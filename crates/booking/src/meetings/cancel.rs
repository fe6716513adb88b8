//! Calling a meeting off.

use actix_web::post;
use platform::{Result, Tx};
use types::MeetingId;
use types::booking::{CancelMeeting, Meeting, MeetingParty, MeetingPath};
use web::{Body, Call, Path, Reply};

use super::change;
use crate::{access, view};

/// Call off a meeting. The contact is told.
#[utoipa::path(operation_id = "cancel_meeting", tag = "booking", params(MeetingPath), request_body = CancelMeeting, responses((status = 200, body = Meeting)))]
#[post("/v1/meetings/{meeting_id}/cancel")]
pub async fn cancel_meeting(call: Call, path: Path<MeetingPath>, body: Body<CancelMeeting>) -> Reply {
    call.write(move |tx| cancel(tx, path.meeting_id, &body)).await
}

/// Calls a meeting off for the company.
///
/// # Errors
/// [`Error::Conflict`](platform::Error::Conflict) when it does not stand any more;
/// [`Error::Forbidden`](platform::Error::Forbidden) for the meeting of others without `ManageBooking`.
pub fn cancel(tx: &mut Tx<'_>, id: MeetingId, request: &CancelMeeting) -> Result<Meeting> {
    let locked = access::lock_meeting(tx, id)?;
    change::require_standing(&locked)?;
    let row = change::call_off(tx, &locked, MeetingParty::User, request.reason.as_deref())?;
    view::meeting(tx, row)
}
