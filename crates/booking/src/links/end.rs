//! Ending a link.

use actix_web::post;
use platform::{Granted, Result, Tx};
use types::BookingLinkId;
use types::booking::{BookingLink, BookingLinkPath};
use web::{Call, Path, Reply};

use crate::store::links::{self, LinkRow};
use crate::store::profiles;
use crate::{access, view};

/// End a booking link for good. Meetings that were booked by it stand; its address is never given again.
#[utoipa::path(operation_id = "end_booking_link", tag = "booking", params(BookingLinkPath), responses((status = 200, body = BookingLink)))]
#[post("/v1/booking_links/{booking_link_id}/end")]
pub async fn end_booking_link(call: Call, path: Path<BookingLinkPath>) -> Reply {
    call.write(move |tx| end(tx, path.booking_link_id)).await
}

/// Ends a link. One that has ended stays as it is.
///
/// # Errors
/// [`Error::NotFound`](platform::Error::NotFound); [`Error::Forbidden`](platform::Error::Forbidden) for the link of
/// somebody else without `ManageBooking`.
pub fn end(tx: &mut Tx<'_>, id: BookingLinkId) -> Result<BookingLink> {
    let link = access::lock_link(tx, id)?;
    if link.ended_at.is_some() {
        return view::link(tx, link.into_inner());
    }
    tx.audit("booking_link.end", ("booking_link", id.0), serde_json::json!({ "slug": link.path() }))?;
    let row = ended(tx, &link)?;
    view::link_changed(tx, row)
}

/// Notes that a link has ended: it is nobody's default link any more.
pub(crate) fn ended(tx: &mut Tx<'_>, link: &Granted<LinkRow>) -> Result<LinkRow> {
    let row = LinkRow { ended_at: Some(tx.now()), updated_at: tx.now(), ..(**link).clone() };
    links::update(tx, link, &row)?;
    profiles::forget_default(tx, link)?;
    Ok(row)
}
