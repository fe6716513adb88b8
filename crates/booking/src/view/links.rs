//! Links as users see them.

use std::collections::HashMap;

use platform::{Result, Tx};
use types::booking::BookingLink;
use types::{BookingLinkId, Event, Subject};

use crate::settings::Booking;
use crate::store::links::{self, LinkRow};
use crate::store::profiles;
use crate::{access, slots};

/// One link.
pub(crate) fn link(tx: &mut Tx<'_>, row: LinkRow) -> Result<BookingLink> {
    let mut shown = links(tx, vec![row])?;
    shown.pop().ok_or(platform::Error::NotFound)
}

/// Tells everybody that a link changed, and shows it.
pub(crate) fn link_changed(tx: &mut Tx<'_>, row: LinkRow) -> Result<BookingLink> {
    tell_link(tx, row.id)?;
    link(tx, row)
}

/// Tells everybody that a link changed.
pub(crate) fn tell_link(tx: &mut Tx<'_>, id: BookingLinkId) -> Result<()> {
    tx.emit(Subject::Everyone, Event::BookingLinkChanged { link_id: id })
}

/// What the addresses of pages begin with, without a slash at the end. TLS ends at the proxy in front.
pub(crate) fn public_base(tx: &mut Tx<'_>) -> Result<String> {
    let settings: Booking = tx.setting()?;
    Ok(match settings.domain {
        Some(domain) => format!("https://{domain}"),
        None => tx.ctx().config().server.public_url.clone(),
    })
}

/// What the addresses of all links' pages begin with, without a slash at the end.
pub(crate) fn pages_url(tx: &mut Tx<'_>) -> Result<String> {
    Ok(format!("{}/meet", public_base(tx)?))
}

/// Where the page of a link is.
pub(crate) fn page_url(tx: &mut Tx<'_>, path: &str) -> Result<String> {
    Ok(format!("{}/{path}", pages_url(tx)?))
}

/// Links with what belongs to them, read for all of them together.
pub(crate) fn links(tx: &mut Tx<'_>, rows: Vec<LinkRow>) -> Result<Vec<BookingLink>> {
    let ids: Vec<BookingLinkId> = rows.iter().map(|row| row.id).collect();
    let mut hosts = links::hosts(tx, &ids)?;
    let views = links::views(tx, &ids)?;
    let bookings = links::bookings(tx, &ids)?;
    let owners: Vec<_> = rows.iter().map(|row| row.owner_id).collect();
    let defaults: HashMap<_, _> = profiles::of_users(tx, &owners)?
        .into_values()
        .map(|profile| (profile.user_id, profile.default_link_id))
        .collect();
    let photo_ids: Vec<_> = rows.iter().filter_map(|row| row.settings.0.photo_file_id).collect();
    let photos = accounts::files::load(tx, &photo_ids)?;
    let mut shown = Vec::with_capacity(rows.len());
    for row in rows {
        let all = hosts.remove(&row.id).unwrap_or_default();
        let wire_hosts = all.iter().map(|host| host.to_wire()).collect();
        let standing = slots::standing(tx, &row, all)?;
        let (booked, last_booked_at) = bookings.get(&row.id).copied().unwrap_or_default();
        let path = row.path();
        shown.push(BookingLink {
            id: row.id,
            kind: row.kind,
            url: page_url(tx, &path)?,
            slug: path,
            state: standing.state,
            owner_id: row.owner_id,
            hosts: wire_hosts,
            excluded_host_ids: standing.excluded,
            unreachable_host_ids: standing.unreachable,
            is_default: defaults.get(&row.owner_id).copied().flatten() == Some(row.id),
            is_editable: access::may_edit(tx.actor(), &row),
            is_embeddable: access::owner_can_customize(tx, &row)?,
            photo_url: row
                .settings
                .0
                .photo_file_id
                .and_then(|id| photos.get(&id))
                .map(|file| file.url.clone()),
            settings: row.settings.0,
            views: views.get(&row.id).copied().unwrap_or_default(),
            bookings: booked,
            last_booked_at,
            created_at: row.created_at,
            updated_at: row.updated_at,
        });
    }
    Ok(shown)
}
