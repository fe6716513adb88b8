//! The booking page: what people outside see who book a meeting, move it or call it off.
//!
//! | module | what it is |
//! |-|-|
//! | [`booking`] | what the page knows; [`times`], [`details`] and [`meeting`] are what it does |
//! | `ask` | the requests |
//! | `draft` | what outlives a reload: what was typed, and the time that is kept |
//! | `format` | days, times and zones in words, by the browser's `Intl` |
//! | `view` | the screen, built once; what follows the calendar is built anew when it changes |
//!
//! The server has painted the title, the host and the shape of the month before. The page has a budget of 90 KB in all.

#![cfg(target_arch = "wasm32")]

mod ask;
mod booking;
mod details;
mod draft;
mod format;
mod meeting;
mod times;
mod view;

use visitor_kit::browser::{page, theme};
use wasm_bindgen::prelude::wasm_bindgen;

/// Entry point, called once by the browser when the module is ready.
#[wasm_bindgen(start)]
pub fn start() {
    theme::apply();
    let (Some(config), Some(document)) = (page::config(), page::document()) else { return };
    let Some(place) = document.get_element_by_id("booking") else { return };
    let booking = booking::Booking::new(config);
    let screen = view::screen(booking);
    place.set_inner_html("");
    let _ = place.remove_attribute("aria-busy");
    // Fails only where the page has no such place.
    let _ = place.append_child(screen.element());
    booking.start(&screen);
}
