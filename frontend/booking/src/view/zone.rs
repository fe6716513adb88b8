//! Choosing a zone: a list to search in, with the time it is there.

use std::cell::Cell;
use std::rc::Rc;

use js_sys::Reflect;
use types::Timestamp;
use visitor_kit::booking::form::zone_matches;
use visitor_kit::browser::clock::now;
use visitor_kit::browser::element::{El, el, set_attribute};
use visitor_kit::browser::page;
use visitor_kit::browser::watched::Watched;
use wasm_bindgen::JsCast;
use web_sys::{Element, Event, KeyboardEvent};

use super::{fill, focus_inside, icon};
use crate::booking::Booking;
use crate::format;

/// How many zones are shown at once; the rest are found by searching.
const MOST: usize = 60;

struct List {
    is_open: Watched<bool>,
    searched: Watched<String>,
    /// The zone that keys are at, by its place in what is found.
    active: Watched<usize>,
    found: Watched<Vec<String>>,
    all: Cell<Vec<String>>,
}

/// The picker: a button that says which zone it is, and the list.
pub fn picker(booking: Booking) -> El {
    let list = Rc::new(List {
        is_open: Watched::default(),
        searched: Watched::default(),
        active: Watched::default(),
        found: Watched::default(),
        all: Cell::default(),
    });
    let picker = el("div", "book-zone");
    let place = picker.element().clone();
    let opened = list.clone();
    let button = el("button", "book-button quiet")
        .attr("type", "button")
        .attr("aria-haspopup", "listbox")
        .attr_of("aria-expanded", {
            let list = list.clone();
            move || Some(list.is_open.read(|is_open| *is_open).to_string())
        })
        .child(icon::icon(icon::GLOBE))
        .child(el("span", "").text_of(move || current(booking)))
        .child(icon::icon(icon::DOWN))
        .on("click", move |_| {
            let is_open = opened.is_open.change(|is_open| {
                *is_open = !*is_open;
                *is_open
            });
            if is_open {
                open(booking, &opened);
            }
        });
    let closes = list.clone();
    picker.child(button).child(panel(booking, list, &place)).on("focusout", move |event: Event| {
        let to =
            Reflect::get(&event, &"relatedTarget".into()).ok().and_then(|to| to.dyn_into::<Element>().ok());
        if to.is_some_and(|to| !place.contains(Some(&to))) {
            closes.is_open.change(|is_open| *is_open = false);
        }
    })
}

/// The zone and the time it is there, such as `Europe/Paris, 14:20 now`.
fn current(booking: Booking) -> String {
    let zone = booking.calendar.read(|calendar| calendar.zone.clone());
    let time = format::time(now(), booking.locale(), &zone);
    let text = booking.fill("zone_now", "time", &time);
    visitor_kit::config::fill(&text, "zone", &zone.replace('_', " "))
}

/// The zone that is chosen, the visitor's and the host's come first.
fn open(booking: Booking, list: &List) {
    let mut all: Vec<String> = vec![booking.calendar.peek(|calendar| calendar.zone.clone())];
    let host = booking.page().map(|page| page.host_time_zone.clone());
    let first = page::time_zone().into_iter().chain(host).filter(|zone| format::is_known(zone));
    for zone in first.chain(format::zones()).chain(["UTC".to_owned()]) {
        if !all.contains(&zone) {
            all.push(zone);
        }
    }
    list.all.set(all);
    search(list, String::new());
}

fn search(list: &List, text: String) {
    let all = list.all.take();
    let found: Vec<_> = all.iter().filter(|zone| zone_matches(zone, &text)).cloned().collect();
    list.all.set(all);
    list.searched.change(|searched| *searched = text);
    list.active.change(|active| *active = 0);
    list.found.change(|known| *known = found);
}

fn panel(booking: Booking, list: Rc<List>, picker: &Element) -> El {
    let shown = list.clone();
    let picker = picker.clone();
    el("div", "book-zones")
        .child(input(booking, &list, &picker))
        .child(options(booking, &list, &picker))
        .child(more(booking, &list))
        .bind(move |panel| {
            let is_open = shown.is_open.read(|is_open| *is_open);
            set_attribute(panel, "hidden", (!is_open).then_some(""));
            if is_open {
                focus_inside(panel, "input");
            }
        })
}

