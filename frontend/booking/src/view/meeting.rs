//! What was booked: when it is for both sides, for the visitor's own calendar, moving it and calling it off.

use types::booking::{BookedMeeting, BookingPageState, MeetingState};
use visitor_kit::booking::invitation::{google_address, outlook_address};
use visitor_kit::booking::meeting_address;
use visitor_kit::browser::element::{El, el};

use super::controls::{button, fact, link};
use super::form::{problem, reason, sends, submit};
use super::{fill, heading, icon, panel};
use crate::booking::{Booking, Step};
use crate::times::encode;

/// The part that shows the meeting.
pub fn meeting(booking: Booking) -> El {
    panel(booking, Step::Meeting, "book-meeting")
        .child(heading(Step::Meeting, "book-title done").text_of(move || booking.text(title_key(booking))))
        .child(el("div", "book-summary").bind(move |place| {
            booking.meeting.read(|meeting| {
                fill(place, meeting.iter().flat_map(|meeting| summary(booking, meeting)));
            });
        }))
        .child(redirect(booking))
}

fn title_key(booking: Booking) -> &'static str {
    if let Some(key) = booking.just_done.read(|key| *key) {
        return key;
    }
    booking.meeting.read(|meeting| match meeting.as_ref().map(|meeting| meeting.state) {
        Some(MeetingState::Pending) => "is_pending",
        Some(MeetingState::Booked) => "is_booked",
        Some(MeetingState::Declined) => "is_declined",
        Some(MeetingState::Cancelled) | None => "is_cancelled",
    })
}

fn summary(booking: Booking, meeting: &BookedMeeting) -> Vec<El> {
    let is_on = matches!(meeting.state, MeetingState::Booked | MeetingState::Pending);
    let mut parts = vec![el("p", "book-what").text(&meeting.title)];
    let names: Vec<_> = meeting.hosts.iter().map(|host| host.name.as_str()).collect();
    if !names.is_empty() {
        parts.push(el("p", "book-muted").text(&booking.fill("with", "names", &names.join(", "))));
    }
    parts.extend(when(booking, meeting));
    if let Some(location) = &meeting.location {
        parts.push(fact(icon::PLACE, location));
    }
    parts.extend(conference(booking, meeting).filter(|_| is_on));
    // Without tokens it stands beside already.
    let beside = booking.page().and_then(|page| page.description.as_ref());
    if let Some(description) = meeting.description.as_ref().filter(|text| beside != Some(*text)) {
        parts.push(el("p", "book-description").text(description));
    }
    if let Some(reason) = &meeting.reason {
        parts.push(el("p", "book-notice").text(&booking.fill("reason_is", "reason", reason)));
    }
    let told = match meeting.state {
        MeetingState::Booked => Some("told_booked"),
        MeetingState::Pending => Some("told_pending"),
        MeetingState::Cancelled | MeetingState::Declined => None,
    };
    if let Some(key) = told {
        parts.push(el("p", "book-muted").text(&booking.fill(key, "address", &meeting.email)));
    }
    if meeting.state == MeetingState::Booked {
        parts.push(own_calendar(booking, meeting));
    }
    parts.push(changes(booking, meeting));
    parts
}

/// When it is where the visitor is, and where the host is if that is another zone.
fn when(booking: Booking, meeting: &BookedMeeting) -> Vec<El> {
    let one = |zone: &str| {
        (
            booking.when(meeting.starts_at, meeting.ends_at, zone),
            booking.zone_in_words(meeting.starts_at, zone),
        )
    };
    let known = crate::format::is_known(&meeting.time_zone);
    let zone = if known {
        meeting.time_zone.clone()
    } else {
        booking.calendar.peek(|calendar| calendar.zone.clone())
    };
    let (mine, my_zone) = one(&zone);
    let mut parts = vec![fact(icon::CALENDAR, &mine), fact(icon::GLOBE, &my_zone)];
    let host = booking.page().map(|page| page.host_time_zone.as_str());
    if let Some(host) = host.filter(|host| *host != zone && crate::format::is_known(host)) {
        let (theirs, their_zone) = one(host);
        let text = booking.fill("for_host", "when", &theirs);
        parts.push(el("p", "book-muted book-theirs").text(&visitor_kit::config::fill(
            &text,
            "zone",
            &their_zone,
        )));
    }
    parts
}

fn conference(booking: Booking, meeting: &BookedMeeting) -> Option<El> {
    if let Some(url) = &meeting.conference_url {
        let line = el("p", "book-fact").child(icon::icon(icon::CAMERA));
        return Some(line.child(link(&booking.text("join"), url, "book-link")));
    }
    let has_one = booking.page().is_some_and(|page| page.has_conference);
    has_one.then(|| fact(icon::CAMERA, &booking.text("conference")))
}

