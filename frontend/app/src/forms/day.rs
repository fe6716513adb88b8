//! Days as date fields write them, in the browser's time zone.

use js_sys::Date;
use types::Timestamp;
use wasm_bindgen::JsValue;

/// The first instant of a day such as `2026-03-02`; `None` for anything else.
pub fn start_of_day(day: &str) -> Option<Timestamp> {
    at(day, "00:00:00")
}

/// The last second of a day such as `2026-03-02`; `None` for anything else.
pub fn end_of_day(day: &str) -> Option<Timestamp> {
    at(day, "23:59:59")
}

/// A date with a time and without a zone is local time (ECMA-262, Date Time String Format).
fn at(day: &str, time: &str) -> Option<Timestamp> {
    if day.is_empty() {
        return None;
    }
    let unix_ms = Date::new(&JsValue::from_str(&format!("{day}T{time}"))).get_time();
    unix_ms.is_finite().then_some(Timestamp(unix_ms as i64 * 1000))
}
