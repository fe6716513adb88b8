//! How times are said: in a language, as a country writes them, in a zone that is named in words.

use jiff::Zoned;
use types::Timestamp;
use types::booking::BookingLanguage;

use crate::zones;

/// Countries whose English has twelve hours on the clock (CLDR, `timeData`).
const TWELVE_HOURS: [&str; 13] =
    ["US", "CA", "AU", "NZ", "IN", "PK", "PH", "SG", "HK", "MY", "BD", "EG", "SA"];
/// Countries whose English has the month before the day.
const MONTH_FIRST: [&str; 3] = ["US", "CA", "PH"];
const ENGLISH_DAYS: [&str; 7] =
    ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"];
const FRENCH_DAYS: [&str; 7] = ["lundi", "mardi", "mercredi", "jeudi", "vendredi", "samedi", "dimanche"];
const ENGLISH_MONTHS: [&str; 12] = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
];
const FRENCH_MONTHS: [&str; 12] = [
    "janvier",
    "février",
    "mars",
    "avril",
    "mai",
    "juin",
    "juillet",
    "août",
    "septembre",
    "octobre",
    "novembre",
    "décembre",
];

/// A language, and the country whose way of writing is used: two letters (ISO 3166-1).
#[derive(Clone, Copy, Debug)]
pub(super) struct Style<'a> {
    pub(super) language: BookingLanguage,
    pub(super) country: &'a str,
}

impl Style<'_> {
    /// When something is, such as `Monday 2 March 2026, 10:00–10:30, Paris time (UTC+1)`. The zone is an IANA name.
    pub(super) fn span(self, zone: &str, (from, until): (Timestamp, Timestamp)) -> String {
        let (start, end) = (local(zone, from), local(zone, until));
        let end_text = if start.date() == end.date() {
            format!("–{}", self.clock(&end))
        } else {
            format!(" – {}, {}", self.day(&end), self.clock(&end))
        };
        format!("{}, {}{end_text}, {}", self.day(&start), self.clock(&start), self.zone(zone, &start))
    }

    /// When something begins, such as `Monday 2 March 2026, 10:00`.
    pub(super) fn start(self, zone: &str, at: Timestamp) -> String {
        let start = local(zone, at);
        format!("{}, {}", self.day(&start), self.clock(&start))
    }

    /// The zone alone, in words, as it is at that time.
    pub(super) fn zone_at(self, zone: &str, at: Timestamp) -> String {
        self.zone(zone, &local(zone, at))
    }

    fn day(self, at: &Zoned) -> String {
        let (number, year) = (at.day(), at.year());
        let weekday = usize::try_from(at.weekday().to_monday_zero_offset()).unwrap_or_default();
        let month = usize::try_from(at.month() - 1).unwrap_or_default();
        let of = |names: &[&'static str], index: usize| names.get(index).copied().unwrap_or_default();
        match self.language {
            BookingLanguage::English => {
                let (weekday, month) = (of(&ENGLISH_DAYS, weekday), of(&ENGLISH_MONTHS, month));
                if MONTH_FIRST.contains(&self.country) {
                    format!("{weekday}, {month} {number}, {year}")
                } else {
                    format!("{weekday} {number} {month} {year}")
                }
            }
            BookingLanguage::French => {
                let (weekday, month) = (of(&FRENCH_DAYS, weekday), of(&FRENCH_MONTHS, month));
                let first = if number == 1 { "er" } else { "" };
                format!("{weekday} {number}{first} {month} {year}")
            }
        }
    }

    fn clock(self, at: &Zoned) -> String {
        let (hour, minute) = (at.hour(), at.minute());
        match self.language {
            BookingLanguage::English if TWELVE_HOURS.contains(&self.country) => {
                let half = if hour < 12 { "AM" } else { "PM" };
                let half =
                    if MONTH_FIRST.contains(&self.country) { half.to_owned() } else { half.to_lowercase() };
                format!("{}:{minute:02}\u{a0}{half}", (hour + 11) % 12 + 1)
            }
            BookingLanguage::French if self.country == "CA" => {
                format!("{hour}\u{a0}h\u{a0}{minute:02}")
            }
            BookingLanguage::English | BookingLanguage::French => format!("{hour:02}:{minute:02}"),
        }
    }

    /// The city that names the zone, as CLDR's generic location format has it, and how far its clocks are from UTC.
    fn zone(self, zone: &str, at: &Zoned) -> String {
        let place = zone.rsplit_once('/').map_or(zone, |(_, place)| place).replace('_', " ");
        let offset = offset(at.offset().seconds());
        let is_universal = ["UTC", "UCT", "GMT", "Zulu", "Universal", "Greenwich"].contains(&place.as_str());
        match self.language {
            BookingLanguage::English if is_universal => "Coordinated Universal Time (UTC)".to_owned(),
            BookingLanguage::French if is_universal => "temps universel coordonné (UTC)".to_owned(),
            _ if zone.starts_with("Etc/") => offset,
            BookingLanguage::English => format!("{place} time ({offset})"),
            BookingLanguage::French => format!("heure\u{a0}: {place} ({offset})"),
        }
    }
}

