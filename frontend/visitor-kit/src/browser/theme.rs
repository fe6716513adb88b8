//! Light or dark, as the host page asks or as the system is.

use web_sys::{Event, MediaQueryList};

use super::listener::listen;
use super::page;

/// Sets `data-theme` of the page to what `theme=` in its address says, and follows the system otherwise.
pub fn apply() {
    let chosen = page::parameter("theme").filter(|theme| theme == "light" || theme == "dark");
    if let Some(theme) = chosen {
        return set(theme == "dark");
    }
    let query = page::window().and_then(|window| window.match_media("(prefers-color-scheme: dark)").ok()?);
    let Some(query) = query else { return };
    set(query.matches());
    let watched: MediaQueryList = query.clone();
    listen(&query, "change", move |_: Event| set(watched.matches()));
}

fn set(is_dark: bool) {
    if let Some(root) = page::document().and_then(|document| document.document_element()) {
        // Fails only for names that are not valid.
        let _ = root.set_attribute("data-theme", if is_dark { "dark" } else { "light" });
    }
}
