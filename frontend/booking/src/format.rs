//! Days, times and zones in words, by the browser's `Intl`.

use std::cell::RefCell;

use js_sys::{Array, Date as JsDate, Function, Intl, Object, Reflect};
use types::{Date, Timestamp};
use visitor_kit::booking::numbers::Marks;
use wasm_bindgen::{JsCast, JsValue};

/// What is said of an instant: names and values of the options of `Intl.DateTimeFormat`.
type Style = &'static [(&'static str, &'static str)];

const TIME: Style = &[("timeStyle", "short")];
const ISO_DAY: Style = &[("year", "numeric"), ("month", "2-digit"), ("day", "2-digit")];
const DAY: Style = &[("weekday", "long"), ("day", "numeric"), ("month", "long")];
const DAY_OF_YEAR: Style = &[("weekday", "long"), ("day", "numeric"), ("month", "long"), ("year", "numeric")];
const SHORT_DAY: Style = &[("weekday", "short"), ("day", "numeric"), ("month", "short")];
const MONTH: Style = &[("month", "long"), ("year", "numeric")];
const WEEKDAY: Style = &[("weekday", "short")];
const LONG_WEEKDAY: Style = &[("weekday", "long")];
const ZONE: Style = &[("timeZoneName", "long")];

/// A locale whose dates are those of ISO 8601.
const ISO: &str = "sv-SE";
const UTC: &str = "UTC";
/// Digits that a 64-bit floating-point number keeps (IEEE 754).
const MOST_DIGITS: usize = 15;

struct Format {
    locale: String,
    zone: String,
    style: Style,
    made: Intl::DateTimeFormat,
}

thread_local! {
    /// Making one takes a hundred times as long as using it.
    static FORMATS: RefCell<Vec<Format>> = const { RefCell::new(Vec::new()) };
}

fn format(locale: &str, zone: &str, style: Style) -> Intl::DateTimeFormat {
    FORMATS.with_borrow_mut(|formats| {
        let known = formats
            .iter()
            .find(|known| std::ptr::eq(known.style, style) && known.zone == zone && known.locale == locale);
        if let Some(known) = known {
            return known.made.clone();
        }
        let made = make(locale, zone, style);
        formats.push(Format { locale: locale.to_owned(), zone: zone.to_owned(), style, made: made.clone() });
        made
    })
}

fn make(locale: &str, zone: &str, style: Style) -> Intl::DateTimeFormat {
    let options = Object::new();
    for (name, value) in style.iter().chain([&("timeZone", zone)]) {
        let _ = Reflect::set(&options, &JsValue::from_str(name), &JsValue::from_str(value));
    }
    Intl::DateTimeFormat::new(&Array::of1(&JsValue::from_str(locale)), &options)
}

fn js(at: Timestamp) -> JsDate {
    JsDate::new(&JsValue::from_f64((at.0 / 1000) as f64))
}

fn formatted(at: Timestamp, locale: &str, zone: &str, style: Style) -> String {
    let format: Function = format(locale, zone, style).format().unchecked_into();
    // Fails only for instants that the browser does not know.
    let text = format.call1(&JsValue::NULL, &js(at));
    text.ok().and_then(|text| text.as_string()).unwrap_or_default()
}

/// Noon of a day in UTC: an instant by which the day can be named, whatever the zone.
fn noon(date: Date) -> Timestamp {
    Timestamp((date.0 * 24 + 12) * 3600 * Timestamp::SECOND)
}

/// The time of day in a zone, such as `9:30 AM`.
pub fn time(at: Timestamp, locale: &str, zone: &str) -> String {
    formatted(at, locale, zone, TIME)
}

/// The day that an instant lies in, in a zone.
pub fn day_of(at: Timestamp, zone: &str) -> Option<Date> {
    formatted(at, ISO, zone, ISO_DAY).parse().ok()
}

/// The day of an instant with its year, such as `Friday, June 12, 2026`.
pub fn day_of_year(at: Timestamp, locale: &str, zone: &str) -> String {
    formatted(at, locale, zone, DAY_OF_YEAR)
}

