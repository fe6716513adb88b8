//! The days of a booking page's calendar.

use types::{Date, Timestamp};

/// The days of a week.
const WEEK: i64 = 7;

/// Which part of the calendar is shown.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Span {
    /// A month.
    #[default]
    Month,
    /// A week.
    Week,
}

/// The day of the week: 0 is Monday, 6 is Sunday.
pub fn weekday(date: Date) -> i64 {
    // 1970-01-01 was a Thursday.
    (date.0 + 3).rem_euclid(WEEK)
}

/// The day that weeks begin with in a country (CLDR, `firstDay`), as in [`weekday`].
pub fn first_weekday(country: &str) -> i64 {
    const SUNDAY: &str = "AG AS AU BD BR BS BT BW BZ CA CN CO DM DO ET GT GU HK HN ID IL IN JM JP KE KH KR LA MH \
        MM MO MT MX MZ NI NP PA PE PH PK PR PT PY SA SG SV TH TT TW UM US VE VI WS YE ZA ZW";
    const SATURDAY: &str = "AE AF BH DJ DZ EG IQ IR JO KW LY OM QA SD SY";
    let has = |countries: &str| countries.split(' ').any(|one| one == country);
    if has(SUNDAY) {
        6
    } else if has(SATURDAY) {
        5
    } else {
        0
    }
}

/// The first day of the month of a day.
pub fn month_start(date: Date) -> Date {
    let (_, _, day) = date.parts();
    Date(date.0 + 1 - day)
}

/// The last day of the month of a day.
pub fn month_end(date: Date) -> Date {
    Date(add_months(month_start(date), 1).0 - 1)
}

/// The first day of the week of a day, where weeks begin with `first_weekday`.
pub fn week_start(date: Date, first_weekday: i64) -> Date {
    Date(date.0 - (weekday(date) - first_weekday).rem_euclid(WEEK))
}

/// The same day some months later or earlier; the last of its month where there is no such day.
pub fn add_months(date: Date, months: i64) -> Date {
    let (year, month, day) = date.parts();
    let month = year * 12 + month - 1 + months;
    let start = |month: i64| Date::of(month.div_euclid(12), month.rem_euclid(12) + 1, 1).0;
    let (first, next) = (start(month), start(month + 1));
    Date((first + day - 1).min(next - 1))
}

/// The first and last day of what is shown around a day.
pub fn shown(date: Date, span: Span, first_weekday: i64) -> (Date, Date) {
    match span {
        Span::Month => (month_start(date), month_end(date)),
        Span::Week => {
            let first = week_start(date, first_weekday);
            (first, Date(first.0 + WEEK - 1))
        }
    }
}

/// The day that a key leads to in a grid of days (WAI-ARIA Authoring Practices, date picker); nothing for other keys.
pub fn moved(date: Date, key: &str, first_weekday: i64) -> Option<Date> {
    let start = week_start(date, first_weekday);
    Some(match key {
        "ArrowLeft" => Date(date.0 - 1),
        "ArrowRight" => Date(date.0 + 1),
        "ArrowUp" => Date(date.0 - WEEK),
        "ArrowDown" => Date(date.0 + WEEK),
        "Home" => start,
        "End" => Date(start.0 + WEEK - 1),
        "PageUp" => add_months(date, -1),
        "PageDown" => add_months(date, 1),
        _ => return None,
    })
}

/// The times of a day.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Day {
    /// The day, in the visitor's zone.
    pub date: Date,
    /// Its times, the earliest first.
    pub times: Vec<Timestamp>,
}

/// Times by day. `day_of` says which day an instant lies in, where the visitor is.
pub fn by_day(times: &[Timestamp], day_of: impl Fn(Timestamp) -> Option<Date>) -> Vec<Day> {
    let mut days: Vec<Day> = Vec::new();
    for &time in times {
        let Some(date) = day_of(time) else { continue };
        match days.last_mut().filter(|day| day.date == date) {
            Some(day) => day.times.push(time),
            None => days.push(Day { date, times: vec![time] }),
        }
    }
    days
}

