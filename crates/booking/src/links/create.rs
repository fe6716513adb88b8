//! Making a link.

use actix_web::post;
use db::Json;
use platform::{Error, Key, Result, Tx};
use types::booking::{BookingLink, BookingLinkHost, BookingLinkKind, BookingLinkSettings, CreateBookingLink};
use types::{Permission, UserId};
use web::{Body, Call, Reply};

use super::{check, presets, slugs};
use crate::store::links::{self, LinkRow};
use crate::{access, calendars, photos, profile, view};

/// Make a booking link.
#[utoipa::path(operation_id = "create_booking_link", tag = "booking", request_body = CreateBookingLink, responses((status = 201, body = BookingLink)))]
#[post("/v1/booking_links")]
pub async fn create_booking_link(call: Call, body: Body<CreateBookingLink>) -> Reply {
    call.create(move |tx| create(tx, &body)).await
}

/// Makes a link of the actor's own.
///
/// # Errors
/// [`Error::Invalid`] for fields that break a rule, and for a `slug` that is taken; [`Error::Forbidden`] without
/// `UseBooking` when the actor has a link already or asks for more than its hours.
pub fn create(tx: &mut Tx<'_>, request: &CreateBookingLink) -> Result<BookingLink> {
    let user = access::require_user(tx)?;
    let settings = check::settings(tx, &request.settings, None)?;
    let hosts = if request.hosts.is_empty() {
        vec![BookingLinkHost { user_id: user, weight: 1 }]
    } else {
        request.hosts.clone()
    };
    check::hosts(tx, request.kind, &hosts, &[])?;
    check::conference(tx, request.kind, &hosts, settings.conference)?;
    // The links that everybody begins with count.
    let profile = profile::ensure(tx, user)?;
    if !access::can_customize(tx) {
        require_plain(tx, user, (request, &hosts), &settings)?;
    }
    photos::keep(tx, "settings.photo_file_id", None, settings.photo_file_id)?;
    tx.lock(Key::Named("booking_slug", &profile.user_slug))?;
    let slug = match &request.slug {
        Some(slug) => slugs::checked("slug", slug)?,
        None => slugs::free_link_slug(tx, &profile.user_slug, &settings.internal_name)?,
    };
    let row = LinkRow {
        id: tx.new_id(),
        kind: request.kind,
        user_slug: profile.user_slug.clone(),
        name_key: name_key(&settings, &profile.user_slug, &slug),
        slug,
        owner_id: user,
        settings: Json(settings),
        ended_at: None,
        created_at: tx.now(),
        updated_at: tx.now(),
    };
    write(tx, row, &hosts)
}

/// Someone who may not customise has one link, of which they choose the hours.
fn require_plain(
    tx: &mut Tx<'_>,
    user: UserId,
    (request, hosts): (&CreateBookingLink, &[BookingLinkHost]),
    settings: &BookingLinkSettings,
) -> Result<()> {
    let own = links::count_of(tx, user)?;
    let is_own = request.kind == BookingLinkKind::Personal && hosts.iter().all(|host| host.user_id == user);
    if own > 0 || !is_own || request.slug.is_some() || !presets::is_plain(settings) {
        return Err(Error::Forbidden(Permission::UseBooking));
    }
    Ok(())
}

/// Writes a new link and tells of it.
pub(super) fn write(tx: &mut Tx<'_>, row: LinkRow, hosts: &[BookingLinkHost]) -> Result<BookingLink> {
    links::insert(tx, &row).map_err(slugs::taken)?;
    let link = access::grant_new_link(row);
    links::save_hosts(tx, &link, hosts)?;
    calendars::reach(tx, hosts, &link.settings.0.availability)?;
    tx.audit("booking_link.create", ("booking_link", link.id.0), serde_json::json!({ "slug": link.path() }))?;
    view::link_changed(tx, link.into_inner())
}

/// What a link is found by: its name and its address.
pub(super) fn name_key(settings: &BookingLinkSettings, user_slug: &str, slug: &str) -> String {
    crm::folding::name_key(&format!("{} {user_slug}/{slug}", settings.internal_name))
}
