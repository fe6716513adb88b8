//! Moving the focus among the items of a menu, list of tabs or the like (WAI-ARIA: roving focus).

use wasm_bindgen::JsCast;
use web_sys::{Element, HtmlElement};

/// Where an arrow, Home or End leads in a list of `count` items from `current`; the ends are joined.
pub(crate) fn step(key: &str, current: Option<usize>, count: usize) -> Option<usize> {
    let last = count.checked_sub(1)?;
    match (key, current) {
        ("ArrowDown" | "ArrowRight", Some(index)) if index < last => Some(index + 1),
        ("ArrowDown" | "ArrowRight" | "Home", _) => Some(0),
        ("ArrowUp" | "ArrowLeft", Some(index)) if index > 0 => Some(index - 1),
        ("ArrowUp" | "ArrowLeft" | "End", _) => Some(last),
        _ => None,
    }
}

/// The elements inside `container` that match `selector`, in document order.
pub(crate) fn items(container: &Element, selector: &str) -> Vec<HtmlElement> {
    let Ok(nodes) = container.query_selector_all(selector) else { return Vec::new() };
    (0..nodes.length()).filter_map(|index| nodes.get(index)?.dyn_into().ok()).collect()
}

/// The position of the element that has the focus.
pub(crate) fn focused(items: &[HtmlElement]) -> Option<usize> {
    let active = web_sys::window()?.document()?.active_element()?;
    items.iter().position(|item| **item == active)
}

#[cfg(test)]
mod tests {
    use super::step;

    #[test]
    fn arrows_go_round() {
        assert_eq!(step("ArrowDown", Some(1), 3), Some(2));
        assert_eq!(step("ArrowDown", Some(2), 3), Some(0));
        assert_eq!(step("ArrowUp", Some(0), 3), Some(2));
        assert_eq!(step("ArrowDown", None, 3), Some(0));
        assert_eq!(step("End", Some(0), 3), Some(2));
        assert_eq!(step("x", Some(0), 3), None);
        assert_eq!(step("ArrowDown", None, 0), None);
    }
}
