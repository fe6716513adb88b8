//! Light or dark, as the host page asks or as the system is.

use web_sys::{Event, MediaQueryList};

use super::element::set_attribute;
use super::listener::listen;
use super::page;

/// The attribute of the page that its style sheet goes by.
const THEME: &str = "data-theme";

/// Follows the system, unless the server has set `data-theme` because the page's address asks for a theme.
pub fn apply() {
    if page::root().is_none_or(|root| root.has_attribute(THEME)) {
        return;
    }
    let query = page::window().and_then(|window| window.match_media("(prefers-color-scheme: dark)").ok()?);
    let Some(query) = query else { return };
    set(query.matches());
    let watched: MediaQueryList = query.clone();
    listen(&query, "change", move |_: Event| set(watched.matches()));
}

fn set(is_dark: bool) {
    if let Some(root) = page::root() {
        set_attribute(&root, THEME, Some(if is_dark { "dark" } else { "light" }));
    }
}
