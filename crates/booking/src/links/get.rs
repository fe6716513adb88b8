//! Reading a link.

use actix_web::get;
use platform::{Result, Tx};
use types::BookingLinkId;
use types::booking::{BookingLink, BookingLinkPath};
use web::{Call, Path, Reply};

use crate::{access, view};

/// Get a booking link.
#[utoipa::path(operation_id = "get_booking_link", tag = "booking", params(BookingLinkPath), responses((status = 200, body = BookingLink)))]
#[get("/v1/booking_links/{booking_link_id}")]
pub async fn get_booking_link(call: Call, path: Path<BookingLinkPath>) -> Reply {
    call.read(move |tx| get(tx, path.booking_link_id)).await
}

/// The link.
///
/// # Errors
/// [`Error::NotFound`](platform::Error::NotFound).
pub fn get(tx: &mut Tx<'_>, id: BookingLinkId) -> Result<BookingLink> {
    let row = access::read_link(tx, id)?;
    view::link(tx, row)
}
