//! Looking at the page of a link.

use actix_web::get;
use platform::{Result, Tx};
use types::booking::{BookingLinkKind, BookingPage, BookingPagePath, GetBookingPage};
use web::{OpenCall, Params, Path, Reply};

use super::{consent, enter, limit_reads, page_hosts, page_state};
use crate::settings::Booking;
use crate::slots::{bookable, first_zone};
use crate::store::links;
use crate::{form, photos, templates, zones};

/// Get the page of a booking link. It needs no credential.
#[utoipa::path(operation_id = "get_booking_page", tag = "booking_pages", security(()), params(BookingPagePath, GetBookingPage), responses((status = 200, body = BookingPage)))]
#[get("/v1/booking_pages/{user_slug}/{link_slug}")]
pub async fn get_booking_page(
    call: OpenCall,
    path: Path<BookingPagePath>,
    query: Params<GetBookingPage>,
) -> Reply {
    limit_reads(&call)?;
    let path = path.0;
    if query.counts == Some(true) {
        let named = path.clone();
        call.transact(move |tx| count_view(tx, &named)).await?;
    }
    call.read(move |tx| get(tx, &path.user_slug, &path.link_slug, query.time_zone.as_deref())).await
}

fn count_view(tx: &mut Tx<'_>, path: &BookingPagePath) -> Result<()> {
    let (link, _) = enter(tx, &path.user_slug, &path.link_slug)?;
    // Apps see it the next time they load the link: a stranger's visits are no news to everybody.
    links::add_view(tx, link.id)
}

/// The page of a link, for a visitor in a zone.
///
/// # Errors
/// [`Error::NotFound`](platform::Error::NotFound) when there is no such link.
pub fn get(
    tx: &mut Tx<'_>,
    user_slug: &str,
    link_slug: &str,
    time_zone: Option<&str>,
) -> Result<BookingPage> {
    let (link, standing) = enter(tx, user_slug, link_slug)?;
    let settings = &link.settings.0;
    let account: Booking = tx.setting()?;
    // Whoever asks for a meeting sees with whom, though no times of theirs can be offered.
    let mut hosts = links::hosts_of(tx, link.id)?;
    hosts.retain(|host| host.is_active);
    let host_zone = first_zone(tx, &link, &hosts)?;
    let zone = time_zone.and_then(zones::find).unwrap_or_else(|| host_zone.clone());
    let now = tx.now();
    let span = bookable(&settings.availability, &host_zone, now);
    let first =
        std::cmp::max(now.plus_seconds(60 * i64::from(settings.availability.notice_minutes)), span.from);
    let last = span.until.plus_seconds(-60);
    let description = settings.invitation_description.clone();
    Ok(BookingPage {
        slug: link.path(),
        state: page_state(standing.state),
        title: settings.title.clone(),
        account_name: accounts::settings::load(tx)?.company_name,
        hosts: match link.kind {
            BookingLinkKind::RoundRobin => Vec::new(),
            BookingLinkKind::Personal | BookingLinkKind::Group => page_hosts(&hosts),
        },
        photo_url: photos::url(tx, settings.photo_file_id)?,
        logo_url: photos::url(tx, account.logo_file_id)?,
        accent_color: account.accent_color,
        durations_minutes: settings.durations_minutes.clone(),
        location: settings.location.clone(),
        has_conference: settings.conference.is_some(),
        // With tokens it is written for one contact, of whom nothing is known here.
        description: description.filter(|text| !templates::has_tokens(text)),
        language: settings.language,
        country: settings.country.clone(),
        host_time_zone: host_zone.iana_name().unwrap_or("UTC").to_owned(),
        form: form::current(tx, &settings.form)?.into_iter().map(|question| question.field).collect(),
        consent: consent::shown(tx, settings)?.map(consent::to_page),
        allows_guests: settings.allows_guests,
        requires_confirmation: settings.requires_confirmation,
        verifies_email: settings.verifies_email,
        first_date: zones::date_of(&zone, first),
        last_date: zones::date_of(&zone, last),
    })
}