/// A day, such as `Friday, June 12`.
pub fn day(date: Date, locale: &str) -> String {
    formatted(noon(date), locale, UTC, DAY)
}

/// A day in short, such as `Fri, Jun 12`.
pub fn short_day(date: Date, locale: &str) -> String {
    formatted(noon(date), locale, UTC, SHORT_DAY)
}

/// A number that was typed, with a point and nothing between thousands; the text itself where it is none.
pub fn plain_number(typed: &str, locale: &str) -> String {
    read_number(typed, locale).unwrap_or_else(|| typed.to_owned())
}

/// A number that was typed, as the country writes it; the text itself where it is none, or too long to stay as exact.
pub fn tidy_number(typed: &str, locale: &str) -> String {
    let exact = read_number(typed, locale).filter(|plain| plain.len() <= MOST_DIGITS);
    exact.and_then(|plain| number(&plain, locale)).unwrap_or_else(|| typed.to_owned())
}

fn read_number(typed: &str, locale: &str) -> Option<String> {
    Marks::of_example(&number("12345.6", locale)?)?.plain(typed)
}

/// `plain` in the form of the country. It is never made a number in Rust: that would take more room than the rest of this file.
fn number(plain: &str, locale: &str) -> Option<String> {
    let options = Object::new();
    // Fails only for objects that are frozen.
    let _ = Reflect::set(&options, &"maximumFractionDigits".into(), &JsValue::from_f64(15.0));
    let format = Intl::NumberFormat::new(&Array::of1(&JsValue::from_str(locale)), &options);
    let format: Function = format.format().unchecked_into();
    format.call1(&JsValue::NULL, &JsValue::from_str(plain)).ok()?.as_string()
}

/// A month, such as `June 2026`.
pub fn month(date: Date, locale: &str) -> String {
    formatted(noon(date), locale, UTC, MONTH)
}

/// A day of the week, such as `Fri`.
pub fn weekday(date: Date, locale: &str) -> String {
    formatted(noon(date), locale, UTC, WEEKDAY)
}

/// A day of the week, such as `Friday`.
pub fn long_weekday(date: Date, locale: &str) -> String {
    formatted(noon(date), locale, UTC, LONG_WEEKDAY)
}

/// A zone in words as it is at an instant, such as `Central European Summer Time`.
pub fn zone_name(at: Timestamp, locale: &str, zone: &str) -> String {
    let parts = format(locale, zone, ZONE).format_to_parts(&js(at));
    let part = |part: &JsValue, name: &str| Reflect::get(part, &name.into()).ok()?.as_string();
    let name = parts.iter().find(|one| part(one, "type").as_deref() == Some("timeZoneName"));
    name.and_then(|one| part(&one, "value")).unwrap_or_else(|| zone.to_owned())
}

/// Whether this browser knows a zone. Asked of `Date`, which throws something that can be caught here.
pub fn is_known(zone: &str) -> bool {
    let options = Object::new();
    let _ = Reflect::set(&options, &"timeZone".into(), &zone.into());
    let date = JsDate::new_0();
    let write =
        Reflect::get(&date, &"toLocaleDateString".into()).ok().and_then(|f| f.dyn_into::<Function>().ok());
    write.is_some_and(|write| write.call2(&date, &ISO.into(), &options).is_ok())
}

/// The names of the zones that this browser knows.
pub fn zones() -> Vec<String> {
    let intl = Reflect::get(&js_sys::global(), &"Intl".into()).unwrap_or(JsValue::UNDEFINED);
    let list =
        Reflect::get(&intl, &"supportedValuesOf".into()).ok().and_then(|f| f.dyn_into::<Function>().ok());
    let list = list.and_then(|list| list.call1(&intl, &"timeZone".into()).ok());
    let names = list.map(|list| Array::from(&list).iter().filter_map(|name| name.as_string()).collect());
    names.unwrap_or_default()
}
