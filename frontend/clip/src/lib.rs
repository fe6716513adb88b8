//! A shared clip: what people outside see who were sent a link.
//!
//! [`clip::Clip`] is what the page knows and does, `view` the screen, built once. The server has painted title and length
//! before; the bundle has a budget of 40 KB.

#![cfg(target_arch = "wasm32")]

mod clip;
mod player;
mod view;

use visitor_kit::browser::{page, theme};
use wasm_bindgen::prelude::wasm_bindgen;

/// Entry point, called once by the browser when the module is ready.
#[wasm_bindgen(start)]
pub fn start() {
    theme::apply();
    let (Some(config), Some(document)) = (page::config(), page::document()) else { return };
    let Some(place) = document.get_element_by_id("clip") else { return };
    let clip = clip::Clip::new(config);
    place.set_inner_html("");
    let _ = place.remove_attribute("aria-busy");
    // Fails only where the page has no such place.
    let _ = place.append_child(view::clip(clip).element());
    clip.start();
}
