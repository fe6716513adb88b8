//! Who is met, what for and how long.

use visitor_kit::browser::element::{El, el};

use super::controls::fact;
use super::{fill, icon};
use crate::booking::{Booking, Step};
use crate::format;

/// The part beside all others. The server paints the same before the bundle is there.
pub fn who(booking: Booking) -> El {
    let page = booking.page();
    let booked = booking.config.booked.as_ref();
    let hosts = page.map(|page| &page.hosts).or(booked.map(|booked| &booked.hosts));
    let names: Vec<_> = hosts.into_iter().flatten().map(|host| host.name.clone()).collect();
    let names = if names.is_empty() {
        page.map(|page| page.account_name.clone()).unwrap_or_default()
    } else {
        names.join(", ")
    };
    let title = page.map(|page| page.title.clone()).or_else(|| booked.map(|booked| booked.title.clone()));
    let mut who = el("section", "book-who");
    if let Some(logo) = page.and_then(|page| page.logo_url.as_ref()) {
        who = who.child(el("img", "book-logo").attr("src", logo).attr("alt", &names_of_account(booking)));
    }
    who = who
        .child(portrait(booking, &names))
        .child(el("p", "book-host").text(&names))
        .child(el("h1", "").text(&title.unwrap_or_default()))
        .child(durations(booking))
        .child(el("div", "book-facts").bind(move |place| fill(place, facts(booking))))
        .child(chosen(booking));
    match page.and_then(|page| page.description.as_ref()) {
        Some(description) => who.child(el("p", "book-description").text(description)),
        None => who,
    }
}

fn names_of_account(booking: Booking) -> String {
    booking.page().map(|page| page.account_name.clone()).unwrap_or_default()
}

/// The picture, or the initials of at most two names.
fn portrait(booking: Booking, names: &str) -> El {
    let of_host = || booking.page()?.hosts.first()?.photo_url.as_ref();
    match booking.page().and_then(|page| page.photo_url.as_ref()).or_else(of_host) {
        Some(url) => el("img", "book-portrait").attr("src", url).attr("alt", ""),
        None => {
            let initials: String = names.split(' ').filter_map(|word| word.chars().next()).take(2).collect();
            el("span", "book-portrait").attr("aria-hidden", "true").text(&initials)
        }
    }
}

/// The durations to choose from, where there are several.
fn durations(booking: Booking) -> El {
    let durations = booking.page().map(|page| page.durations_minutes.as_slice()).unwrap_or_default();
    let group =
        el("div", "book-durations").attr("role", "group").attr("aria-label", &booking.text("duration"));
    let group = durations.iter().fold(group, |group, &minutes| {
        let is_chosen = move || booking.calendar.read(|calendar| calendar.duration == minutes);
        let button = el("button", "book-button")
            .attr("type", "button")
            .text(&booking.fill("minutes_short", "minutes", &minutes.to_string()))
            .attr_of("aria-pressed", move || Some(is_chosen().to_string()))
            .on("click", move |_| booking.set_duration(minutes));
        group.child(button)
    });
    let is_choice = durations.len() > 1;
    group
        .shown_when(move || is_choice && booking.is_at(Step::Choose) && booking.meeting.read(Option::is_none))
}

fn facts(booking: Booking) -> Vec<El> {
    let mut facts = Vec::new();
    let minutes = booking.calendar.read(|calendar| calendar.duration.to_string());
    facts.push(fact(icon::CLOCK, &booking.fill("minutes", "minutes", &minutes)));
    let Some(page) = booking.page() else { return facts };
    if page.has_conference {
        facts.push(fact(icon::CAMERA, &booking.text("conference")));
    }
    if let Some(location) = &page.location {
        facts.push(fact(icon::PLACE, location));
    }
    facts
}

/// The time that was chosen, while the form is filled in.
fn chosen(booking: Booking) -> El {
    let place = el("div", "book-chosen").bind(move |place| {
        booking.calendar.read(|calendar| {
            let Some(at) = calendar.picked else { return fill(place, []) };
            let until = at.plus_seconds(60 * i64::from(calendar.duration));
            let zone = format::zone_name(at, booking.locale(), &calendar.zone);
            fill(
                place,
                [fact(icon::CALENDAR, &booking.when(at, until, &calendar.zone)), fact(icon::GLOBE, &zone)],
            );
        });
    });
    place.shown_when(move || booking.is_at(Step::Details) || booking.is_at(Step::Move))
}
