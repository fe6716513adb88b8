//! The few things of the browser that the app needs and web-sys leaves long-winded.

use std::time::Duration;

use js_sys::{Function, Promise};
use leptos::prelude::*;
use wasm_bindgen::{JsCast, JsValue, prelude::*};
use wasm_bindgen_futures::JsFuture;

#[wasm_bindgen]
extern "C" {
    /// Runs `callback` while no other tab of this origin holds the lock. Undefined on pages without a secure context.
    #[wasm_bindgen(catch, js_namespace = ["navigator", "locks"], js_name = request)]
    async fn request_lock(name: &str, callback: &JsValue) -> Result<JsValue, JsValue>;
}

/// Milliseconds since 1970-01-01 UTC, by the browser's clock.
pub fn now_ms() -> f64 {
    js_sys::Date::now()
}

/// A number from 0 to 1.
pub fn random() -> f64 {
    js_sys::Math::random()
}

/// A name for something this browser sends, so that it can be recognised: 26 characters.
pub fn unique_name() -> String {
    let part = |_| format!("{:013x}", (random() * (1_u64 << 52) as f64) as u64);
    (0..2).map(part).collect()
}

/// Waits.
pub async fn sleep(duration: Duration) {
    let promise = Promise::new(&mut |resolve, _| set_timeout(move || call(&resolve), duration));
    // This promise is never rejected.
    let _ = JsFuture::from(promise).await;
}

/// Calls a JavaScript function that takes nothing and does not throw, such as `resolve` of a promise.
pub fn call(function: &Function) {
    let _ = function.call0(&JsValue::UNDEFINED);
}

/// Runs `work` while no other tab of this origin runs work of the same name; at once where the browser has no locks.
pub async fn exclusively(name: &str, work: impl Future<Output = ()> + 'static) {
    let work = std::rc::Rc::new(std::cell::RefCell::new(Some(work)));
    let shared = std::rc::Rc::clone(&work);
    let callback = Closure::once_into_js(move |_lock: JsValue| {
        wasm_bindgen_futures::future_to_promise(async move {
            let work = shared.borrow_mut().take();
            if let Some(work) = work {
                work.await;
            }
            Ok(JsValue::UNDEFINED)
        })
    });
    if request_lock(name, &callback).await.is_err() {
        let left = work.borrow_mut().take();
        if let Some(work) = left {
            work.await;
        }
    }
}

/// What was stored under a name in this browser.
pub fn stored(name: &str) -> Option<String> {
    storage()?.get_item(name).ok()?
}

/// Stores a text under a name in this browser, or removes it. Without effect where storage is blocked or full.
pub fn store(name: &str, value: Option<&str>) {
    if let Some(storage) = storage() {
        let _ = match value {
            Some(value) => storage.set_item(name, value),
            None => storage.remove_item(name),
        };
    }
}

/// Whether this browser stores anything for this page.
pub fn can_store() -> bool {
    storage().is_some()
}

/// Removes everything stored under names that begin so.
pub fn forget_stored(prefix: &str) {
    let Some(storage) = storage() else { return };
    let names: Vec<String> =
        (0..storage.length().unwrap_or(0)).filter_map(|index| storage.key(index).ok().flatten()).collect();
    for name in names.iter().filter(|name| name.starts_with(prefix)) {
        let _ = storage.remove_item(name);
    }
}

fn storage() -> Option<web_sys::Storage> {
    window().local_storage().ok().flatten()
}

/// The content of `<meta name="…">` of the page.
pub fn meta(name: &str) -> Option<String> {
    let element = document().query_selector(&format!("meta[name='{name}']")).ok()??;
    element.get_attribute("content")
}

/// Whether the window is narrower than what three panes need.
pub fn is_narrow() -> bool {
    window().match_media("(max-width: 760px)").ok().flatten().is_some_and(|query| query.matches())
}

/// Whether the page is in front.
pub fn is_visible() -> bool {
    document().visibility_state() == web_sys::VisibilityState::Visible
}

/// Puts a text on the clipboard; whether the browser allowed it.
pub async fn copy(text: &str) -> bool {
    JsFuture::from(window().navigator().clipboard().write_text(text)).await.is_ok()
}

