//! Values of properties (RFC 5545, section 3.3): dates, durations and text.

use jiff::{
    Timestamp,
    civil::{Date, DateTime, Time},
    tz::TimeZone,
};

use super::{
    parse::Property,
    zone::{Zone, Zones},
};
use crate::Result;

/// A date, or a date with a time of day, in a zone.
#[derive(Clone, Debug)]
pub(crate) struct Moment {
    pub(crate) local: DateTime,
    pub(crate) zone: Zone,
    /// Whether it is a date alone. Its instant is that of the day's beginning in the calendar's zone.
    pub(crate) is_date: bool,
}

impl Moment {
    pub(crate) fn instant(&self) -> Option<Timestamp> {
        self.zone.instant(self.local)
    }
}

/// How long something takes: days are those of the local clock, seconds are exact (RFC 5545, section 3.3.6).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Length {
    pub(crate) days: i64,
    pub(crate) seconds: i64,
}

/// `YYYYMMDD`.
pub(crate) fn date(text: &str) -> Option<Date> {
    if text.len() != 8 || !text.bytes().all(|byte| byte.is_ascii_digit()) {
        return None;
    }
    Date::new(text[..4].parse().ok()?, text[4..6].parse().ok()?, text[6..].parse().ok()?).ok()
}

/// `YYYYMMDDTHHMMSS`, and whether a `Z` follows. A leap second is the second before it.
pub(crate) fn date_time(text: &str) -> Option<(DateTime, bool)> {
    let (text, is_utc) = text.strip_suffix(['Z', 'z']).map_or((text, false), |text| (text, true));
    let (day, time) = text.split_once(['T', 't'])?;
    if !matches!(time.len(), 4 | 6) || !time.bytes().all(|byte| byte.is_ascii_digit()) {
        return None;
    }
    let seconds: i8 = time.get(4..6).map_or(Some(0), |seconds| seconds.parse().ok())?;
    let time = Time::new(time[..2].parse().ok()?, time[2..4].parse().ok()?, seconds.min(59), 0).ok()?;
    Some((DateTime::from_parts(date(day)?, time), is_utc))
}

/// `P1DT2H`, `-PT15M`, `P2W`.
pub(crate) fn length(text: &str) -> Option<Length> {
    let (sign, text) = text.strip_prefix('-').map_or((1, text), |text| (-1, text));
    let text = text.strip_prefix('+').unwrap_or(text).strip_prefix('P')?;
    let mut found = Length::default();
    let mut digits = String::new();
    for character in text.chars() {
        if character.is_ascii_digit() && digits.len() < 9 {
            digits.push(character);
            continue;
        }
        if character == 'T' {
            continue;
        }
        let number: i64 = digits.parse().ok()?;
        digits.clear();
        match character {
            'W' => found.days += 7 * number,
            'D' => found.days += number,
            'H' => found.seconds += 3600 * number,
            'M' => found.seconds += 60 * number,
            'S' => found.seconds += number,
            _ => return None,
        }
    }
    digits.is_empty().then_some(Length { days: sign * found.days, seconds: sign * found.seconds })
}

/// One value of a property such as DTSTART. `None` when it cannot be understood.
pub(crate) fn moment(property: &Property, value: &str, zones: &Zones<'_>) -> Result<Option<Moment>> {
    let value = value.trim();
    if let Some(day) = date(value) {
        let local = DateTime::from_parts(day, Time::midnight());
        return Ok(Some(Moment { local, zone: zones.floating(), is_date: true }));
    }
    let Some((local, is_utc)) = date_time(value) else { return Ok(None) };
    let zone = if is_utc { Zone::Iana(TimeZone::UTC) } else { zones.named(property.parameter("TZID"))? };
    Ok(Some(Moment { local, zone, is_date: false }))
}

/// The text that a value stands for (RFC 5545, section 3.3.11).
pub(crate) fn unescaped(value: &str) -> String {
    let mut out = String::with_capacity(value.len());
    let mut characters = value.chars();
    while let Some(character) = characters.next() {
        match character {
            '\\' => match characters.next() {
                Some('n' | 'N') => out.push('\n'),
                Some(other) => out.push(other),
                None => {}
            },
            other => out.push(other),
        }
    }
    out
}

/// A text as a value. What cannot stand in one, control characters, is left out.
pub(crate) fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for character in text.replace("\r\n", "\n").chars() {
        match character {
            '\\' | ';' | ',' => out.extend(['\\', character]),
            '\n' | '\r' => out.push_str("\\n"),
            '\t' => out.push('\t'),
            other if other.is_control() => {}
            other => out.push(other),
        }
    }
    out
}
