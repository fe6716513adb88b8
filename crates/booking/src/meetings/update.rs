//! Changing what a meeting is about.

use actix_web::put;
use platform::fields::Fields;
use platform::{Result, Tx};
use types::MeetingId;
use types::booking::{Meeting, MeetingPath, UpdateMeeting};
use web::{Body, Call, Path, Reply};

use super::change::{self, Told};
use crate::store::meetings::{self, MeetingRow};
use crate::store::{calendars, entries, meeting_types};
use crate::{access, view};

/// Change title, description, place and kind of a meeting. The host's calendar follows, and the contact is told; of another
/// description only where the meeting says `description_reaches_contact`, and elsewhere it stays in the record.
#[utoipa::path(operation_id = "update_meeting", tag = "booking", params(MeetingPath), request_body = UpdateMeeting, responses((status = 200, body = Meeting)))]
#[put("/v1/meetings/{meeting_id}")]
pub async fn update_meeting(call: Call, path: Path<MeetingPath>, body: Body<UpdateMeeting>) -> Reply {
    call.write(move |tx| update(tx, path.meeting_id, &body)).await
}

/// Writes the whole of what a meeting is about.
///
/// # Errors
/// [`Error::Invalid`](platform::Error::Invalid) for fields that break a rule;
/// [`Error::Conflict`](platform::Error::Conflict) when it does not stand any more.
pub fn update(tx: &mut Tx<'_>, id: MeetingId, request: &UpdateMeeting) -> Result<Meeting> {
    let locked = access::lock_meeting(tx, id)?;
    change::require_standing(&locked)?;
    let mut fields = Fields::default();
    let mut row = MeetingRow {
        title: fields.required("title", &request.title, 200),
        description: fields.lines("description", request.description.as_deref(), 5000),
        location: fields.optional("location", request.location.as_deref(), 500),
        meeting_type_id: request.meeting_type_id,
        ..(*locked).clone()
    };
    if let Some(kind) = request.meeting_type_id
        && meeting_types::find(tx, kind)?.is_none()
    {
        fields.refuse("meeting_type_id", "unknown", "there is no such kind of meeting".to_owned());
    }
    fields.finish()?;
    if row == *locked {
        return view::meeting(tx, row);
    }
    if row.description != locked.description && reaches_contact(tx, id)? {
        row.told_description.clone_from(&row.description);
    }
    let told = |row: &MeetingRow| (row.title.clone(), row.location.clone(), row.told_description.clone());
    let is_seen = told(&row) != told(&locked);
    row.sequence += i32::from(is_seen);
    row.updated_at = tx.now();
    meetings::update(tx, &locked, &row)?;
    if is_seen {
        change::tell(tx, &row, Told::Changed)?;
    } else {
        view::tell_meeting(tx, &row)?;
    }
    view::meeting(tx, row)
}

/// Whether another description reaches the contact: elsewhere than in a calendar that is kept the same both ways, what stands in
/// the event counts, and is edited there.
fn reaches_contact(tx: &mut Tx<'_>, id: MeetingId) -> Result<bool> {
    let Some(entry) = entries::find(tx, id)? else { return Ok(false) };
    Ok(!calendars::two_way(tx, &[entry.calendar_id])?.is_empty())
}