/// The instants to ask times between for days from `first` to `last`, whatever the zone: a day more at each end.
pub fn asked(first: Date, last: Date) -> (String, String) {
    let midnight = |day: i64| [&Date(day).to_string(), "T00:00:00Z"].concat();
    (midnight(first.0 - 1), midnight(last.0 + 2))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(text: &str) -> Date {
        text.parse().unwrap()
    }

    #[test]
    fn weeks_begin_where_the_country_says() {
        // 2026-06-12 is a Friday.
        let friday = day("2026-06-12");
        assert_eq!(weekday(friday), 4);
        let starts = ["FR", "US", "EG"].map(|country| week_start(friday, first_weekday(country)).to_string());
        assert_eq!(starts, ["2026-06-08", "2026-06-07", "2026-06-06"]);
        let sunday = day("2026-06-14");
        assert_eq!(week_start(sunday, 0), day("2026-06-08"));
        assert_eq!(week_start(sunday, 6), sunday);
        assert_eq!(weekday(day("1969-12-29")), 0, "before 1970 too");
    }

    #[test]
    fn months_keep_their_lengths() {
        let ends = ["2026-02-10", "2028-02-29", "2026-12-31", "2100-02-01"]
            .map(|one| (month_start(day(one)).to_string(), month_end(day(one)).to_string()));
        let expected = [
            ("2026-02-01", "2026-02-28"),
            ("2028-02-01", "2028-02-29"),
            ("2026-12-01", "2026-12-31"),
            ("2100-02-01", "2100-02-28"),
        ];
        assert_eq!(ends, expected.map(|(first, last)| (first.to_owned(), last.to_owned())));
        assert_eq!(add_months(day("2026-01-31"), 1), day("2026-02-28"));
        assert_eq!(add_months(day("2026-03-31"), -1), day("2026-02-28"));
        assert_eq!(add_months(day("2026-11-30"), 3), day("2027-02-28"));
        assert_eq!(add_months(day("2026-01-15"), -1), day("2025-12-15"));
    }

    #[test]
    fn keys_move_as_in_a_date_picker() {
        let from = day("2026-06-12");
        let reached = |key| moved(from, key, 0).map(|date| date.to_string());
        let keys =
            ["ArrowLeft", "ArrowRight", "ArrowUp", "ArrowDown", "Home", "End", "PageUp", "PageDown", "Enter"];
        let expected = [
            Some("2026-06-11"),
            Some("2026-06-13"),
            Some("2026-06-05"),
            Some("2026-06-19"),
            Some("2026-06-08"),
            Some("2026-06-14"),
            Some("2026-05-12"),
            Some("2026-07-12"),
            None,
        ];
        assert_eq!(keys.map(reached), expected.map(|date| date.map(ToOwned::to_owned)));
    }

    #[test]
    fn what_is_shown_and_asked_for() {
        let date = day("2026-06-12");
        assert_eq!(shown(date, Span::Month, 0), (day("2026-06-01"), day("2026-06-30")));
        assert_eq!(shown(date, Span::Week, 6), (day("2026-06-07"), day("2026-06-13")));
        let (from, until) = asked(day("2026-06-01"), day("2026-06-30"));
        assert_eq!(
            (from.as_str(), until.as_str()),
            ("2026-05-31T00:00:00Z", "2026-07-02T00:00:00Z"),
            "zones are up to 14 hours before UTC and 12 after it"
        );
    }

    #[test]
    fn times_lie_in_the_days_of_the_zone() {
        let at = |text: &str| text.parse::<Timestamp>().unwrap();
        let times = ["2026-06-12T06:30:00Z", "2026-06-12T07:00:00Z", "2026-06-12T22:00:00Z"].map(at);
        // Three hours east of Greenwich the last is on the next day.
        let east = |time: Timestamp| Some(Date(time.plus_seconds(3 * 3600).0.div_euclid(86_400_000_000)));
        let days = by_day(&times, east);
        let counts: Vec<_> = days.iter().map(|day| (day.date.to_string(), day.times.len())).collect();
        assert_eq!(counts, [("2026-06-12".to_owned(), 2), ("2026-06-13".to_owned(), 1)]);
    }
}
