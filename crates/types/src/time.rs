//! Time: an instant in UTC, to the microsecond.

use crate::wire::bigint_column;

/// Microseconds since 1970-01-01T00:00:00Z. On the wire RFC 3339 with `Z`, for example `2026-03-02T09:30:00.250Z`.
///
/// Only a transaction's or the context's clock makes one on the server, so that tests can set the time.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[cfg_attr(feature = "diesel", derive(diesel::expression::AsExpression, diesel::deserialize::FromSqlRow))]
#[cfg_attr(feature = "diesel", diesel(sql_type = diesel::sql_types::BigInt))]
pub struct Timestamp(pub i64);

bigint_column!(Timestamp);

impl Timestamp {
    /// The number of microseconds in a second.
    pub const SECOND: i64 = 1_000_000;

    /// This instant moved by whole seconds; negative moves back. Saturates at the ends of `i64`.
    pub const fn plus_seconds(self, seconds: i64) -> Self {
        Self(self.0.saturating_add(seconds.saturating_mul(Self::SECOND)))
    }

    /// Whole seconds from `earlier` to this instant; negative when `earlier` is later.
    pub const fn seconds_since(self, earlier: Self) -> i64 {
        self.0.saturating_sub(earlier.0) / Self::SECOND
    }
}

// Written out instead of taken from a calendar library, whose parser is larger than a whole visitor's widget may be.
impl std::fmt::Display for Timestamp {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let seconds = self.0.div_euclid(Self::SECOND);
        let (year, month, day) = date_of(seconds.div_euclid(SECONDS_OF_DAY));
        let second = seconds.rem_euclid(SECONDS_OF_DAY);
        let (hour, minute, second) = (second / 3600, second / 60 % 60, second % 60);
        write!(f, "{year:04}-{month:02}-{day:02}T{hour:02}:{minute:02}:{second:02}")?;
        let (mut fraction, mut width) = (self.0.rem_euclid(Self::SECOND), 6);
        if fraction == 0 {
            return f.write_str("Z");
        }
        while fraction % 10 == 0 {
            (fraction, width) = (fraction / 10, width - 1);
        }
        write!(f, ".{fraction:0width$}Z")
    }
}

impl std::str::FromStr for Timestamp {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        read(text).ok_or_else(|| "expected a time as in RFC 3339, such as 2026-03-02T09:30:00Z".to_owned())
    }
}

const SECONDS_OF_DAY: i64 = 86_400;

/// Reads a time as in RFC 3339: digits beyond microseconds are dropped, a leap second is the second after it.
fn read(text: &str) -> Option<Timestamp> {
    let (date, rest) = text.as_bytes().split_at_checked(10)?;
    let (time, rest) = rest.split_at_checked(9)?;
    let (&[_, _, _, _, b'-', _, _, b'-', _, _], &[b'T' | b't' | b' ', _, _, b':', _, _, b':', _, _]) =
        (<&[u8; 10]>::try_from(date).ok()?, <&[u8; 9]>::try_from(time).ok()?)
    else {
        return None;
    };
    let (year, month, day) = (number(&date[..4])?, number(&date[5..7])?, number(&date[8..])?);
    let (hour, minute, second) = (number(&time[1..3])?, number(&time[4..6])?, number(&time[7..])?);
    let (fraction, offset) = split_fraction(rest)?;
    let days = days_until(year, month, day);
    if hour > 23 || minute > 59 || second > 60 || date_of(days) != (year, month, day) {
        return None;
    }
    let seconds = days * SECONDS_OF_DAY + hour * 3600 + minute * 60 + second - read_offset(offset)?;
    Some(Timestamp(seconds * Timestamp::SECOND + fraction))
}

pub(crate) fn number(digits: &[u8]) -> Option<i64> {
    digits.iter().try_fold(0, |sum, digit| digit.is_ascii_digit().then(|| sum * 10 + i64::from(digit - b'0')))
}

/// The microseconds after a point, and what follows them.
fn split_fraction(text: &[u8]) -> Option<(i64, &[u8])> {
    let Some(digits) = text.strip_prefix(b".") else { return Some((0, text)) };
    let end = digits.iter().position(|byte| !byte.is_ascii_digit()).filter(|&end| end > 0)?;
    let (digits, rest) = digits.split_at(end);
    let micros =
        (0..6).fold(0, |sum, place| sum * 10 + digits.get(place).map_or(0, |digit| i64::from(digit - b'0')));
    Some((micros, rest))
}

/// Seconds east of Greenwich.
fn read_offset(text: &[u8]) -> Option<i64> {
    let (sign, hours, minutes) = match *text {
        [b'Z' | b'z'] => return Some(0),
        [b'+', a, b, b':', c, d] => (1, [a, b], [c, d]),
        [b'-', a, b, b':', c, d] => (-1, [a, b], [c, d]),
        _ => return None,
    };
    let (hours, minutes) = (number(&hours)?, number(&minutes)?);
    (hours < 24 && minutes < 60).then_some(sign * (hours * 3600 + minutes * 60))
}

