//! Icons, drawn on a grid of 24.

use visitor_kit::browser::element::{El, el};

pub const CLOCK: &str = "M21 12a9 9 0 1 1-18 0 9 9 0 0 1 18 0zM12 7v5l3 2";
pub const CAMERA: &str =
    "M5 6h8a2 2 0 0 1 2 2v8a2 2 0 0 1-2 2H5a2 2 0 0 1-2-2V8a2 2 0 0 1 2-2zM15 11l6-3v8l-6-3";
pub const PLACE: &str =
    "M12 21s7-6 7-11a7 7 0 0 0-14 0c0 5 7 11 7 11zM14.5 10a2.5 2.5 0 1 1-5 0 2.5 2.5 0 0 1 5 0z";
pub const GLOBE: &str =
    "M21 12a9 9 0 1 1-18 0 9 9 0 0 1 18 0zM3 12h18M12 3c3 3 3 15 0 18M12 3c-3 3-3 15 0 18";
pub const CALENDAR: &str =
    "M5 6h14a1 1 0 0 1 1 1v12a1 1 0 0 1-1 1H5a1 1 0 0 1-1-1V7a1 1 0 0 1 1-1zM4 10h16M8 3v4M16 3v4";
pub const BACK: &str = "M15 5l-7 7 7 7";
pub const NEXT: &str = "M9 5l7 7-7 7";
pub const DOWN: &str = "M6 9l6 6 6-6";

/// The icon, which says nothing to a screen reader.
pub fn icon(path: &str) -> El {
    let svg = [r#"<svg viewBox="0 0 24 24" aria-hidden="true"><path d=""#, path, r#""/></svg>"#].concat();
    el("span", "book-icon").html(&svg)
}
