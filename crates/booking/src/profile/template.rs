//! What a link that one makes begins with.

use actix_web::get;
use platform::{Result, Tx};
use types::booking::BookingLinkSettings;
use web::{Call, Reply};

use crate::access;
use crate::links::presets;

/// Get what a link that you make begins with.
#[utoipa::path(operation_id = "get_booking_template", tag = "booking", responses((status = 200, body = BookingLinkSettings)))]
#[get("/v1/me/booking/template")]
pub async fn get_booking_template(call: Call) -> Reply {
    call.read(template).await
}

/// The settings of the actor's default link as it was when everybody's links were made.
///
/// # Errors
/// [`Error::Forbidden`](platform::Error::Forbidden) for who is no user.
pub fn template(tx: &mut Tx<'_>) -> Result<BookingLinkSettings> {
    let user = access::require_user(tx)?;
    let name = accounts::users::find(tx, user)?.name;
    let language = presets::language(tx)?;
    Ok(presets::plain(&name, presets::DURATIONS[0], language))
}
