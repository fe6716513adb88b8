//! Moving a meeting by its secret.

use actix_web::post;
use platform::fields::Fields;
use platform::{Error, Result, Tx};
use types::ErrorCode;
use types::booking::{BookedMeeting, BookedMeetingPath, RescheduleBookedMeeting};
use web::{Body, OpenCall, Path, Reply};

use super::{booked, limit_acts, require_open};
use crate::meetings::Told;
use crate::slots::{Facts, Own, standing_of_meeting};
use crate::store::links;
use crate::{access, claims, meetings, store, zones};

/// Move a meeting that was booked to another time that its link offers. It needs no credential beside its secret.
#[utoipa::path(operation_id = "reschedule_booked_meeting", tag = "booking_pages", security(()), params(BookedMeetingPath), request_body = RescheduleBookedMeeting, responses((status = 200, body = BookedMeeting)))]
#[post("/v1/booked_meetings/{token}/reschedule")]
pub async fn reschedule_booked_meeting(
    call: OpenCall,
    path: Path<BookedMeetingPath>,
    body: Body<RescheduleBookedMeeting>,
) -> Reply {
    limit_acts(&call)?;
    let token = path.0.token;
    call.write_secret(move |tx| reschedule(tx, &token, &body)).await
}

/// Moves a meeting for the contact, with the hosts that it has.
///
/// # Errors
/// [`Error::Conflict`] `slot_taken` when the time is not offered, `calendar_unreachable`, `link_ended`, or when the meeting
/// does not stand any more or has begun; [`Error::NotFound`] when there is no such meeting.
pub fn reschedule(tx: &mut Tx<'_>, token: &str, request: &RescheduleBookedMeeting) -> Result<BookedMeeting> {
    let id = booked::id_of(tx.ctx(), token)?;
    let locked = access::lock_meeting_to_follow(tx, id)?.ok_or(Error::NotFound)?;
    meetings::require_changeable(tx, &locked)?;
    // Whoever got no answer sends it again.
    if request.starts_at == locked.starts_at {
        return booked::show(tx, &locked);
    }
    let mut fields = Fields::default();
    zones::checked(&mut fields, "time_zone", &request.time_zone);
    fields.finish()?;
    let ended = || Error::conflict(ErrorCode::LinkEnded, "this meeting's link has ended: write to your host");
    let link_id = locked.booking_link_id.ok_or_else(ended)?;
    let link = links::find(tx, link_id)?.ok_or_else(ended)?;
    let ids = store::meetings::hosts_of(tx, id)?;
    let standing = standing_of_meeting(tx, &link, id)?;
    require_open(&standing)?;
    claims::lock_hosts(tx, &ids)?;
    let minutes = u16::try_from(locked.minutes()).unwrap_or(u16::MAX);
    let ends_at = request.starts_at.plus_seconds(60 * i64::from(minutes));
    let own = Own { meeting: Some(id), hold: None };
    let facts = Facts::of(tx, &link, &standing, (minutes, (request.starts_at, ends_at)), &own)?;
    let now = tx.now();
    facts.free_hosts(request.starts_at, now).ok_or_else(claims::taken)?;
    let span = claims::with_buffers(&link.settings.0.availability, (request.starts_at, ends_at));
    // As it is offered: without those who do not work here any more.
    meetings::reclaim(tx, &locked, &standing.host_ids(), span)?;
    let why = (Some(request.time_zone.as_str()), request.reason.as_deref());
    let row = meetings::set_time(tx, &locked, (request.starts_at, ends_at), why)?;
    meetings::tell(tx, &row, Told::Moved { from: locked.starts_at })?;
    booked::show(tx, &row)
}
