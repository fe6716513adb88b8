//! Changing a link.

use actix_web::put;
use db::Json;
use platform::{Error, Result, Tx};
use types::booking::{BookingLink, BookingLinkPath, BookingLinkSettings, UpdateBookingLink};
use types::{BookingLinkId, ErrorCode, Permission};
use web::{Body, Call, Path, Reply};

use super::{check, create};
use crate::store::links::{self, LinkRow};
use crate::{access, calendars, photos, view};

/// Change a booking link: the request holds the whole of its settings and hosts. Its address and who takes part stay. With
/// `updated_at`, nothing is overwritten that somebody saved since.
#[utoipa::path(operation_id = "update_booking_link", tag = "booking", params(BookingLinkPath), request_body = UpdateBookingLink, responses(
    (status = 200, body = BookingLink),
    (status = 409, description = "The link has ended, or somebody has changed it meanwhile; then `extra.link` is the link as it is now."),
))]
#[put("/v1/booking_links/{booking_link_id}")]
pub async fn update_booking_link(
    call: Call,
    path: Path<BookingLinkPath>,
    body: Body<UpdateBookingLink>,
) -> Reply {
    call.write(move |tx| update(tx, path.booking_link_id, &body)).await
}

/// Writes the whole of a link's settings and hosts. Meetings that were booked before keep what they were booked with.
///
/// # Errors
/// [`Error::Invalid`] for fields that break a rule; [`Error::Forbidden`] for the link of somebody else without
/// `ManageBooking`, and without `UseBooking` for anything but its hours; [`Error::Conflict`] `link_ended` when it has ended,
/// `newer_link` with the link when it is not what was edited any more.
pub fn update(tx: &mut Tx<'_>, id: BookingLinkId, request: &UpdateBookingLink) -> Result<BookingLink> {
    let locked = access::lock_link(tx, id)?;
    if locked.ended_at.is_some() {
        return Err(Error::conflict(ErrorCode::LinkEnded, "the link has ended and cannot be changed"));
    }
    if request.updated_at.is_some_and(|edited| edited != locked.updated_at) {
        return Err(Error::Conflict {
            code: ErrorCode::NewerLink,
            detail: "somebody has changed the link meanwhile".to_owned(),
            extra: Some(serde_json::json!({ "link": view::link(tx, (*locked).clone())? })),
        });
    }
    let settings = check::settings(tx, &request.settings, Some(&locked.settings.0))?;
    let before = links::hosts_of(tx, id)?;
    check::hosts(tx, locked.kind, &request.hosts, &before)?;
    let has_same_hosts = before.iter().map(|host| host.to_wire()).eq(request.hosts.iter().copied());
    // What cannot be had any more may stay chosen.
    if !has_same_hosts || settings.conference != locked.settings.0.conference {
        check::conference(tx, locked.kind, &request.hosts, settings.conference)?;
    }
    let in_hours_alone = has_same_hosts && differs_in_hours_alone(&locked.settings.0, &settings);
    if !access::can_customize(tx) && !in_hours_alone {
        return Err(Error::Forbidden(Permission::UseBooking));
    }
    photos::keep(tx, "settings.photo_file_id", locked.settings.0.photo_file_id, settings.photo_file_id)?;
    let row = LinkRow {
        name_key: create::name_key(&settings, &locked.user_slug, &locked.slug),
        settings: Json(settings),
        updated_at: tx.now(),
        ..(*locked).clone()
    };
    links::update(tx, &locked, &row)?;
    links::save_hosts(tx, &locked, &request.hosts)?;
    calendars::reach(tx, &request.hosts, &row.settings.0.availability)?;
    let detail = serde_json::json!({ "from": locked.settings.0, "to": row.settings.0 });
    tx.audit("booking_link.update", ("booking_link", id.0), detail)?;
    view::link_changed(tx, row)
}

fn differs_in_hours_alone(before: &BookingLinkSettings, after: &BookingLinkSettings) -> bool {
    let after = BookingLinkSettings { availability: before.availability.clone(), ..after.clone() };
    *before == after
}