fn local(zone: &str, at: Timestamp) -> Zoned {
    zones::instant(at).to_zoned(zones::find(zone).unwrap_or(jiff::tz::TimeZone::UTC))
}

/// `UTC−8`, `UTC+5:30`.
fn offset(seconds: i32) -> String {
    let (sign, minutes) = (if seconds < 0 { '−' } else { '+' }, seconds.abs() / 60);
    match (minutes / 60, minutes % 60) {
        (0, 0) => "UTC".to_owned(),
        (hours, 0) => format!("UTC{sign}{hours}"),
        (hours, rest) => format!("UTC{sign}{hours}:{rest:02}"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn said(language: BookingLanguage, country: &str, zone: &str) -> String {
        let (from, until) =
            ("2026-03-02T22:00:00Z".parse().unwrap(), "2026-03-02T22:30:00Z".parse().unwrap());
        Style { language, country }.span(zone, (from, until)).replace('\u{a0}', " ")
    }

    #[test]
    fn times_are_said_as_a_country_writes_them() {
        let (english, french) = (BookingLanguage::English, BookingLanguage::French);
        let cases = [
            (english, "GB", "Europe/London", "Monday 2 March 2026, 22:00–22:30, London time (UTC)"),
            (
                english,
                "US",
                "America/Los_Angeles",
                "Monday, March 2, 2026, 2:00 PM–2:30 PM, Los Angeles time (UTC−8)",
            ),
            (
                english,
                "AU",
                "UTC",
                "Monday 2 March 2026, 10:00 pm–10:30 pm, Coordinated Universal Time (UTC)",
            ),
            (english, "GB", "Asia/Kolkata", "Tuesday 3 March 2026, 03:30–04:00, Kolkata time (UTC+5:30)"),
            (french, "FR", "Europe/Paris", "lundi 2 mars 2026, 23:00–23:30, heure : Paris (UTC+1)"),
            (
                french,
                "CA",
                "America/Montreal",
                "lundi 2 mars 2026, 17 h 00–17 h 30, heure : Montreal (UTC−5)",
            ),
            (french, "FR", "Etc/GMT-3", "mardi 3 mars 2026, 01:00–01:30, UTC+3"),
        ];
        for (language, country, zone, expected) in cases {
            assert_eq!(said(language, country, zone), expected);
        }
    }

    #[test]
    fn a_meeting_over_midnight_says_both_days() {
        let style = Style { language: BookingLanguage::French, country: "FR" };
        let span = ("2026-03-31T21:45:00Z".parse().unwrap(), "2026-03-31T22:15:00Z".parse().unwrap());
        assert_eq!(
            style.span("Europe/Paris", span).replace('\u{a0}', " "),
            "mardi 31 mars 2026, 23:45 – mercredi 1er avril 2026, 00:15, heure : Paris (UTC+2)"
        );
    }
}
