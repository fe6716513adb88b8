//! Buttons, lines with an icon, and notices.

use visitor_kit::browser::element::{El, el};

use super::icon::icon;

/// A button with a label.
pub fn button(label: &str, class: &str, press: impl Fn() + 'static) -> El {
    el("button", class).attr("type", "button").text(label).on("click", move |_| press())
}

/// A button with an icon alone.
pub fn icon_button(label: &str, path: &str, press: impl Fn() + 'static) -> El {
    el("button", "book-button quiet icon")
        .attr("type", "button")
        .attr("aria-label", label)
        .attr("title", label)
        .child(icon(path))
        .on("click", move |_| press())
}

/// An icon and a text.
pub fn fact(path: &str, text: &str) -> El {
    el("p", "book-fact").child(icon(path)).child(el("span", "").text(text))
}

/// A link that opens beside the page.
pub fn link(label: &str, address: &str, class: &str) -> El {
    el("a", class).attr("href", address).attr("target", "_blank").attr("rel", "noopener").text(label)
}
