//! A booked meeting as a file for calendars.

use actix_web::get;
use actix_web::http::header::{CONTENT_DISPOSITION, CONTENT_TYPE};
use types::booking::BookedMeetingPath;
use web::{OpenCall, Path, Reply};

use super::{booked, limit_reads};
use crate::invitations;

/// Get a booked meeting as a file for calendars (RFC 5545). It needs no credential beside its secret.
#[utoipa::path(operation_id = "get_booked_meeting_file", tag = "booking_pages", security(()), params(BookedMeetingPath), responses((status = 200, body = String, content_type = "text/calendar")))]
#[get("/v1/booked_meetings/{token}/calendar.ics")]
pub async fn get_booked_meeting_file(call: OpenCall, path: Path<BookedMeetingPath>) -> Reply {
    limit_reads(&call)?;
    let token = path.0.token;
    let file = call
        .query(move |tx| {
            let row = booked::find(tx, &token)?;
            invitations::file(tx, &row)
        })
        .await?;
    Ok(actix_web::HttpResponse::Ok()
        .insert_header((CONTENT_TYPE, format!("text/calendar; charset=utf-8; method={}", file.method)))
        .insert_header((CONTENT_DISPOSITION, "attachment; filename=\"meeting.ics\""))
        .body(file.text))
}
