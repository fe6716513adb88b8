//! Time as the visitor's browser knows it.

use js_sys::{Date, Function};
use types::Timestamp;
use wasm_bindgen::prelude::*;

use super::page;
use super::task::called;

const MILLISECOND: i64 = 1000;
const MILLISECONDS_OF_DAY: f64 = 86_400_000.0;

/// Now.
pub fn now() -> Timestamp {
    Timestamp(Date::now() as i64 * MILLISECOND)
}

/// Waits.
pub async fn sleep(milliseconds: u32) {
    called(&mut |resolve| call_after(milliseconds, &resolve)).await;
}

/// Calls a function after a while.
pub(super) fn call_after(milliseconds: u32, function: &Function) {
    if let Some(window) = page::window() {
        let milliseconds = i32::try_from(milliseconds).unwrap_or(i32::MAX);
        // Fails only where the function cannot be called.
        let _ = window.set_timeout_with_callback_and_timeout_and_arguments_0(function, milliseconds);
    }
}

/// The number of the local day that an instant lies in.
pub fn day_of(at: Timestamp) -> i32 {
    let date = date(at);
    let local = date.get_time() - date.get_timezone_offset() * 60_000.0;
    (local / MILLISECONDS_OF_DAY).floor() as i32
}

/// The local time of day, for example `09:30`.
pub fn time_of_day(at: Timestamp, locale: &str) -> String {
    formatted(at, locale, &[("hour", "2-digit"), ("minute", "2-digit")])
}

/// The local day, for example `Monday, March 2`.
pub fn name_of_day(at: Timestamp, locale: &str) -> String {
    formatted(at, locale, &[("weekday", "long"), ("day", "numeric"), ("month", "long")])
}

/// Day and time, for example `Monday, March 2 at 09:30`.
pub fn day_and_time(at: Timestamp, locale: &str) -> String {
    formatted(at, locale, &[("dateStyle", "full"), ("timeStyle", "short")])
}

fn date(at: Timestamp) -> Date {
    Date::new(&JsValue::from_f64((at.0 / MILLISECOND) as f64))
}

fn formatted(at: Timestamp, locale: &str, options: &[(&str, &str)]) -> String {
    let chosen = js_sys::Object::new();
    for (name, value) in options {
        let _ = js_sys::Reflect::set(&chosen, &JsValue::from_str(name), &JsValue::from_str(value));
    }
    date(at).to_locale_string(locale, &chosen).into()
}
