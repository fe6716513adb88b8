//! Reading a meeting.

use actix_web::get;
use platform::{Result, Tx};
use types::MeetingId;
use types::booking::{Meeting, MeetingPath};
use web::{Call, Path, Reply};

use crate::{access, view};

/// Get a meeting.
#[utoipa::path(operation_id = "get_meeting", tag = "booking", params(MeetingPath), responses((status = 200, body = Meeting)))]
#[get("/v1/meetings/{meeting_id}")]
pub async fn get_meeting(call: Call, path: Path<MeetingPath>) -> Reply {
    call.read(move |tx| get(tx, path.meeting_id)).await
}

/// The meeting.
///
/// # Errors
/// [`Error::NotFound`](platform::Error::NotFound) when there is none, or it is out of sight.
pub fn get(tx: &mut Tx<'_>, id: MeetingId) -> Result<Meeting> {
    let row = access::read_meeting(tx, id)?;
    view::meeting(tx, row)
}
