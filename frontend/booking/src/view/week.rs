//! The times of a week, day beside day.

use types::Date;
use visitor_kit::booking::days::Span;
use visitor_kit::browser::element::{El, el};

use super::times::{state, time};
use super::{fill, focus_times, has_focus};
use crate::booking::{Booking, Calendar, Load};
use crate::format;

/// The week. It is made anew when the calendar changes.
pub fn week(booking: Booking) -> El {
    let place = el("div", "book-week").bind(move |place| {
        booking.calendar.read(|calendar| {
            let had_focus = has_focus(place);
            if calendar.span == Span::Week {
                fill(place, state(booking, calendar).into_iter().chain(days(booking, calendar)));
            } else {
                fill(place, []);
            }
            if had_focus {
                focus_times(place);
            }
        });
    });
    place.shown_when(move || booking.calendar.read(|calendar| calendar.span == Span::Week))
}

fn days(booking: Booking, calendar: &Calendar) -> Option<El> {
    let (first, _) = calendar.shown();
    let columns = (0..7).fold(el("div", "book-columns"), |columns, index| {
        let date = Date(first.0 + index);
        let times = calendar.times_of(date);
        let name = format::short_day(date, booking.locale());
        let column = el("section", if times.is_empty() { "book-column none" } else { "book-column" })
            .child(el("h3", "").text(&name));
        let column = times.iter().fold(column, |column, &at| column.child(time(booking, calendar, at)));
        columns.child(if times.is_empty() {
            column.child(el("p", "book-none").text(&booking.text("no_times")))
        } else {
            column
        })
    });
    (calendar.load == Load::Ready && calendar.has_times()).then_some(columns)
}
