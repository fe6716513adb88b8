//! Icons, drawn on a grid of 24.

use leptos::prelude::*;

pub const CLOSE: &str = "M6 6l12 12M18 6L6 18";
pub const MORE: &str = "M5 12h.01M12 12h.01M19 12h.01";
pub const ATTACH: &str =
    "M20.5 11.5l-8.6 8.6a5.5 5.5 0 0 1-7.8-7.8l8.7-8.6a3.7 3.7 0 0 1 5.2 5.2l-8.7 8.6a1.8 1.8 0 0 1-2.6-2.6l8-7.9";
pub const SEND: &str = "M5 12l15-7-5 15-3-6.5z";
pub const DOWN: &str = "M12 5v14M6 13l6 6 6-6";
pub const FILE: &str = "M14 3H7a1 1 0 0 0-1 1v16a1 1 0 0 0 1 1h10a1 1 0 0 0 1-1V7zM14 3v4h4";

/// An icon that says nothing to a screen reader.
pub fn icon(path: &'static str) -> AnyView {
    view! { <svg class="chat-icon" viewBox="0 0 24 24" aria-hidden="true"><path d=path></path></svg> }.into_any()
}
