//! The chat widget: what runs inside the iframe that the embed loader opens on a customer's site.
//!
//! [`chat::Chat`] is what the chat knows and does: signals that the screen follows, and one method for each thing that
//! the visitor, the server or the host page can want. Each file beside it adds the methods of one matter; `view` is the
//! screen, built once. The whole bundle has a budget of 60 KB, which decides much of how it is written.

#![cfg(target_arch = "wasm32")]

mod attachments;
mod chat;
mod host;
mod identity;
mod preview;
mod reading;
mod sending;
mod session;
mod typing;
mod view;

use visitor_kit::browser::{page, theme};
use wasm_bindgen::prelude::wasm_bindgen;

/// Entry point, called once by the browser when the module is ready.
#[wasm_bindgen(start)]
pub fn start() {
    theme::apply();
    let (Some(config), Some(document)) = (page::config(), page::document()) else { return };
    let Some(place) = document.get_element_by_id("chat") else { return };
    let chat = chat::Chat::new(config);
    // Fails only where the page has no such place.
    let _ = place.append_child(view::chat(chat).element());
    // What the server painted first has done its work.
    if let Some(shell) = document.get_element_by_id("chat-shell") {
        shell.remove();
    }
    chat.start();
}
