//! Hours of the week as the editor draws them: a list of ranges a day, in minutes from its midnight.

use types::Date;
use types::booking::{Availability, TimeRange, WeekdayHours};

/// The minutes of a day.
pub const MINUTES_OF_DAY: u16 = 1440;

/// The ranges of the seven days, Monday first.
pub type Week = [Vec<TimeRange>; 7];

/// The hours of the week by day; days that are not named are closed.
pub fn week_of(weekly: &[WeekdayHours]) -> Week {
    let mut week = Week::default();
    for hours in weekly {
        if let Some(day) = week.get_mut(usize::from(hours.weekday)) {
            day.extend_from_slice(&hours.ranges);
        }
    }
    week
}

/// The days that are open, as they go over the wire, the ranges of each in order.
pub fn weekly_of(week: &Week) -> Vec<WeekdayHours> {
    let days = (0_u8..).zip(week).filter(|(_, ranges)| !ranges.is_empty());
    days.map(|(weekday, ranges)| {
        let mut ranges = ranges.clone();
        ranges.sort_by_key(|range| range.from_minute);
        WeekdayHours { weekday, ranges }
    })
    .collect()
}

/// Gives some days the hours of another one.
pub fn copy_day(week: &mut Week, from: usize, to: &[usize]) {
    let Some(ranges) = week.get(from).cloned() else { return };
    for day in to {
        if let Some(target) = week.get_mut(*day) {
            target.clone_from(&ranges);
        }
    }
}

/// The time of a minute of the day as a time field writes it: `09:30`. Minutes beyond midnight are those of the next day.
pub fn clock_of(minute: u16) -> String {
    let minute = minute % MINUTES_OF_DAY;
    format!("{:02}:{:02}", minute / 60, minute % 60)
}

fn minute_of(clock: &str) -> Option<u16> {
    let (hours, minutes) = clock.split_once(':')?;
    let (hours, minutes) = (hours.parse::<u16>().ok()?, minutes.get(..2)?.parse::<u16>().ok()?);
    (hours < 24 && minutes < 60).then_some(hours * 60 + minutes)
}

/// The range between two times of time fields. An end that is not after the beginning is on the next day.
pub fn range_of(from: &str, until: &str) -> Option<TimeRange> {
    let (from_minute, until_minute) = (minute_of(from)?, minute_of(until)?);
    let next_day = if until_minute <= from_minute { MINUTES_OF_DAY } else { 0 };
    Some(TimeRange { from_minute, until_minute: until_minute + next_day })
}

/// A range to begin with: an ordinary working day, or an hour after the last one.
pub fn next_range(ranges: &[TimeRange]) -> Option<TimeRange> {
    const FROM: u16 = 9 * 60;
    const UNTIL: u16 = 17 * 60;
    let Some(last) = ranges.iter().map(|range| range.until_minute).max() else {
        return Some(TimeRange { from_minute: FROM, until_minute: UNTIL });
    };
    let from_minute = last + 60;
    (from_minute < MINUTES_OF_DAY).then(|| TimeRange { from_minute, until_minute: from_minute + 60 })
}

/// Whether two of the ranges overlap.
pub fn overlap(ranges: &[TimeRange]) -> bool {
    let mut sorted = ranges.to_vec();
    sorted.sort_by_key(|range| range.from_minute);
    sorted.windows(2).any(|pair| match pair {
        [one, next] => next.from_minute < one.until_minute,
        _ => false,
    })
}

/// The day of the week: 0 is Monday.
pub fn weekday_of(date: Date) -> usize {
    // 1970-01-01 was a Thursday. The remainder is 0 to 6.
    usize::try_from((date.0 + 3).rem_euclid(7)).unwrap_or(0)
}

/// Whether a day has hours and can be booked, seen from today. Calendars and notice are not looked at.
pub fn is_open(availability: &Availability, date: Date, today: Date) -> bool {
    let in_window = match availability.date_range {
        Some(range) => range.from <= date && date <= range.until,
        None => date.0 < today.0 + 7 * i64::from(availability.rolling_weeks.unwrap_or(0)),
    };
    let own = availability.overrides.iter().find(|own| own.date == date);
    let has_hours = match own {
        Some(own) => !own.ranges.is_empty(),
        None => {
            let weekday = weekday_of(date);
            let of_day = |hours: &&WeekdayHours| usize::from(hours.weekday) == weekday;
            availability.weekly.iter().any(|hours| of_day(&hours) && !hours.ranges.is_empty())
        }
    };
    date >= today && in_window && has_hours
}

/// The days of the month that a day lies in.
pub fn month_days(date: Date) -> Vec<Date> {
    let month = |date: Date| date.to_string().get(..7).map(ToOwned::to_owned);
    let wanted = month(date);
    let first = (date.0 - 30..=date.0).find(|day| month(Date(*day)) == wanted).unwrap_or(date.0);
    (first..first + 31).map(Date).filter(|day| month(*day) == wanted).collect()
}
