//! What people outside do: look at the page of a link, hold a time, book it, or leave a request; and with the secret of a
//! meeting look at it, move it, call it off.

mod answers;
mod book;
mod booked;
mod cancel;
mod codes;
mod consent;
mod file;
mod get;
mod hold;
mod people;
mod request;
mod reschedule;
mod slots;

pub use book::{book, book_meeting};
pub use booked::get_booked_meeting;
pub use cancel::{cancel, cancel_booked_meeting};
pub use codes::send_booking_code;
pub use file::get_booked_meeting_file;
pub use get::{get, get_booking_page};
pub use hold::{hold, hold_slot, release_hold};
pub use request::{request, request_meeting};
pub use reschedule::{reschedule, reschedule_booked_meeting};
pub use slots::{list_page_slots, slots};

pub(crate) use answers::checked_guests;
pub(crate) use booked::{booked, token_of};
pub(crate) use people::page_hosts;

use platform::{Error, Result, Tx};
use types::ErrorCode;
use types::booking::{BookingLinkState, BookingPageState};
use web::{OpenCall, Quota, address_key};

use crate::slots::{Standing, standing};
use crate::store::links::{self, LinkRow};

/// The link with this address, and where it stands.
///
/// # Errors
/// [`Error::NotFound`] when there is no such link.
fn enter(tx: &mut Tx<'_>, user_slug: &str, link_slug: &str) -> Result<(LinkRow, Standing)> {
    let link = links::with_slug(tx, user_slug, link_slug)?.ok_or(Error::NotFound)?;
    let hosts = links::hosts_of(tx, link.id)?;
    let standing = standing(tx, &link, hosts)?;
    Ok((link, standing))
}

/// What the page offers.
fn page_state(state: BookingLinkState) -> BookingPageState {
    match state {
        BookingLinkState::Active => BookingPageState::Open,
        BookingLinkState::Unreachable => BookingPageState::Request,
        BookingLinkState::Ended | BookingLinkState::WithoutHosts => BookingPageState::Ended,
    }
}

/// Insists that times can be booked.
///
/// # Errors
/// [`Error::Conflict`] `link_ended` or `calendar_unreachable`.
fn require_open(standing: &Standing) -> Result<()> {
    match page_state(standing.state) {
        BookingPageState::Open => Ok(()),
        BookingPageState::Request => Err(Error::conflict(
            ErrorCode::CalendarUnreachable,
            "times cannot be offered at the moment: leave a request",
        )),
        BookingPageState::Ended => Err(Error::conflict(ErrorCode::LinkEnded, "this link has ended")),
    }
}

/// Insists on one of the durations of a link.
fn require_duration(link: &LinkRow, minutes: u16) -> Result<()> {
    if link.settings.0.durations_minutes.contains(&minutes) {
        return Ok(());
    }
    let durations: Vec<String> = link.settings.0.durations_minutes.iter().map(u16::to_string).collect();
    Err(Error::invalid("duration_minutes", format!("must be one of: {}", durations.join(", "))))
}

/// Counts a look at a page.
pub(crate) fn limit_reads(call: &OpenCall) -> Result<()> {
    let quota = Quota::per_minute(call.ctx().config().limits.booking_reads_per_minute);
    call.limit("booking_reads", address_key(call.address()), quota)
}

/// Counts a booking, or another act that writes.
fn limit_acts(call: &OpenCall) -> Result<()> {
    let quota = Quota::per_hour(call.ctx().config().limits.bookings_per_hour);
    call.limit("bookings", address_key(call.address()), quota)
}

/// Counts a hold.
fn limit_holds(call: &OpenCall) -> Result<()> {
    let quota = Quota::per_minute(call.ctx().config().limits.booking_holds_per_minute);
    call.limit("booking_holds", address_key(call.address()), quota)
}