/// The address of a path of this app, for links to share.
pub fn address_of(path: &str) -> String {
    format!("{}{path}", window().location().origin().unwrap_or_default())
}

/// Puts the focus on the first element that matches.
pub fn focus(selector: &str) {
    if let Ok(Some(element)) = document().query_selector(selector)
        && let Some(element) = element.dyn_ref::<web_sys::HtmlElement>()
    {
        let _ = element.focus();
    }
}

/// Scrolls the first element that matches into sight, just far enough.
pub fn scroll_into_view(selector: &str) {
    if let Ok(Some(element)) = document().query_selector(selector) {
        let options = web_sys::ScrollIntoViewOptions::new();
        options.set_block(web_sys::ScrollLogicalPosition::Nearest);
        element.scroll_into_view_with_scroll_into_view_options(&options);
    }
}

/// Scrolls the first element that matches into the middle of what is in sight.
pub fn scroll_to_middle(selector: &str) {
    if let Ok(Some(element)) = document().query_selector(selector) {
        let options = web_sys::ScrollIntoViewOptions::new();
        options.set_block(web_sys::ScrollLogicalPosition::Center);
        element.scroll_into_view_with_scroll_into_view_options(&options);
    }
}

/// A time in the words of a language (BCP 47), by the options of `Intl.DateTimeFormat`.
pub fn date_text(tag: &str, unix_ms: f64, options: &[(&str, &str)]) -> String {
    let wanted = js_sys::Object::new();
    for (name, value) in options {
        // Setting a property of a plain object cannot fail.
        let _ = js_sys::Reflect::set(&wanted, &JsValue::from_str(name), &JsValue::from_str(value));
    }
    let formatter = js_sys::Intl::DateTimeFormat::new(&js_sys::Array::of1(&tag.into()), &wanted);
    let text = formatter.format().call1(&JsValue::UNDEFINED, &js_sys::Date::new(&unix_ms.into()));
    text.ok().and_then(|text| text.as_string()).unwrap_or_default()
}

/// The height of the window in CSS pixels.
pub fn window_height() -> f64 {
    window().inner_height().ok().and_then(|height| height.as_f64()).unwrap_or(800.0)
}

/// The name of a language (BCP 47) in the words of another one; the tag itself where the browser does not know it.
pub fn language_name(in_language: &str, tag: &str) -> String {
    display_name(in_language, "language", tag)
}

/// The name of a country (ISO 3166-1, two letters) in the words of a language; its letters where the browser does not know it.
pub fn region_name(in_language: &str, code: &str) -> String {
    display_name(in_language, "region", code)
}

fn display_name(in_language: &str, kind: &str, code: &str) -> String {
    let options = js_sys::Object::new();
    // Setting a property of a plain object cannot fail.
    let _ = js_sys::Reflect::set(&options, &"type".into(), &kind.into());
    let names = js_sys::Intl::DisplayNames::new(&js_sys::Array::of1(&in_language.into()), &options);
    names.of(code).map_or_else(|| code.to_owned(), String::from)
}

/// Puts text in the place of what is selected in an `input` or a `textarea`, whose text `value` holds; the caret comes after
/// it, with the focus.
pub fn insert_at_caret(control: web_sys::Element, value: RwSignal<String>, text: &str) {
    // Both kinds of control have these attributes, which count UTF-16 units.
    let place = |name: &str| js_sys::Reflect::get(&control, &name.into()).ok().and_then(|at| at.as_f64());
    let mut units: Vec<u16> = value.get_untracked().encode_utf16().collect();
    let end = place("selectionEnd").map_or(units.len(), |at| at as usize).min(units.len());
    let start = place("selectionStart").map_or(end, |at| at as usize).min(end);
    let inserted: Vec<u16> = text.encode_utf16().collect();
    let caret = start + inserted.len();
    units.splice(start..end, inserted);
    value.set(String::from_utf16_lossy(&units));
    // The control has the new text, and the menu that was pressed has given the focus back, by the next frame.
    request_animation_frame(move || {
        if let Some(control) = control.dyn_ref::<web_sys::HtmlElement>() {
            let _ = control.focus();
        }
        let caret = JsValue::from_f64(caret as f64);
        for name in ["selectionStart", "selectionEnd"] {
            let _ = js_sys::Reflect::set(&control, &name.into(), &caret);
        }
    });
}
