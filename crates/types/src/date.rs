//! A day of the calendar, without a time and a time zone.

use crate::time::{date_of, days_until, number};
use crate::wire::bigint_column;

/// A day of the Gregorian calendar of the years 1 to 9999: how many days it is after 1970-01-01. On the wire
/// `2026-03-02` (RFC 3339, `full-date`).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[cfg_attr(feature = "diesel", derive(diesel::expression::AsExpression, diesel::deserialize::FromSqlRow))]
#[cfg_attr(feature = "diesel", diesel(sql_type = diesel::sql_types::BigInt))]
pub struct Date(pub i64);

bigint_column!(Date);

impl Date {
    /// The day of a year, a month from 1 to 12 and a day of the month, which exists.
    pub fn of(year: i64, month: i64, day: i64) -> Self {
        Self(days_until(year, month, day))
    }

    /// Year, month from 1 to 12 and day of the month.
    pub fn parts(self) -> (i64, i64, i64) {
        date_of(self.0)
    }
}

impl std::fmt::Display for Date {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let (year, month, day) = date_of(self.0);
        write!(f, "{year:04}-{month:02}-{day:02}")
    }
}

impl std::str::FromStr for Date {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        read(text).ok_or_else(|| "expected a day such as 2026-03-02".to_owned())
    }
}

fn read(text: &str) -> Option<Date> {
    let bytes = <&[u8; 10]>::try_from(text.as_bytes()).ok()?;
    let [_, _, _, _, b'-', _, _, b'-', _, _] = bytes else { return None };
    let date = (number(&bytes[..4])?, number(&bytes[5..7])?, number(&bytes[8..])?);
    let days = days_until(date.0, date.1, date.2);
    (date.0 > 0 && date_of(days) == date).then_some(Date(days))
}

impl serde::Serialize for Date {
    fn serialize<S: serde::Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        to.collect_str(self)
    }
}

impl<'de> serde::Deserialize<'de> for Date {
    fn deserialize<D: serde::Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        let text = std::borrow::Cow::<str>::deserialize(from)?;
        text.parse().map_err(serde::de::Error::custom)
    }
}

#[cfg(feature = "openapi")]
impl utoipa::PartialSchema for Date {
    fn schema() -> utoipa::openapi::RefOr<utoipa::openapi::schema::Schema> {
        utoipa::openapi::ObjectBuilder::new()
            .schema_type(utoipa::openapi::schema::Type::String)
            .format(Some(utoipa::openapi::SchemaFormat::KnownFormat(utoipa::openapi::KnownFormat::Date)))
            .description(Some("A day as in RFC 3339."))
            .examples(["2026-03-02"])
            .into()
    }
}

#[cfg(feature = "openapi")]
impl utoipa::ToSchema for Date {}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_day_comes_back_from_its_text() {
        for text in ["0001-01-01", "1970-01-01", "2024-02-29", "9999-12-31"] {
            assert_eq!(text.parse::<Date>().unwrap().to_string(), text);
        }
        for bad in ["", "2026-3-2", "2026-02-29", "0000-01-01", "2026-13-01", "2026-01-01T", "2O26-01-01"] {
            assert!(bad.parse::<Date>().is_err(), "{bad}");
        }
    }
}
