//! Icons, drawn on a grid of 24.

use visitor_kit::browser::element::{El, el};

pub const CLOSE: &str = "M6 6l12 12M18 6L6 18";
pub const MORE: &str =
    "M4 12a1 1 0 1 0 2 0 1 1 0 1 0-2 0zm7 0a1 1 0 1 0 2 0 1 1 0 1 0-2 0zm7 0a1 1 0 1 0 2 0 1 1 0 1 0-2 0z";
pub const ATTACH: &str = "M20.5 11.5l-8.6 8.6a5.5 5.5 0 0 1-7.8-7.8l8.7-8.6a3.7 3.7 0 0 1 5.2 5.2l-8.7 8.6a1.8 1.8 0 0 1-2.6-2.6l8-7.9";
pub const SEND: &str = "M12 20V5M5.5 11.5L12 5l6.5 6.5";
pub const DOWN: &str = "M12 5v14M6 13l6 6 6-6";
pub const FILE: &str = "M14 3H7a1 1 0 0 0-1 1v16a1 1 0 0 0 1 1h10a1 1 0 0 0 1-1V7zM14 3v4h4";

/// The icon as HTML, which says nothing to a screen reader.
pub fn svg(path: &str) -> String {
    [r#"<svg class="chat-icon" viewBox="0 0 24 24" aria-hidden="true"><path d=""#, path, r#""/></svg>"#]
        .concat()
}

/// The icon as an element.
pub fn icon(path: &str) -> El {
    el("span", "chat-icon-place").html(&svg(path))
}
