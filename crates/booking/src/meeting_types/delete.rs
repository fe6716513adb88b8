//! Deleting a kind of meeting.

use actix_web::delete;
use platform::{Error, Result, Tx};
use types::booking::MeetingTypePath;
use types::{ErrorCode, MeetingTypeId};
use web::{Call, Path, Reply};

use crate::access;
use crate::store::meeting_types;

/// Delete a kind of meeting that no link has. Meetings that were of it are of none then.
#[utoipa::path(operation_id = "delete_meeting_type", tag = "booking", params(MeetingTypePath), responses((status = 204)))]
#[delete("/v1/meeting_types/{meeting_type_id}")]
pub async fn delete_meeting_type(call: Call, path: Path<MeetingTypePath>) -> Reply {
    call.delete(move |tx| delete(tx, path.meeting_type_id)).await
}

/// Deletes a kind of meeting.
///
/// # Errors
/// [`Error::Conflict`] `in_use` while a link has it; [`Error::Forbidden`] without `ManageBooking`.
pub fn delete(tx: &mut Tx<'_>, id: MeetingTypeId) -> Result<()> {
    let row = access::lock_meeting_type(tx, id)?;
    if meeting_types::used_by_links(tx, id)? {
        return Err(Error::conflict(ErrorCode::InUse, "a link has this kind of meeting: change that first"));
    }
    meeting_types::delete(tx, &row)?;
    tx.audit("meeting_type.delete", ("meeting_type", id.0), serde_json::json!({ "name": row.name }))
}