/// The days from 1970-01-01 to a date of the Gregorian calendar, for years from 0 on.
///
/// Years begin in March here, so that a leap day is the last of its year; 400 years have 146,097 days.
pub(crate) fn days_until(year: i64, month: i64, day: i64) -> i64 {
    let (year, month) = if month > 2 { (year, month - 3) } else { (year - 1, month + 9) };
    let leap_days = year.div_euclid(4) - year.div_euclid(100) + year.div_euclid(400);
    year * 365 + leap_days + (month * 153 + 2) / 5 + day - 1 - 719_468
}

/// The date of the Gregorian calendar, as year, month and day: the reverse of [`days_until`].
pub(crate) fn date_of(days: i64) -> (i64, i64, i64) {
    let days = days + 719_468;
    let (era, day_of_era) = (days.div_euclid(146_097), days.rem_euclid(146_097));
    let year_of_era = (day_of_era - day_of_era / 1_460 + day_of_era / 36_524 - day_of_era / 146_096) / 365;
    let day_of_year = day_of_era - (year_of_era * 365 + year_of_era / 4 - year_of_era / 100);
    let month = (day_of_year * 5 + 2) / 153;
    let day = day_of_year - (month * 153 + 2) / 5 + 1;
    let (month, next_year) = if month < 10 { (month + 3, 0) } else { (month - 9, 1) };
    (era * 400 + year_of_era + next_year, month, day)
}

impl serde::Serialize for Timestamp {
    fn serialize<S: serde::Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        to.collect_str(self)
    }
}

impl<'de> serde::Deserialize<'de> for Timestamp {
    fn deserialize<D: serde::Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        let text = std::borrow::Cow::<str>::deserialize(from)?;
        text.parse().map_err(serde::de::Error::custom)
    }
}

#[cfg(feature = "openapi")]
impl utoipa::PartialSchema for Timestamp {
    fn schema() -> utoipa::openapi::RefOr<utoipa::openapi::schema::Schema> {
        utoipa::openapi::ObjectBuilder::new()
            .schema_type(utoipa::openapi::schema::Type::String)
            .format(Some(utoipa::openapi::SchemaFormat::KnownFormat(utoipa::openapi::KnownFormat::DateTime)))
            .description(Some("An instant in UTC as in RFC 3339, with up to six decimals of a second."))
            .examples(["2026-03-02T09:30:00.25Z"])
            .into()
    }
}

#[cfg(feature = "openapi")]
impl utoipa::ToSchema for Timestamp {}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_instant_is_rfc_3339_in_utc() {
        let at = Timestamp(1_772_443_800_250_000);
        let json = serde_json::to_string(&at).unwrap();
        assert_eq!(json, "\"2026-03-02T09:30:00.25Z\"");
        assert_eq!(serde_json::from_str::<Timestamp>(&json).unwrap(), at);
        assert_eq!("2026-03-02T10:30:00.25+01:00".parse(), Ok(at));
        for bad in [
            "yesterday",
            "2026-03-02",
            "2026-03-02T09:30:00",
            "2026-02-29T00:00:00Z",
            "2026-13-01T00:00:00Z",
            "2026-03-02T24:00:00Z",
            "2026-03-02T09:30:00.Z",
            "2026-03-02T09:30:00+1:00",
            "2026-03-0xT09:30:00Z",
        ] {
            assert!(bad.parse::<Timestamp>().is_err(), "{bad}");
        }
    }

    #[test]
    fn every_day_of_the_calendar_comes_back() {
        assert_eq!(date_of(0), (1970, 1, 1));
        assert_eq!(days_until(2000, 2, 29), 11_016);
        let (mut last, start) = (date_of(-719_528), -719_527);
        for days in start..start + 800 * 366 {
            let date = date_of(days);
            assert_eq!(days_until(date.0, date.1, date.2), days);
            assert!(date > last && (1..=31).contains(&date.2), "{date:?} after {last:?}");
            last = date;
        }
    }

    #[test]
    fn fractions_and_offsets_are_exact() {
        assert_eq!(Timestamp(-1).to_string(), "1969-12-31T23:59:59.999999Z");
        assert_eq!("1969-12-31T23:59:59.9999991-00:00".parse(), Ok(Timestamp(-1)));
        assert_eq!(Timestamp(100).to_string(), "1970-01-01T00:00:00.0001Z");
        assert_eq!("2016-12-31T23:59:60Z".parse::<Timestamp>(), "2017-01-01T00:00:00Z".parse());
    }
}
