//! Times in the words of a language and of a time zone, and what is typed as a local time of a zone.
//!
//! The browser knows the zones (IANA). It may be older than a zone that the server knows: such a zone shows as UTC.

use js_sys::{Array, Date, Function, Object, Reflect};
use types::Timestamp;
use ui::ComboboxOption;
use wasm_bindgen::{JsCast, JsValue};

use crate::context::App;
use crate::preferences;

/// How an instant stands beside others.
type Style<'a> = &'a [(&'a str, &'a str)];

const TIME: Style = &[("hour", "2-digit"), ("minute", "2-digit")];
const DAY: Style = &[("weekday", "long"), ("day", "numeric"), ("month", "long"), ("year", "numeric")];
const SHORT_DAY: Style = &[("weekday", "short"), ("day", "numeric"), ("month", "short"), ("year", "numeric")];
/// A time as a number, whatever the language: `2026-03-02 09:30:00`.
const PLAIN: Style = &[
    ("year", "numeric"),
    ("month", "2-digit"),
    ("day", "2-digit"),
    ("hour", "2-digit"),
    ("minute", "2-digit"),
    ("second", "2-digit"),
    ("hourCycle", "h23"),
];
/// Swedish writes dates as ISO 8601 does.
const PLAIN_LANGUAGE: &str = "sv-SE";

/// The zone of this browser, as an IANA name.
pub fn own_zone() -> String {
    let resolved = formatter("en", &[]).map(|formatter| formatter.resolved_options());
    let zone = resolved.and_then(|options| Reflect::get(&options, &"timeZone".into()).ok());
    zone.and_then(|zone| zone.as_string()).unwrap_or_else(|| "UTC".to_owned())
}

/// Every zone that the browser knows, and the one that is chosen.
pub fn zone_options(chosen: &str) -> Vec<ComboboxOption> {
    let mut names = known_zones();
    for more in ["UTC", chosen] {
        if !more.is_empty() && !names.iter().any(|name| name == more) {
            names.push(more.to_owned());
        }
    }
    names.into_iter().map(|name| ComboboxOption { label: name.replace('_', " "), value: name }).collect()
}

/// `Intl.supportedValuesOf`, which browsers before 2022 do not have.
fn known_zones() -> Vec<String> {
    let list = || -> Result<JsValue, JsValue> {
        let intl = Reflect::get(&js_sys::global(), &"Intl".into())?;
        let supported = Reflect::get(&intl, &"supportedValuesOf".into())?;
        supported.dyn_into::<Function>()?.call1(&intl, &"timeZone".into())
    };
    let names = list().ok().and_then(|list| list.dyn_into::<Array>().ok()).unwrap_or_default();
    names.iter().filter_map(|name| name.as_string()).collect()
}

/// The day in a zone: "Monday, 2 March 2026". Tracked.
pub fn day_text(app: App, zone: &str, at: Timestamp) -> String {
    text(app, zone, at, DAY)
}

/// The day in a zone in short: "Mon, 2 Mar 2026". Tracked.
pub fn short_day_text(app: App, zone: &str, at: Timestamp) -> String {
    text(app, zone, at, SHORT_DAY)
}

/// From when until when, in a zone: "09:30 – 10:00". Tracked.
pub fn time_range(app: App, zone: &str, from: Timestamp, until: Timestamp) -> String {
    let (first, last) = (text(app, zone, from, TIME), text(app, zone, until, TIME));
    let ends_later = plain(zone, from).get(..10) != plain(zone, until).get(..10);
    if ends_later {
        format!("{first} – {} {last}", text(app, zone, until, DAY))
    } else {
        format!("{first} – {last}")
    }
}

/// All of it in words: "Monday, 2 March 2026, 09:30 – 10:00, Central European Standard Time (Europe/Paris)". Tracked.
pub fn in_words(app: App, zone: &str, from: Timestamp, until: Timestamp) -> String {
    let (day, range) = (day_text(app, zone, from), time_range(app, zone, from, until));
    format!("{day}, {range}, {} ({})", zone_name(app, zone, from), zone.replace('_', " "))
}

