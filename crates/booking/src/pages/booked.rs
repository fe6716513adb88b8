//! A meeting as whoever booked it sees it, by its secret.

use accounts::signed_links;
use actix_web::get;
use platform::{Ctx, Error, Result, Tx};
use types::MeetingId;
use types::booking::{BookedMeeting, BookedMeetingPath, MeetingState};
use web::{OpenCall, Path, Reply};

use super::{limit_reads, page_hosts};
use crate::store::links;
use crate::store::meetings::{self, MeetingRow};
use crate::{invitees, slots};

/// What the secret is signed for.
const PURPOSE: &str = "booked-meeting";
/// The end of the year 2100: a meeting can be looked at as long as it is there.
const FOREVER: i64 = 4_133_980_799;

/// Get a meeting that was booked. It needs no credential beside its secret.
#[utoipa::path(operation_id = "get_booked_meeting", tag = "booking_pages", security(()), params(BookedMeetingPath), responses((status = 200, body = BookedMeeting)))]
#[get("/v1/booked_meetings/{token}")]
pub async fn get_booked_meeting(call: OpenCall, path: Path<BookedMeetingPath>) -> Reply {
    limit_reads(&call)?;
    let token = path.0.token;
    call.read(move |tx| booked(tx, &token)).await
}

/// The meeting with this secret.
///
/// # Errors
/// [`Error::NotFound`] when there is none.
pub(crate) fn booked(tx: &mut Tx<'_>, token: &str) -> Result<BookedMeeting> {
    let row = find(tx, token)?;
    show(tx, &row)
}

/// The secret of a meeting. It is worked out again whenever it is needed, and kept nowhere.
pub(crate) fn token_of(ctx: &Ctx, id: MeetingId) -> String {
    format!("{id}.{}", signed_links::sign(ctx, PURPOSE, &id.to_string(), FOREVER))
}

/// The meeting with this secret, as it is stored.
///
/// # Errors
/// [`Error::NotFound`] when there is none.
pub(super) fn find(tx: &mut Tx<'_>, token: &str) -> Result<MeetingRow> {
    let id = id_of(tx.ctx(), token)?;
    meetings::find(tx, id)?.ok_or(Error::NotFound)
}

/// Which meeting a secret is of.
pub(super) fn id_of(ctx: &Ctx, token: &str) -> Result<MeetingId> {
    let (id, signature) = token.split_once('.').ok_or(Error::NotFound)?;
    signed_links::check(ctx, PURPOSE, id, FOREVER, signature)?;
    id.parse().map_err(|_| Error::NotFound)
}

/// A meeting as whoever booked it sees it: of the contact no more than they typed.
pub(super) fn show(tx: &mut Tx<'_>, row: &MeetingRow) -> Result<BookedMeeting> {
    let link = match row.booking_link_id {
        Some(id) => links::find(tx, id)?,
        None => None,
    };
    let hosts = slots::hosts_of_meeting(tx, row.id)?;
    let stands = matches!(row.state, MeetingState::Booked | MeetingState::Pending);
    Ok(BookedMeeting {
        state: row.state,
        slug: link.as_ref().map(|link| link.path()).unwrap_or_default(),
        title: row.title.clone(),
        description: row.told_description.clone(),
        hosts: page_hosts(&hosts),
        location: row.location.clone(),
        conference_url: row.conference_url.clone(),
        starts_at: row.starts_at,
        ends_at: row.ends_at,
        time_zone: row.contact_time_zone.clone(),
        email: invitees::of(tx, row)?.email.unwrap_or_default(),
        reason: row.reason.clone(),
        token: token_of(tx.ctx(), row.id),
        is_changeable: stands && row.starts_at > tx.now(),
        redirect_url: link.and_then(|link| link.settings.0.redirect_url),
    })
}
