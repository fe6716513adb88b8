//! Days and minutes as the browser's fields write them, in its time zone.

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

fn at(day: &str, time: &str) -> Option<Timestamp> {
    if day.is_empty() { None } else { instant(&format!("{day}T{time}")) }
}

/// The instant of a local date with a time, such as `2026-03-02T09:30`; `None` for anything else.
pub fn instant(local: &str) -> Option<Timestamp> {
    // A date with a time and without a zone is local time (ECMA-262, Date Time String Format).
    let unix_ms = Date::new(&JsValue::from_str(local)).get_time();
    (local.contains('T') && unix_ms.is_finite()).then_some(Timestamp(unix_ms as i64 * 1000))
}

/// An instant, in milliseconds since 1970 UTC, as a field of local date and time writes it: `2026-03-02T09:30`.
pub fn local_minute(unix_ms: f64) -> String {
    let offset_ms = Date::new(&unix_ms.into()).get_timezone_offset() * 60_000.0;
    let shifted = Date::new(&(unix_ms - offset_ms).into()).to_iso_string();
    String::from(shifted).chars().take("2026-03-02T09:30".len()).collect()
}