/// What the zone is called at that time: "Central European Standard Time". Tracked.
fn zone_name(app: App, zone: &str, at: Timestamp) -> String {
    let tag = preferences::tag(app.i18n.get_locale());
    let Some(formatter) = in_zone(tag, zone, &[("timeZoneName", "long")]) else { return String::new() };
    let part = |part: &JsValue, name: &str| Reflect::get(part, &name.into()).ok()?.as_string();
    let parts = formatter.format_to_parts(&date(at));
    let name = parts.iter().find(|own| part(own, "type").as_deref() == Some("timeZoneName"));
    name.and_then(|own| part(&own, "value")).unwrap_or_default()
}

fn text(app: App, zone: &str, at: Timestamp, style: Style) -> String {
    formatted(preferences::tag(app.i18n.get_locale()), zone, at, style)
}

fn plain(zone: &str, at: Timestamp) -> String {
    formatted(PLAIN_LANGUAGE, zone, at, PLAIN)
}

fn formatted(tag: &str, zone: &str, at: Timestamp, style: Style) -> String {
    let text = in_zone(tag, zone, style)
        .and_then(|formatter| formatter.format().call1(&JsValue::UNDEFINED, &date(at)).ok());
    text.and_then(|text| text.as_string()).unwrap_or_default()
}

fn date(at: Timestamp) -> Date {
    Date::new(&(at.0 as f64 / 1000.0).into())
}

/// A formatter of times in a zone; in UTC where the browser does not know the zone.
fn in_zone(tag: &str, zone: &str, style: Style) -> Option<js_sys::Intl::DateTimeFormat> {
    let made = |zone: &str| {
        let options: Vec<(&str, &str)> = style.iter().copied().chain([("timeZone", zone)]).collect();
        formatter(tag, &options)
    };
    made(zone).or_else(|| made("UTC"))
}

/// `None` where the browser knows no such zone: its constructor throws.
fn formatter(tag: &str, options: Style) -> Option<js_sys::Intl::DateTimeFormat> {
    let wanted = Object::new();
    for (name, value) in options {
        // Setting a property of a plain object cannot fail.
        let _ = Reflect::set(&wanted, &JsValue::from_str(name), &JsValue::from_str(value));
    }
    let intl = Reflect::get(&js_sys::global(), &"Intl".into()).ok()?;
    let constructor = Reflect::get(&intl, &"DateTimeFormat".into()).ok()?.dyn_into::<Function>().ok()?;
    let made = Reflect::construct(&constructor, &Array::of2(&tag.into(), &wanted)).ok()?;
    Some(made.unchecked_into())
}

/// The day and the time in a zone as fields write them: `2026-03-02` and `09:30`.
pub fn fields_of(zone: &str, at: Timestamp) -> (String, String) {
    let plain = plain(zone, at);
    let part = |from, until| plain.get(from..until).unwrap_or_default().to_owned();
    (part(0, 10), part(11, 16))
}

/// The instant of a day and a time as fields write them, by the clocks of a zone; `None` while one is not filled in.
pub fn instant_in(zone: &str, day: &str, time: &str) -> Option<Timestamp> {
    if day.is_empty() || time.is_empty() {
        return None;
    }
    let local_ms = parsed(&format!("{day}T{time}"))?;
    let offset_ms = |unix_ms: i64| {
        let shown = plain(zone, Timestamp(unix_ms * 1000)).replacen(' ', "T", 1);
        // Clocks show whole seconds.
        parsed(&shown).map_or(0, |shown| shown - unix_ms.div_euclid(1000) * 1000)
    };
    Some(Timestamp(state::local_time::instant_of(local_ms, offset_ms) * 1000))
}

/// Milliseconds since 1970, as if the local time were UTC.
fn parsed(local: &str) -> Option<i64> {
    let unix_ms = Date::parse(&format!("{local}Z"));
    unix_ms.is_finite().then_some(unix_ms as i64)
}
