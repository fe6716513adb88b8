//! The times of the chosen day.

use types::Timestamp;
use visitor_kit::booking::days::Span;
use visitor_kit::browser::element::{El, el};

use super::controls::button;
use super::{fill, focus_times, has_focus};
use crate::booking::{Booking, Calendar, Load};
use crate::format;

/// The times. They are made anew when the calendar changes; whoever has pressed one finds "Next" under the focus.
pub fn times(booking: Booking) -> El {
    let place = el("section", "book-times").attr("aria-label", &booking.text("times")).bind(move |place| {
        booking.calendar.read(|calendar| {
            let had_focus = has_focus(place);
            let content = if calendar.span == Span::Month { of_day(booking, calendar) } else { Vec::new() };
            fill(place, content);
            if had_focus {
                focus_times(place);
            }
        });
    });
    place.shown_when(move || booking.calendar.read(|calendar| calendar.span == Span::Month))
}

fn of_day(booking: Booking, calendar: &Calendar) -> Vec<El> {
    if let Some(state) = state(booking, calendar) {
        return vec![state];
    }
    let Some(date) = calendar.selected else {
        return vec![el("p", "book-muted").text(&booking.text("choose_day"))];
    };
    let heading = el("h3", "book-date").text(&format::day(date, booking.locale()));
    let times = calendar.times_of(date);
    if times.is_empty() {
        return vec![heading, el("p", "book-muted").text(&booking.text("no_times"))];
    }
    let list = times.iter().fold(el("div", "book-list"), |list, &at| list.child(time(booking, calendar, at)));
    vec![heading, list, freshness(booking, calendar)]
}

/// What is shown instead of times: that they are coming, could not be loaded, or that there are none.
pub fn state(booking: Booking, calendar: &Calendar) -> Option<El> {
    match calendar.load {
        Load::Loading if calendar.has_times() => None,
        Load::Loading => {
            let bars = (0..5)
                .fold(el("div", "book-bars").attr("aria-hidden", "true"), |bars, _| bars.child(el("i", "")));
            Some(
                el("div", "book-state")
                    .child(el("p", "book-hidden").text(&booking.text("loading")))
                    .child(bars),
            )
        }
        Load::Lost => {
            Some(
                el("div", "book-state")
                    .child(el("p", "").text(&booking.text(booking.lost_key())))
                    .child(button(&booking.text("again"), "book-button", move || booking.load())),
            )
        }
        Load::Ready if calendar.is_exhausted && !calendar.has_times() => {
            Some(el("div", "book-state").child(el("p", "").text(&booking.text("none_at_all"))))
        }
        Load::Ready if !calendar.has_times() => {
            let next = button(&booking.text("find_next"), "book-button", move || booking.find_next());
            Some(el("div", "book-state").child(el("p", "").text(&booking.text("none_here"))).child(next))
        }
        Load::Ready => None,
    }
}

/// A time; the one that was pressed with the way on beside it.
pub fn time(booking: Booking, calendar: &Calendar, at: Timestamp) -> El {
    let text = format::time(at, booking.locale(), &calendar.zone);
    let is_picked = calendar.picked == Some(at);
    let one = button(&text, "book-button book-time", move || booking.pick(at))
        .attr("data-time", "")
        .attr("aria-pressed", if is_picked { "true" } else { "false" });
    if !is_picked {
        return one;
    }
    let next = button(&booking.text("next"), "book-button primary", move || booking.take());
    let next = next.attr("aria-label", &booking.fill("next_with", "time", &text));
    let next = if calendar.is_busy { next.attr("aria-disabled", "true") } else { next };
    el("div", "book-pick").child(one).child(next)
}

/// When the host's calendars were read.
fn freshness(booking: Booking, calendar: &Calendar) -> El {
    let text = calendar.synced_at.map(|at| {
        let time = format::time(at, booking.locale(), &calendar.zone);
        booking.fill("as_of", "time", &time)
    });
    el("p", "book-fresh").text(&text.unwrap_or_default())
}
