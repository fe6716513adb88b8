//! Times as people say them: "2 min. ago" in lists, exact on hover.

use std::time::Duration;

use js_sys::{Array, Date, Intl, Object, Reflect};
use leptos::prelude::*;
use wasm_bindgen::JsValue;

/// How often the text is computed anew.
const TICK: Duration = Duration::from_secs(30);

const MINUTE: f64 = 60.0;
const HOUR: f64 = 60.0 * MINUTE;
const DAY: f64 = 24.0 * HOUR;

/// The language that times are written in, as a BCP 47 tag. Provide it as context; the browser's language otherwise.
#[derive(Clone, Copy)]
pub struct Language(pub Signal<String>);

/// A time as its distance from now, or as a date when it is more than a week away.
#[component]
pub fn RelativeTime(
    /// The time in milliseconds since 1970-01-01 UTC.
    #[prop(into)]
    unix_ms: Signal<f64>,
) -> impl IntoView {
    let language = use_context::<Language>();
    let tag = move || language.map(|language| language.0.get()).filter(|tag| !tag.is_empty());
    let now = RwSignal::new(Date::now());
    // Without a timer the text merely stays as it was first drawn.
    if let Ok(timer) = set_interval_with_handle(move || now.set(Date::now()), TICK) {
        on_cleanup(move || timer.clear());
    }
    let text = move || {
        let (at, tag) = (unix_ms.get(), tag());
        match distance((at - now.get()) / 1000.0) {
            Some((amount, unit)) => relative(tag.as_deref(), amount, unit),
            None => formatted(at, tag.as_deref(), &[("dateStyle", "medium")]),
        }
    };
    let exact =
        move || formatted(unix_ms.get(), tag().as_deref(), &[("dateStyle", "full"), ("timeStyle", "medium")]);
    let machine = move || String::from(Date::new(&unix_ms.get().into()).to_iso_string());
    view! { <time class="num" datetime=machine title=exact>{text}</time> }
}

/// The amount and the `Intl` unit for `seconds` from now (negative in the past); `None` beyond a week.
fn distance(seconds: f64) -> Option<(f64, &'static str)> {
    let (size, unit) = match seconds.abs() {
        size if size < MINUTE => return Some((0.0, "second")),
        size if size < HOUR => (MINUTE, "minute"),
        size if size < DAY => (HOUR, "hour"),
        size if size < 7.0 * DAY => (DAY, "day"),
        _ => return None,
    };
    Some(((seconds / size).trunc(), unit))
}

fn relative(tag: Option<&str>, amount: f64, unit: &str) -> String {
    let formatter =
        Intl::RelativeTimeFormat::new(&locales(tag), &options(&[("style", "short"), ("numeric", "auto")]));
    formatter.format(amount, unit).into()
}

fn formatted(unix_ms: f64, tag: Option<&str>, style: &[(&str, &str)]) -> String {
    let formatter = Intl::DateTimeFormat::new(&locales(tag), &options(style));
    let text = formatter.format().call1(&JsValue::UNDEFINED, &Date::new(&unix_ms.into()));
    text.ok().and_then(|text| text.as_string()).unwrap_or_default()
}

fn locales(tag: Option<&str>) -> Array {
    tag.map(JsValue::from_str).into_iter().collect()
}

fn options(entries: &[(&str, &str)]) -> Object {
    let options = Object::new();
    for (name, value) in entries {
        // Setting a property of a plain object cannot fail.
        let _ = Reflect::set(&options, &JsValue::from_str(name), &JsValue::from_str(value));
    }
    options
}

#[cfg(test)]
mod tests {
    use super::distance;

    #[test]
    fn the_unit_follows_the_distance() {
        assert_eq!(distance(-20.0), Some((0.0, "second")));
        assert_eq!(distance(-150.0), Some((-2.0, "minute")));
        assert_eq!(distance(-3_700.0), Some((-1.0, "hour")));
        assert_eq!(distance(90_000.0), Some((1.0, "day")));
        assert_eq!(distance(-700_000.0), None);
    }
}
