//! Time zones, by their IANA names.

use jiff::tz::TimeZone;
use platform::fields::Fields;
use types::{Date, Timestamp};

/// The zone of a name of the IANA database that comes with the program.
pub(crate) fn find(name: &str) -> Option<TimeZone> {
    // A name of the system's own, such as a path, is none of ours.
    let is_name = name.len() <= 64 && name.bytes().all(|b| b.is_ascii_alphanumeric() || b"/_-+".contains(&b));
    is_name.then(|| TimeZone::get(name).ok()).flatten()
}

/// The zone that somebody chose; UTC, after a complaint, when there is no such.
pub(crate) fn checked(fields: &mut Fields, field: &str, name: &str) -> TimeZone {
    find(name).unwrap_or_else(|| {
        fields.refuse(field, "unknown", "must be an IANA zone such as Europe/Paris".to_owned());
        TimeZone::UTC
    })
}

/// The first instant of a day in a zone.
pub(crate) fn midnight(zone: &TimeZone, date: Date) -> Timestamp {
    let midnight = civil(date).at(0, 0, 0, 0);
    zone.to_ambiguous_timestamp(midnight)
        .compatible()
        .map_or(Timestamp(date.0 * 86_400 * Timestamp::SECOND), |at| Timestamp(at.as_microsecond()))
}

/// The day that an instant is in, in a zone.
pub(crate) fn date_of(zone: &TimeZone, at: Timestamp) -> Date {
    let days = zone.to_datetime(instant(at)).date().since(EPOCH).map_or(0, |span| span.get_days());
    Date(days.into())
}

const EPOCH: jiff::civil::Date = jiff::civil::date(1970, 1, 1);

/// The day as the library has it; the last one that it knows for those beyond.
pub(crate) fn civil(date: Date) -> jiff::civil::Date {
    EPOCH
        .checked_add(jiff::SignedDuration::from_hours(date.0.saturating_mul(24)))
        .unwrap_or(jiff::civil::Date::MAX)
}

/// The instant as the library has it; the nearest that it knows for those beyond.
pub(crate) fn instant(at: Timestamp) -> jiff::Timestamp {
    let clamped = at.0.clamp(jiff::Timestamp::MIN.as_microsecond(), jiff::Timestamp::MAX.as_microsecond());
    jiff::Timestamp::from_microsecond(clamped).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn days_are_those_of_the_zone() {
        let paris = find("Europe/Paris").unwrap();
        let at: Timestamp = "2026-03-28T23:30:00Z".parse().unwrap();
        assert_eq!(date_of(&paris, at).to_string(), "2026-03-29");
        assert_eq!(midnight(&paris, date_of(&paris, at)).to_string(), "2026-03-28T23:00:00Z");
        // In Beirut midnight itself is left out when summer begins.
        let beirut = find("Asia/Beirut").unwrap();
        let date: Date = "2026-03-29".parse().unwrap();
        assert_eq!(date_of(&beirut, midnight(&beirut, date)), date);
        assert!(find("Europe/Nowhere").is_none());
        assert!(find("../etc/localtime").is_none());
    }
}
