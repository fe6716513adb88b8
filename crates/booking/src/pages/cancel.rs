//! Calling a meeting off by its secret.

use actix_web::post;
use platform::{Error, Result, Tx};
use types::booking::{BookedMeeting, BookedMeetingPath, CancelBookedMeeting, MeetingParty};
use web::{Body, OpenCall, Path, Reply};

use super::{booked, limit_acts};
use crate::{access, meetings};

/// Call off a meeting that was booked. It needs no credential beside its secret.
#[utoipa::path(operation_id = "cancel_booked_meeting", tag = "booking_pages", security(()), params(BookedMeetingPath), request_body = CancelBookedMeeting, responses((status = 200, body = BookedMeeting)))]
#[post("/v1/booked_meetings/{token}/cancel")]
pub async fn cancel_booked_meeting(
    call: OpenCall,
    path: Path<BookedMeetingPath>,
    body: Body<CancelBookedMeeting>,
) -> Reply {
    limit_acts(&call)?;
    let token = path.0.token;
    call.write_secret(move |tx| cancel(tx, &token, &body)).await
}

/// Calls a meeting off for the contact.
///
/// # Errors
/// [`Error::NotFound`] when there is no such meeting; [`Error::Conflict`] when it does not stand any more or has begun.
pub fn cancel(tx: &mut Tx<'_>, token: &str, request: &CancelBookedMeeting) -> Result<BookedMeeting> {
    let id = booked::id_of(tx.ctx(), token)?;
    let locked = access::lock_meeting_to_follow(tx, id)?.ok_or(Error::NotFound)?;
    meetings::require_changeable(tx, &locked)?;
    let row = meetings::call_off(tx, &locked, MeetingParty::Contact, request.reason.as_deref())?;
    booked::show(tx, &row)
}
