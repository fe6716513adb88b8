//! Keeping a meeting whose entry somebody deleted in the host's calendar.

use actix_web::post;
use platform::{Error, Result, Tx};
use types::booking::{CalendarEntryState, Meeting, MeetingPath};
use types::{ErrorCode, MeetingId};
use web::{Call, Path, Reply};

use super::change;
use crate::store::meetings;
use crate::{access, entries, view};

/// Keep a meeting whose entry is gone from the host's calendar: it is written there again.
#[utoipa::path(operation_id = "keep_meeting", tag = "booking", params(MeetingPath), responses((status = 200, body = Meeting)))]
#[post("/v1/meetings/{meeting_id}/keep")]
pub async fn keep_meeting(call: Call, path: Path<MeetingPath>) -> Reply {
    call.write(move |tx| keep(tx, path.meeting_id)).await
}

/// Has the entry of a meeting written again.
///
/// # Errors
/// [`Error::Conflict`] when its entry is not missing, or the meeting does not stand any more.
pub fn keep(tx: &mut Tx<'_>, id: MeetingId) -> Result<Meeting> {
    let locked = access::lock_meeting(tx, id)?;
    change::require_standing(&locked)?;
    let entry = meetings::entries(tx, &[id])?.remove(&id);
    if entry.is_none_or(|entry| entry.state != CalendarEntryState::Missing) {
        return Err(Error::conflict(ErrorCode::Conflict, "the meeting's entry is not missing"));
    }
    entries::write_again(tx, &locked)?;
    let row = locked.into_inner();
    view::meeting_changed(tx, row)
}
