//! The page that the server rendered around the bundle.

use web_sys::{Document, Element, Window};

use crate::json::{self, Read};

/// The browser's window. There always is one outside of workers.
pub fn window() -> Option<Window> {
    web_sys::window()
}

/// The page's document.
pub fn document() -> Option<Document> {
    window()?.document()
}

/// What the server tells the bundle; nothing when the page is not one of its own.
pub fn config<T: Read>() -> Option<T> {
    let block = document()?.get_element_by_id("rapport-config")?;
    json::read(&block.text_content()?)
}

/// The element that holds the whole page.
pub fn root() -> Option<Element> {
    document()?.document_element()
}

/// Whether the page can be seen: its tab is not in the background.
pub fn is_visible() -> bool {
    document().is_some_and(|document| !document.hidden())
}

/// Whether the browser believes that it has a network.
pub fn is_online() -> bool {
    window().is_none_or(|window| window.navigator().on_line())
}

/// The language the browser prefers, for example `fr-CH`.
pub fn language() -> Option<String> {
    window()?.navigator().language()
}

/// The browser's time zone by its IANA name, for example `Europe/Zurich`.
pub fn time_zone() -> Option<String> {
    let format = js_sys::Intl::DateTimeFormat::new(&js_sys::Array::new(), &js_sys::Object::new());
    js_sys::Reflect::get(&format.resolved_options(), &"timeZone".into()).ok()?.as_string()
}

/// A name that nothing else has, 36 characters.
pub fn unique_name() -> String {
    // crypto.randomUUID exists in secure contexts only, and a page without TLS may embed the chat.
    (0..36).map(|_| char::from_digit((js_sys::Math::random() * 36.0) as u32, 36).unwrap_or('0')).collect()
}