fn input(booking: Booking, list: &Rc<List>, picker: &Element) -> El {
    let (typed, pressed, followed) = (list.clone(), list.clone(), list.clone());
    let (is_open, picker) = (list.clone(), picker.clone());
    let input = el("input", "book-input")
        .attr("type", "text")
        .attr("role", "combobox")
        .attr("aria-controls", "book-zone-list")
        .attr("aria-autocomplete", "list")
        .attr("autocomplete", "off")
        .attr("aria-label", &booking.text("zone_search"))
        .attr("placeholder", &booking.text("zone_search"))
        .attr_of("aria-expanded", move || Some(is_open.is_open.read(|is_open| *is_open).to_string()))
        .attr_of("aria-activedescendant", move || {
            let (active, count) = (followed.active.read(|active| *active), followed.found.read(Vec::len));
            (active < count).then(|| option_id(active))
        });
    let field = input.element().clone();
    input
        .on("input", move |_| search(&typed, super::form::value_of(&field)))
        .on("keydown", move |event: Event| press(booking, &pressed, &picker, &event.unchecked_into()))
}

fn press(booking: Booking, list: &List, picker: &Element, event: &KeyboardEvent) {
    let count = list.found.peek(Vec::len).min(MOST);
    let active = list.active.peek(|active| *active);
    match event.key().as_str() {
        "ArrowDown" if count > 0 => list.active.change(|place| *place = (active + 1) % count),
        "ArrowUp" if count > 0 => list.active.change(|place| *place = (active + count - 1) % count),
        "Enter" => {
            if let Some(zone) = list.found.peek(|found| found.get(active).cloned()) {
                choose(booking, list, picker, &zone);
            }
        }
        "Escape" => {
            // The list is closed, not the pop-up that the page may stand in.
            event.stop_propagation();
            close(list, picker);
        }
        _ => return,
    }
    event.prevent_default();
}

fn choose(booking: Booking, list: &List, picker: &Element, zone: &str) {
    close(list, picker);
    booking.set_zone(zone);
}

fn close(list: &List, picker: &Element) {
    list.is_open.change(|is_open| *is_open = false);
    focus_inside(picker, "button");
}

fn options(booking: Booking, list: &Rc<List>, picker: &Element) -> El {
    let (list, picker) = (list.clone(), picker.clone());
    el("ul", "book-options")
        .attr("id", "book-zone-list")
        .attr("role", "listbox")
        .attr("aria-label", &booking.text("zone"))
        .bind(move |place| {
            let at = now();
            let active = list.active.read(|active| *active);
            let chosen = booking.calendar.read(|calendar| calendar.zone.clone());
            list.found.read(|found| {
                let shown = found.iter().take(MOST).enumerate();
                fill(
                    place,
                    shown.map(|(index, zone)| {
                        let (list, picker, name) = (list.clone(), picker.clone(), zone.clone());
                        option(booking, (zone, index), (zone == &chosen, index == active), at)
                            // Before the field loses the focus.
                            .on("mousedown", |event: Event| event.prevent_default())
                            .on("click", move |_| choose(booking, &list, &picker, &name))
                    }),
                );
            });
            if let Ok(Some(option)) = place.query_selector(".active") {
                scroll_to(place, &option);
            }
        })
}

fn option(
    booking: Booking,
    (zone, index): (&str, usize),
    (is_chosen, is_active): (bool, bool),
    at: Timestamp,
) -> El {
    el("li", if is_active { "active" } else { "" })
        .attr("role", "option")
        .attr("id", &option_id(index))
        .attr("aria-selected", if is_chosen { "true" } else { "false" })
        .child(el("span", "").text(&zone.replace('_', " ")))
        .child(el("span", "book-muted").text(&format::time(at, booking.locale(), zone)))
}

fn option_id(index: usize) -> String {
    ["book-zone-", &index.to_string()].concat()
}

/// Has an option in sight without moving the page.
fn scroll_to(list: &Element, option: &Element) {
    let (list_box, option_box) = (list.client_height(), option.client_height());
    let number = |name: &str| Reflect::get(option, &name.into()).ok()?.as_f64();
    let top = number("offsetTop").unwrap_or_default() as i32;
    if top < list.scroll_top() || top + option_box > list.scroll_top() + list_box {
        list.set_scroll_top(top - list_box / 2);
    }
}

fn more(booking: Booking, list: &Rc<List>) -> El {
    let list = list.clone();
    el("p", "book-muted").attr("role", "status").text_of(move || {
        list.found.read(|found| match found.len() {
            0 => booking.text("zone_none"),
            count if count > MOST => booking.fill("zone_more", "count", &(count - MOST).to_string()),
            _ => String::new(),
        })
    })
}
