//! The moment and the clip in the address of a call: `/calls/42?t=83.5&clip=7`.

use leptos::prelude::*;
use types::{CallId, ClipId};
use wasm_bindgen::JsValue;
use web_sys::UrlSearchParams;

use crate::browser;

fn query() -> Option<UrlSearchParams> {
    UrlSearchParams::new_with_str(&window().location().search().ok()?).ok()
}

/// The moment that the address states, in milliseconds: seconds, or a time such as `1:23`.
pub fn stated_moment() -> Option<i64> {
    state::recording::parse_clock(&query()?.get("t")?)
}

/// The clip that the address names.
pub fn stated_clip() -> Option<ClipId> {
    query()?.get("clip")?.parse().ok()
}

/// Writes the moment into the address of the call, so that a reload or a copy of it leads there.
pub(super) fn keep(call_id: CallId, ms: i64) {
    let (Some(query), Ok(path), Ok(history)) = (query(), window().location().pathname(), window().history())
    else {
        return;
    };
    // The page may have been left already.
    if path != format!("/calls/{call_id}") {
        return;
    }
    query.set("t", &seconds(ms));
    let address = format!("{path}?{}", String::from(query.to_string()));
    // A browser that refuses leaves the address as it is; the server keeps the position too.
    let state = history.state().unwrap_or(JsValue::NULL);
    let _ = history.replace_state_with_url(&state, "", Some(&address));
}

fn seconds(ms: i64) -> String {
    format!("{}.{}", ms / 1000, ms % 1000 / 100)
}

/// The address of a moment of a call, to share.
pub fn link_to(call_id: CallId, ms: i64) -> String {
    browser::address_of(&format!("/calls/{call_id}?t={}", seconds(ms)))
}
