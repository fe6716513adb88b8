//! The days of a month, as a grid that arrow keys move in (WAI-ARIA Authoring Practices, date picker).

use types::Date;
use visitor_kit::booking::days::{Span, month_end, month_start, week_start};
use visitor_kit::browser::element::{El, el};
use visitor_kit::config::fill as fill_text;
use wasm_bindgen::JsCast;
use web_sys::{Event, KeyboardEvent};

use super::{fill, focus_inside, has_focus};
use crate::booking::{Booking, Calendar, Load};
use crate::format;

/// The month. It is made anew when the calendar changes; the focus stays on the day that keys move from.
pub fn month(booking: Booking) -> El {
    let place = el("div", "book-month").on("keydown", move |event: Event| {
        let event: KeyboardEvent = event.unchecked_into();
        let is_plain = !event.ctrl_key() && !event.alt_key() && !event.meta_key() && !event.shift_key();
        if is_plain && booking.walk(&event.key()) {
            event.prevent_default();
        }
    });
    let place = place.bind(move |place| {
        booking.calendar.read(|calendar| {
            let had_focus = has_focus(place);
            let grid = (calendar.span == Span::Month).then(|| grid(booking, calendar));
            fill(place, grid);
            if had_focus {
                focus_inside(place, "[tabindex='0']");
            }
        });
    });
    place.shown_when(move || booking.calendar.read(|calendar| calendar.span == Span::Month))
}

fn grid(booking: Booking, calendar: &Calendar) -> El {
    let (first, last) = (month_start(calendar.cursor), month_end(calendar.cursor));
    let begin = week_start(first, calendar.first_weekday);
    let mut head = el("tr", "");
    for index in 0..7 {
        let date = Date(begin.0 + index);
        let long = format::long_weekday(date, booking.locale());
        let name = el("th", "").attr("scope", "col").attr("abbr", &long);
        head = head.child(name.text(&format::weekday(date, booking.locale())));
    }
    let mut body = el("tbody", "");
    let mut week = begin;
    while week <= last {
        let mut row = el("tr", "");
        for index in 0..7 {
            let date = Date(week.0 + index);
            let is_inside = (first..=last).contains(&date);
            row = row.child(if is_inside { cell(booking, calendar, date) } else { el("td", "") });
        }
        body = body.child(row);
        week = Date(week.0 + 7);
    }
    el("table", "book-grid")
        .attr("role", "grid")
        .attr("aria-labelledby", "book-choose")
        .attr("aria-busy", if calendar.load == Load::Loading { "true" } else { "false" })
        .child(el("thead", "").child(head))
        .child(body)
}

fn cell(booking: Booking, calendar: &Calendar, date: Date) -> El {
    let count = calendar.times_of(date).len();
    let is_selected = calendar.selected == Some(date);
    let (_, _, number) = date.parts();
    let said = booking.text(match count {
        0 => "day_none",
        1 => "day_one",
        _ => "day_some",
    });
    let said = fill_text(&said, "day", &format::day(date, booking.locale()));
    let button = el("button", if count > 0 { "book-day has" } else { "book-day" })
        .attr("type", "button")
        .attr("tabindex", if calendar.cursor == date { "0" } else { "-1" })
        .attr("aria-label", &fill_text(&said, "count", &count.to_string()))
        .text(&number.to_string());
    let button = if count > 0 {
        button.on("click", move |_| booking.select(date))
    } else {
        button.attr("aria-disabled", "true")
    };
    el("td", "")
        .attr("role", "gridcell")
        .attr("aria-selected", if is_selected { "true" } else { "false" })
        .child(button)
}
