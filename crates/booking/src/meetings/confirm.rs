//! Agreeing to a meeting that waits for it, or not.

use actix_web::post;
use platform::{Error, Granted, Result, Tx};
use types::booking::{CancelMeeting, Meeting, MeetingPath, MeetingState};
use types::crm::TimelineEvent;
use types::{ErrorCode, MeetingId};
use web::{Body, Call, Path, Reply};

use super::change::{self, Told};
use crate::store::meetings::{self, MeetingRow};
use crate::{access, store, view};

/// Agree to a meeting. The contact is sent the invitation.
#[utoipa::path(operation_id = "confirm_meeting", tag = "booking", params(MeetingPath), responses((status = 200, body = Meeting)))]
#[post("/v1/meetings/{meeting_id}/confirm")]
pub async fn confirm_meeting(call: Call, path: Path<MeetingPath>) -> Reply {
    call.write(move |tx| confirm(tx, path.meeting_id)).await
}

/// Do not agree to a meeting. The contact is told, and the time is free again.
#[utoipa::path(operation_id = "decline_meeting", tag = "booking", params(MeetingPath), request_body = CancelMeeting, responses((status = 200, body = Meeting)))]
#[post("/v1/meetings/{meeting_id}/decline")]
pub async fn decline_meeting(call: Call, path: Path<MeetingPath>, body: Body<CancelMeeting>) -> Reply {
    call.write(move |tx| decline(tx, path.meeting_id, &body)).await
}

/// Agrees to a meeting whose time has been held for it.
///
/// # Errors
/// [`Error::Conflict`] when it does not wait for that.
pub fn confirm(tx: &mut Tx<'_>, id: MeetingId) -> Result<Meeting> {
    let locked = lock_pending(tx, id)?;
    let row = MeetingRow { state: MeetingState::Booked, updated_at: tx.now(), ..(*locked).clone() };
    meetings::update(tx, &locked, &row)?;
    store::claims::settle(tx, id)?;
    change::tell(tx, &row, Told::Confirmed)?;
    view::meeting(tx, row)
}

/// Does not agree to a meeting.
///
/// # Errors
/// [`Error::Conflict`] when it does not wait for that.
pub fn decline(tx: &mut Tx<'_>, id: MeetingId, request: &CancelMeeting) -> Result<Meeting> {
    let locked = lock_pending(tx, id)?;
    let row = MeetingRow {
        state: MeetingState::Declined,
        reason: change::reason(request.reason.as_deref())?,
        updated_at: tx.now(),
        ..(*locked).clone()
    };
    meetings::update(tx, &locked, &row)?;
    store::claims::delete_of_meeting(tx, id)?;
    let entry = TimelineEvent::MeetingCancelled { meeting_id: id, title: row.title.clone() };
    crm::timeline::record(tx, row.contact_id, entry)?;
    change::tell(tx, &row, Told::Declined)?;
    view::meeting(tx, row)
}

fn lock_pending(tx: &mut Tx<'_>, id: MeetingId) -> Result<Granted<MeetingRow>> {
    let locked = access::lock_meeting(tx, id)?;
    if locked.state != MeetingState::Pending {
        return Err(Error::conflict(ErrorCode::Conflict, "the meeting does not wait for anybody to agree"));
    }
    Ok(locked)
}
