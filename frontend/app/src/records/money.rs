//! Amounts of money: minor units on the wire, units of the currency on the screen.

use js_sys::{Array, Intl, Object, Reflect};
use types::crm::Deal;
use wasm_bindgen::JsValue;

/// The amount of a deal in minor units, and its currency.
pub fn of(deal: &Deal) -> Option<(i64, &str)> {
    Some((deal.amount_minor?, deal.currency.as_deref()?))
}

/// An amount in the words of a language (BCP 47), with the sign of its currency.
pub fn shown(tag: &str, minor: i64, currency: &str) -> String {
    let Some(formatter) = formatter(tag, currency) else { return plain(minor, currency) };
    let units = minor as f64 / 10_f64.powi(i32::from(digits(currency)));
    let text = formatter.format().call1(&JsValue::UNDEFINED, &units.into());
    text.ok().and_then(|text| text.as_string()).unwrap_or_default()
}

/// An amount in the units of its currency, as a form shows it: `1200.50`.
pub fn plain(minor: i64, currency: &str) -> String {
    plain_with(minor, digits(currency))
}

fn plain_with(minor: i64, digits: u8) -> String {
    if digits == 0 {
        return minor.to_string();
    }
    let whole = 10_i64.pow(digits.into());
    format!("{}.{:0width$}", minor / whole, minor % whole, width = digits.into())
}

/// The minor units of what was typed, with a point or a comma; `None` for anything that is not an amount of the currency.
pub fn parse(typed: &str, currency: &str) -> Option<i64> {
    parse_with(typed, digits(currency))
}

fn parse_with(typed: &str, digits: u8) -> Option<i64> {
    let typed: String = typed.chars().filter(|c| !c.is_whitespace()).collect();
    let (whole, part) = typed.split_once(['.', ',']).unwrap_or((&typed, ""));
    let width = usize::from(digits);
    let is_number = |text: &str| text.bytes().all(|byte| byte.is_ascii_digit());
    if whole.is_empty() || !is_number(whole) || !is_number(part) || part.len() > width {
        return None;
    }
    format!("{whole}{part:0<width$}").parse().ok()
}

/// How many digits the minor unit of a currency has (ISO 4217): 2 for the euro, 0 for the yen.
fn digits(currency: &str) -> u8 {
    let digits = formatter("en", currency).and_then(|formatter| {
        Reflect::get(&formatter.resolved_options(), &"maximumFractionDigits".into()).ok()?.as_f64()
    });
    digits.map_or(2, |digits| digits as u8)
}

/// `None` for what is not of the form of a currency's code, which the formatter would throw at.
fn formatter(tag: &str, currency: &str) -> Option<Intl::NumberFormat> {
    if currency.len() != 3 || !currency.bytes().all(|byte| byte.is_ascii_alphabetic()) {
        return None;
    }
    let options = Object::new();
    for (name, value) in [("style", "currency"), ("currency", currency)] {
        // Setting a property of a plain object cannot fail.
        let _ = Reflect::set(&options, &name.into(), &value.into());
    }
    Some(Intl::NumberFormat::new(&Array::of1(&tag.into()), &options))
}

#[cfg(test)]
mod tests {
    use super::{parse_with, plain_with};

    #[test]
    fn amounts_are_read_as_they_are_written() {
        for (typed, digits, minor) in
            [("1200.50", 2, 120_050), ("0.05", 2, 5), ("700", 0, 700), ("1.250", 3, 1_250)]
        {
            assert_eq!(parse_with(typed, digits), Some(minor), "{typed}");
            assert_eq!(plain_with(minor, digits), typed);
        }
        assert_eq!(parse_with("1 200,5", 2), Some(120_050));
    }

    #[test]
    fn what_is_no_amount_is_refused() {
        for typed in ["", "abc", "-5", "1.234", "1.2.3", ".5"] {
            assert_eq!(parse_with(typed, 2), None, "{typed}");
        }
    }
}
