//! Keeping a time for somebody who fills in the form.

use accounts::token::{hash_token, new_token};
use actix_web::post;
use platform::{Error, Key, Result, Tx};
use types::booking::{BookingLinkKind, BookingPagePath, HoldSlot, ReleaseHold, SlotHold};
use types::{Timestamp, UserId};
use web::{Body, OpenCall, Path, Reply, address_key};

use super::{enter, limit_holds, require_duration, require_open};
use crate::claims::{self, Kind};
use crate::slots::{Facts, Own};
use crate::store::links::LinkRow;
use crate::{fairness, store};

/// Seconds that a time is kept.
const HOLD_SECONDS: i64 = 10 * 60;
/// Most times that one address holds at once, over all links: enough for people behind one address, too few to empty a
/// calendar.
const MOST_HOLDS: i64 = 5;

/// Hold a time while the form is filled in: nobody else can book it for ten minutes. It needs no credential.
#[utoipa::path(operation_id = "hold_slot", tag = "booking_pages", security(()), params(BookingPagePath), request_body = HoldSlot, responses((status = 201, body = SlotHold)))]
#[post("/v1/booking_pages/{user_slug}/{link_slug}/holds")]
pub async fn hold_slot(call: OpenCall, path: Path<BookingPagePath>, body: Body<HoldSlot>) -> Reply {
    limit_holds(&call)?;
    let holder = address_key(call.address()).to_string();
    let path = path.0;
    call.create_secret(move |tx| hold(tx, &path, &body, &holder)).await
}

/// Let go of a held time. It needs no credential beside the hold's token.
#[utoipa::path(operation_id = "release_hold", tag = "booking_pages", security(()), params(BookingPagePath), request_body = ReleaseHold, responses((status = 204)))]
#[post("/v1/booking_pages/{user_slug}/{link_slug}/holds/release")]
pub async fn release_hold(call: OpenCall, path: Path<BookingPagePath>, body: Body<ReleaseHold>) -> Reply {
    limit_holds(&call)?;
    let path = path.0;
    call.delete(move |tx| {
        enter(tx, &path.user_slug, &path.link_slug)?;
        store::claims::delete_hold(tx, &hash_token(&body.token))
    })
    .await
}

/// Holds a time that is offered, in place of the one that the visitor held before.
///
/// # Errors
/// [`Error::Conflict`] `slot_taken` when it is not offered (any more); [`Error::RateLimited`] for whoever holds as many
/// times as they may.
pub fn hold(tx: &mut Tx<'_>, path: &BookingPagePath, request: &HoldSlot, holder: &str) -> Result<SlotHold> {
    let (link, standing) = enter(tx, &path.user_slug, &path.link_slug)?;
    require_open(&standing)?;
    require_duration(&link, request.duration_minutes)?;
    // The cap is one over several rows.
    tx.lock(Key::Named("booking_holder", holder))?;
    if let Some(token) = &request.replaces {
        store::claims::delete_hold(tx, &hash_token(token))?;
    }
    // Whoever holds at the same time waits here, and is then offered who is left.
    claims::lock_hosts(tx, &standing.host_ids())?;
    let now = tx.now();
    if store::claims::holds_of(tx, holder, now)? >= MOST_HOLDS {
        return Err(Error::RateLimited { retry_after_seconds: HOLD_SECONDS.unsigned_abs() });
    }
    let starts_at = request.starts_at;
    let ends_at = starts_at.plus_seconds(60 * i64::from(request.duration_minutes));
    let within = (starts_at, ends_at);
    let facts = Facts::of(tx, &link, &standing, (request.duration_minutes, within), &Own::default())?;
    let free = facts.free_hosts(starts_at, now).ok_or_else(claims::taken)?;
    let hosts = chosen(tx, &link, free)?;
    let token = new_token();
    let expires_at = Timestamp(now.0 + HOLD_SECONDS * Timestamp::SECOND);
    let kind = Kind::Held { token_hash: hash_token(&token), holder: holder.to_owned(), expires_at };
    let span = claims::with_buffers(&link.settings.0.availability, within);
    claims::take(tx, &hosts, span, Some(link.id), &kind)?;
    Ok(SlotHold { token, expires_at })
}

/// Whose time is held: of round robin, that of the host whose turn it is.
fn chosen(tx: &mut Tx<'_>, link: &LinkRow, free: Vec<UserId>) -> Result<Vec<UserId>> {
    if link.kind != BookingLinkKind::RoundRobin {
        return Ok(free);
    }
    let choice = fairness::choose(tx, link, &free)?;
    Ok(choice.candidates.first().map(|first| first.user_id).into_iter().collect())
}
