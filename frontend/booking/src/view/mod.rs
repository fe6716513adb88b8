//! The screen: who is met on one side, what the visitor is about to do on the other.

mod choose;
mod controls;
mod form;
mod icon;
mod meeting;
mod month;
mod notices;
mod times;
mod week;
mod who;
mod zone;

use visitor_kit::browser::element::{El, el};
use visitor_kit::browser::page;
use visitor_kit::browser::watched::effect;
use wasm_bindgen::JsCast;
use web_sys::{Element, HtmlElement};

use crate::booking::{Booking, Step};

/// All of it.
pub fn screen(booking: Booking) -> El {
    let screen = el("div", "book-screen")
        .child(
            el("div", "book-card")
                .attr_of("data-step", move || Some(name(booking.step.read(|step| *step)).to_owned()))
                .attr_of("data-span", move || {
                    Some(booking.calendar.read(|calendar| choose::name(calendar.span)).to_owned())
                })
                .child(who::who(booking))
                .child(choose::choose(booking))
                .child(form::details(booking))
                .child(meeting::meeting(booking))
                .child(meeting::agree(booking))
                .child(meeting::call_off(booking))
                .child(form::request(booking))
                .child(notices::requested(booking))
                .child(notices::ended(booking))
                .child(notices::foot(booking)),
        )
        .child(el("p", "book-said").attr("role", "status").text_of(move || booking.said.read(Clone::clone)));
    follow_steps(booking, &screen);
    screen
}

/// The name of a step in the page.
fn name(step: Step) -> &'static str {
    match step {
        Step::Choose => "choose",
        Step::Details => "details",
        Step::Move => "move",
        Step::Meeting => "meeting",
        Step::CallOff => "call-off",
        Step::Request => "request",
        Step::Requested => "requested",
        Step::Ended => "ended",
    }
}

/// A part that is there for one step.
fn panel(booking: Booking, step: Step, class: &str) -> El {
    el("section", class)
        .attr("data-panel", name(step))
        .attr("aria-labelledby", &heading_id(step))
        .shown_when(move || booking.is_at(step))
}

/// The heading of a part. It takes the focus when the visitor comes to it.
fn heading(step: Step, class: &str) -> El {
    el("h2", class).attr("id", &heading_id(step)).attr("tabindex", "-1")
}

fn heading_id(step: Step) -> String {
    ["book-", name(step)].concat()
}

/// Whoever goes to a step finds its beginning, by eye and by ear.
fn follow_steps(booking: Booking, screen: &El) {
    let before = std::cell::Cell::new(booking.step.peek(|step| *step));
    let screen = screen.element().clone();
    effect(Box::new(move || {
        let step = booking.step.read(|step| *step);
        if before.replace(step) == step {
            return;
        }
        // The browser brings into sight what has the focus, in an iframe too.
        focus_inside(&screen, &["#", &heading_id(step)].concat());
    }));
}

/// Whether the focus is in an element.
fn has_focus(element: &Element) -> bool {
    let focused = page::document().and_then(|document| document.active_element());
    focused.is_some_and(|focused| element.contains(Some(&focused)))
}

/// Gives the focus to the first element in `place` that a selector finds; whether there is one.
fn focus_inside(place: &Element, selector: &str) -> bool {
    let found = place.query_selector(selector).ok().flatten();
    // Fails only for elements that are gone.
    found.is_some_and(|found| found.unchecked_into::<HtmlElement>().focus().is_ok())
}

/// Gives the focus back after times were made anew: to the way on, else to the first time, else to what can be pressed.
fn focus_times(place: &Element) {
    let _ = ["button.primary", "[data-time]", "button"].iter().any(|selector| focus_inside(place, selector));
}

/// Puts `content` in the place of what is in `place`.
fn fill(place: &Element, content: impl IntoIterator<Item = El>) {
    place.set_text_content(None);
    for one in content {
        let _ = place.append_child(one.element());
    }
}
