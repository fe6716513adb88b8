//! The times of a page.

use accounts::token::hash_token;
use actix_web::get;
use platform::{Error, Result, Tx};
use types::Timestamp;
use types::booking::{BookingPagePath, BookingPageState, ListPageSlots, PageSlot, PageSlots};
use web::{OpenCall, Params, Path, Reply};

use super::{booked, enter, limit_reads, page_state, require_duration};
use crate::slots::{Facts, Own, standing_of_meeting};
use crate::store::claims;

/// The longest stretch of time that is asked for at once, in days.
const MOST_DAYS: i64 = 62;

/// List the times of a page that can be booked. It needs no credential.
#[utoipa::path(operation_id = "list_page_slots", tag = "booking_pages", security(()), params(BookingPagePath, ListPageSlots), responses((status = 200, body = PageSlots)))]
#[get("/v1/booking_pages/{user_slug}/{link_slug}/slots")]
pub async fn list_page_slots(
    call: OpenCall,
    path: Path<BookingPagePath>,
    query: Params<ListPageSlots>,
) -> Reply {
    limit_reads(&call)?;
    let path = path.0;
    call.read(move |tx| slots(tx, &path, &query)).await
}

/// The times that can be booked.
///
/// # Errors
/// [`Error::Invalid`] for a stretch that is reversed or too long, and for a duration that the link does not have;
/// [`Error::NotFound`] when there is no such link.
pub fn slots(tx: &mut Tx<'_>, path: &BookingPagePath, query: &ListPageSlots) -> Result<PageSlots> {
    let within = (query.from, query.until);
    require_stretch(within)?;
    let (link, mut standing) = enter(tx, &path.user_slug, &path.link_slug)?;
    let hold = query.hold_token.as_deref().map(hash_token);
    let (own, minutes) = match &query.moves {
        Some(token) => {
            let meeting = booked::find(tx, token)?;
            if meeting.booking_link_id != Some(link.id) {
                return Err(Error::NotFound);
            }
            standing = standing_of_meeting(tx, &link, meeting.id)?;
            // It stays as long as it is, whatever the link offers by now.
            (Some(meeting.id), u16::try_from(meeting.minutes()).unwrap_or(u16::MAX))
        }
        None => {
            require_duration(&link, query.duration_minutes)?;
            // Whoever got no answer to their booking finds its time still there, and sends it again.
            let booked = match &hold {
                Some(hash) => claims::meeting_of_hold(tx, hash)?,
                None => None,
            };
            (booked, query.duration_minutes)
        }
    };
    let state = page_state(standing.state);
    let mut items = Vec::new();
    if state == BookingPageState::Open {
        let own = Own { meeting: own, hold };
        let facts = Facts::of(tx, &link, &standing, (minutes, within), &own)?;
        let now = tx.now();
        items =
            facts.slots(within, now).into_iter().map(|slot| PageSlot { starts_at: slot.starts_at }).collect();
    }
    Ok(PageSlots { items, state, synced_at: standing.synced_at })
}

fn require_stretch((from, until): (Timestamp, Timestamp)) -> Result<()> {
    if until <= from {
        return Err(Error::invalid("until", "must be after from"));
    }
    if until.seconds_since(from) > MOST_DAYS * 24 * 60 * 60 {
        return Err(Error::invalid("until", format!("must be at most {MOST_DAYS} days after from")));
    }
    Ok(())
}
