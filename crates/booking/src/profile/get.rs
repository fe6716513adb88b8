//! Reading one's own profile.

use actix_web::get;
use types::booking::BookingProfile;
use web::{Call, Reply};

/// Get what you have chosen about your links.
#[utoipa::path(operation_id = "get_booking_profile", tag = "booking", responses((status = 200, body = BookingProfile)))]
#[get("/v1/me/booking")]
pub async fn get_booking_profile(call: Call) -> Reply {
    call.write(|tx| {
        let row = super::ensure_own(tx)?;
        super::to_wire(tx, &row)
    })
    .await
}
