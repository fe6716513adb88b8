//! Changing one's own profile.

use actix_web::put;
use platform::fields::{self, Fields};
use platform::{Error, Key, Result, Tx};
use types::booking::{BookingProfile, UpdateBookingProfile};
use types::{BookingLinkId, Permission, UserId};
use web::{Body, Call, Reply};

use crate::links::slugs;
use crate::store::links;
use crate::store::profiles::{self, ProfileRow};
use crate::{access, zones};

/// Replace what you have chosen about your links. A new first part of addresses is that of links made from now on.
#[utoipa::path(operation_id = "update_booking_profile", tag = "booking", request_body = UpdateBookingProfile, responses((status = 200, body = BookingProfile)))]
#[put("/v1/me/booking")]
pub async fn update_booking_profile(call: Call, body: Body<UpdateBookingProfile>) -> Reply {
    call.write(move |tx| update(tx, &body)).await
}

/// Writes the whole of the actor's profile.
///
/// # Errors
/// [`Error::Invalid`] for fields that break a rule, and for a `user_slug` that is somebody else's;
/// [`Error::Forbidden`] without `UseBooking` for another `user_slug`.
pub fn update(tx: &mut Tx<'_>, request: &UpdateBookingProfile) -> Result<BookingProfile> {
    let user = access::require_user(tx)?;
    super::ensure(tx, user)?;
    let locked = access::lock_own_profile(tx, user)?;
    let mut fields = Fields::default();
    zones::checked(&mut fields, "time_zone", &request.time_zone);
    require_own_link(tx, &mut fields, user, request.default_link_id)?;
    fields.finish()?;
    let user_slug = slugs::checked("user_slug", &request.user_slug)?;
    if user_slug != locked.user_slug {
        tx.actor().require(Permission::UseBooking)?;
        tx.lock(Key::Named("booking_user_slug", ""))?;
        if profiles::holder_of(tx, &user_slug)?.is_some_and(|holder| holder != user) {
            return Err(fields::taken("user_slug", "somebody else has it"));
        }
        if links::others_use(tx, &user_slug, user)? {
            return Err(fields::taken("user_slug", "links of somebody else have it"));
        }
    }
    let row = ProfileRow {
        user_slug,
        default_link_id: request.default_link_id,
        time_zone: request.time_zone.clone(),
        updated_at: tx.now(),
        ..(*locked).clone()
    };
    profiles::update(tx, &locked, &row).map_err(taken)?;
    super::to_wire(tx, &row)
}

fn require_own_link(
    tx: &mut Tx<'_>,
    fields: &mut Fields,
    user: UserId,
    id: Option<BookingLinkId>,
) -> Result<()> {
    let Some(id) = id else { return Ok(()) };
    let found = links::find(tx, id)?;
    let hosts = links::hosts_of(tx, id)?;
    let is_own = found.is_some_and(|link| {
        link.ended_at.is_none() && (link.owner_id == user || hosts.iter().any(|host| host.user_id == user))
    });
    if !is_own {
        let rule = "must be a link of your own that has not ended".to_owned();
        fields.refuse("default_link_id", "unknown", rule);
    }
    Ok(())
}

fn taken(error: Error) -> Error {
    if error.is_taken() { fields::taken("user_slug", "somebody else has it") } else { error }
}