fn own_calendar(booking: Booking, meeting: &BookedMeeting) -> El {
    let file = meeting_address(&meeting.token, "/calendar.ics");
    let file =
        el("a", "book-button").attr("href", &file).attr("download", "").text(&booking.text("add_file"));
    el("div", "book-add")
        .child(el("h3", "").text(&booking.text("add")))
        .child(link(&booking.text("add_google"), &google_address(meeting, encode), "book-button"))
        .child(link(&booking.text("add_outlook"), &outlook_address(meeting, encode), "book-button"))
        .child(file)
}

/// The ways to change it, while it can be changed, or to book anew.
fn changes(booking: Booking, meeting: &BookedMeeting) -> El {
    let actions = el("div", "book-actions");
    let is_open = booking.page().is_some_and(|page| page.state == BookingPageState::Open);
    if meeting.is_changeable {
        let move_it = button(&booking.text("move"), "book-button", move || booking.begin_move());
        let call_off = button(&booking.text("call_off"), "book-button bad", move || {
            booking.stay();
            booking.go(Step::CallOff);
        });
        // A link that could be used once has ended by now, and its meeting can be moved all the same.
        return if booking.page().is_some() {
            actions.child(move_it).child(call_off)
        } else {
            actions.child(call_off)
        };
    }
    if is_open {
        let address =
            ["/meet/", &meeting.slug, if booking.config.is_embedded { "?embed=1" } else { "" }].concat();
        return actions.child(el("a", "book-button").attr("href", &address).text(&booking.text("book_anew")));
    }
    actions
}

/// That the visitor is about to be sent elsewhere, and the way to stay.
fn redirect(booking: Booking) -> El {
    let address = move || {
        booking.meeting.read(|meeting| meeting.as_ref().and_then(|meeting| meeting.redirect_url.clone()))
    };
    let is_new = move || booking.just_done.read(|key| matches!(key, Some("done_booked" | "done_pending")));
    let place = move || {
        let address = address().unwrap_or_default();
        let rest = address.split("://").nth(1).unwrap_or_default();
        rest.split(['/', '?', '#']).next().unwrap_or_default().to_owned()
    };
    let text = move || {
        let key = if booking.leaves.read(|leaves| *leaves) { "leaving" } else { "go_on_at" };
        booking.fill(key, "site", &place())
    };
    el("div", "book-notice")
        .child(el("p", "").attr("role", "status").text_of(text))
        .child(
            el("a", "book-button primary")
                .attr("target", "_top")
                .attr_of("href", address)
                .text(&booking.text("go_on")),
        )
        .child(
            button(&booking.text("stay"), "book-button", move || booking.stay())
                .shown_when(move || booking.leaves.read(|leaves| *leaves)),
        )
        .shown_when(move || is_new() && address().is_some())
}

/// The part that agrees to another time.
pub fn agree(booking: Booking) -> El {
    let before = move || {
        let zone = booking.calendar.read(|calendar| calendar.zone.clone());
        booking.meeting.read(|meeting| {
            let when =
                meeting.as_ref().map(|meeting| booking.when(meeting.starts_at, meeting.ends_at, &zone));
            booking.fill("moved_from", "when", &when.unwrap_or_default())
        })
    };
    let after = move || {
        booking.calendar.read(|calendar| {
            let when = calendar.picked.map(|at| {
                booking.when(at, at.plus_seconds(60 * i64::from(calendar.duration)), &calendar.zone)
            });
            booking.fill("moved_to", "when", &when.unwrap_or_default())
        })
    };
    let reason = reason(booking, "move");
    let form = el("form", "book-form").child(reason.whole.clone()).child(problem(booking)).child(
        el("div", "book-actions").child(submit(booking, move || booking.text("move_now"))).child(button(
            &booking.text("other_time"),
            "book-button",
            move || booking.go(Step::Choose),
        )),
    );
    panel(booking, Step::Move, "book-details")
        .child(heading(Step::Move, "book-title").text(&booking.text("move_title")))
        .child(el("p", "book-muted").text_of(before))
        .child(el("p", "book-what").text_of(after))
        .child(sends(booking, form, Step::Move, move || booking.reschedule(reason.typed())))
}

/// The part that calls the meeting off.
pub fn call_off(booking: Booking) -> El {
    let what = move || {
        booking.meeting.read(|meeting| {
            meeting
                .as_ref()
                .map(|meeting| {
                    let zone = booking.calendar.read(|calendar| calendar.zone.clone());
                    [&meeting.title, ", ", &booking.when(meeting.starts_at, meeting.ends_at, &zone)].concat()
                })
                .unwrap_or_default()
        })
    };
    let reason = reason(booking, "call-off");
    let form =
        el("form", "book-form").child(reason.whole.clone()).child(problem(booking)).child(
            el("div", "book-actions")
                .child(submit(booking, move || booking.text("call_off_now")))
                .child(button(&booking.text("keep"), "book-button", move || booking.go(Step::Meeting))),
        );
    panel(booking, Step::CallOff, "book-details")
        .child(heading(Step::CallOff, "book-title").text(&booking.text("call_off_title")))
        .child(el("p", "book-what").text_of(what))
        .child(sends(booking, form, Step::CallOff, move || booking.call_off(reason.typed())))
}
