//! Choosing a day and a time: the calendar, by months or by weeks, and the times of the chosen day.

use visitor_kit::booking::days::{Span, add_months};
use visitor_kit::browser::element::{El, el};

use super::controls::{button, icon_button};
use super::{fill, heading, icon, month, panel, times, week, zone};
use crate::booking::{Booking, Step};
use crate::format;
use types::Date;

/// The name of a span in the page.
pub fn name(span: Span) -> &'static str {
    match span {
        Span::Month => "month",
        Span::Week => "week",
    }
}

/// The part where a time is chosen.
pub fn choose(booking: Booking) -> El {
    panel(booking, Step::Choose, "book-choose")
        .child(
            el("div", "book-calendar")
                .child(problem(booking))
                .child(moving(booking))
                .child(head(booking))
                .child(month::month(booking))
                .child(week::week(booking))
                .child(zone::picker(booking)),
        )
        .child(times::times(booking))
}

/// What went wrong with the time that was chosen last.
fn problem(booking: Booking) -> El {
    let text = move || booking.calendar.read(|calendar| calendar.problem).map(|key| booking.text(key));
    el("p", "book-notice warn")
        .text_of(move || text().unwrap_or_default())
        .shown_when(move || booking.calendar.read(|calendar| calendar.problem.is_some()))
}

/// Which meeting another time is chosen for.
fn moving(booking: Booking) -> El {
    let text = move || {
        booking.meeting.read(|meeting| {
            let zone = booking.calendar.read(|calendar| calendar.zone.clone());
            let when = meeting.as_ref().map(|one| booking.when(one.starts_at, one.ends_at, &zone));
            booking.fill("moving", "when", &when.unwrap_or_default())
        })
    };
    el("div", "book-notice")
        .child(el("p", "").text_of(text))
        .child(button(&booking.text("keep_time"), "book-button", move || booking.go(Step::Meeting)))
        .shown_when(move || booking.meeting.read(Option::is_some))
}

fn head(booking: Booking) -> El {
    let title = move || {
        booking.calendar.read(|calendar| match calendar.span {
            Span::Month => format::month(calendar.cursor, booking.locale()),
            Span::Week => {
                let (first, last) = calendar.shown();
                let day = |date| format::short_day(date, booking.locale());
                [&day(first), " – ", &day(last)].concat()
            }
        })
    };
    el("header", "book-head")
        .child(heading(Step::Choose, "book-title").attr("aria-live", "polite").text_of(title))
        .child(spans(booking))
        .child(el("div", "book-turn").bind(move |place| {
            let span = booking.calendar.read(|calendar| calendar.span);
            let (before, after) = match span {
                Span::Month => ("month_before", "month_after"),
                Span::Week => ("week_before", "week_after"),
            };
            fill(
                place,
                [
                    icon_button(&booking.text(before), icon::BACK, move || turn(booking, -1)),
                    icon_button(&booking.text(after), icon::NEXT, move || turn(booking, 1)),
                ],
            );
        }))
}

/// By months or by weeks.
fn spans(booking: Booking) -> El {
    let group = el("div", "book-spans").attr("role", "group").attr("aria-label", &booking.text("view"));
    [Span::Month, Span::Week].into_iter().fold(group, |group, span| {
        let is_shown = move || booking.calendar.read(|calendar| calendar.span == span);
        let one = button(&booking.text(name(span)), "book-button quiet", move || booking.set_span(span));
        group.child(one.attr_of("aria-pressed", move || Some(is_shown().to_string())))
    })
}

fn turn(booking: Booking, by: i64) {
    let date = booking.calendar.peek(|calendar| match calendar.span {
        Span::Month => add_months(calendar.cursor, by),
        Span::Week => Date(calendar.cursor.0 + 7 * by),
    });
    booking.show(date);
}
