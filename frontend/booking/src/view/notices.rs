//! The ends of the way, and the line below all.

use visitor_kit::browser::element::{El, el};

use super::{heading, panel};
use crate::booking::{Booking, Step};

/// A request was sent.
pub fn requested(booking: Booking) -> El {
    panel(booking, Step::Requested, "book-details")
        .child(heading(Step::Requested, "book-title done").text(&booking.text("requested_title")))
        .child(el("p", "").text(&booking.text("requested_detail")))
}

/// The link is over.
pub fn ended(booking: Booking) -> El {
    let account = booking.page().map(|page| page.account_name.clone()).unwrap_or_default();
    panel(booking, Step::Ended, "book-details")
        .child(heading(Step::Ended, "book-title").text(&booking.text("ended_title")))
        .child(el("p", "").text(&booking.fill("ended_detail", "company", &account)))
}

/// What holds for every time.
pub fn foot(booking: Booking) -> El {
    el("p", "book-foot").text(&booking.text("foot")).shown_when(move || booking.is_at(Step::Choose))
}
