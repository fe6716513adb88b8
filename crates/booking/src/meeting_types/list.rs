//! Listing kinds of meetings.

use actix_web::get;
use types::booking::MeetingTypes;
use web::{Call, Reply};

use crate::access;
use crate::store::meeting_types;

/// List the kinds of meetings by name.
#[utoipa::path(operation_id = "list_meeting_types", tag = "booking", responses((status = 200, body = MeetingTypes)))]
#[get("/v1/meeting_types")]
pub async fn list_meeting_types(call: Call) -> Reply {
    call.read(|tx| {
        access::require_user(tx)?;
        Ok(MeetingTypes { items: meeting_types::list(tx)?.iter().map(|row| row.to_wire()).collect() })
    })
    .await
}
