//! What a recurrence rule says (RECUR, RFC 5545, section 3.3.10).

use jiff::civil::{DateTime, Time, Weekday};

use super::{value, zone::Zone};

/// The most values that one part of a rule may list: the days of a year, both ways.
const MAX_VALUES: usize = 732;

/// How often a rule happens.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Frequency {
    Secondly,
    Minutely,
    Hourly,
    Daily,
    Weekly,
    Monthly,
    Yearly,
}

/// A recurrence rule.
#[derive(Clone, Debug)]
pub(crate) struct Rule {
    pub(crate) frequency: Frequency,
    pub(crate) interval: i64,
    pub(crate) count: Option<u32>,
    /// The last local time at which it may happen.
    pub(crate) until: Option<DateTime>,
    pub(crate) week_start: Weekday,
    pub(crate) seconds: Vec<i32>,
    pub(crate) minutes: Vec<i32>,
    pub(crate) hours: Vec<i32>,
    /// Days of the week, with which of them in the month or year is meant; 0 is all.
    pub(crate) days: Vec<(i32, Weekday)>,
    pub(crate) month_days: Vec<i32>,
    pub(crate) year_days: Vec<i32>,
    pub(crate) weeks: Vec<i32>,
    pub(crate) months: Vec<i32>,
    pub(crate) positions: Vec<i32>,
}

impl Rule {
    /// Reads a rule for times in `zone`. `None` when it cannot be understood.
    pub(crate) fn read(text: &str, zone: &Zone) -> Option<Self> {
        let mut rule = Self::of(Frequency::Yearly);
        let mut has_frequency = false;
        for part in text.trim().split(';').filter(|part| !part.is_empty()) {
            let (name, value) = part.split_once('=')?;
            let value = value.trim();
            match name.trim().to_ascii_uppercase().as_str() {
                "FREQ" => {
                    rule.frequency = frequency(value)?;
                    has_frequency = true;
                }
                "INTERVAL" => {
                    rule.interval = value.parse().ok().filter(|interval| (1..=100_000).contains(interval))?
                }
                "COUNT" => rule.count = Some(value.parse().ok()?),
                "UNTIL" => rule.until = Some(until(value, zone)?),
                "WKST" => rule.week_start = weekday(value)?,
                "BYSECOND" => {
                    rule.seconds = numbers(value, 0, 60)?.into_iter().map(|second| second.min(59)).collect()
                }
                "BYMINUTE" => rule.minutes = numbers(value, 0, 59)?,
                "BYHOUR" => rule.hours = numbers(value, 0, 23)?,
                "BYDAY" => rule.days = value.split(',').map(day).collect::<Option<_>>()?,
                "BYMONTHDAY" => rule.month_days = numbers(value, -31, 31)?,
                "BYYEARDAY" => rule.year_days = numbers(value, -366, 366)?,
                "BYWEEKNO" => rule.weeks = numbers(value, -53, 53)?,
                "BYMONTH" => rule.months = numbers(value, 1, 12)?,
                "BYSETPOS" => rule.positions = numbers(value, -366, 366)?,
                // Parts of later standards (RSCALE, SKIP) do not change Gregorian rules.
                _ => {}
            }
        }
        has_frequency.then_some(rule)
    }

    const fn of(frequency: Frequency) -> Self {
        Self {
            frequency,
            interval: 1,
            count: None,
            until: None,
            week_start: Weekday::Monday,
            seconds: Vec::new(),
            minutes: Vec::new(),
            hours: Vec::new(),
            days: Vec::new(),
            month_days: Vec::new(),
            year_days: Vec::new(),
            weeks: Vec::new(),
            months: Vec::new(),
            positions: Vec::new(),
        }
    }

    /// Takes from the first time what the rule leaves open.
    pub(crate) fn completed(mut self, start: DateTime) -> Self {
        let names_days = !(self.days.is_empty()
            && self.month_days.is_empty()
            && self.year_days.is_empty()
            && self.weeks.is_empty());
        let weekday = (0, start.weekday());
        match self.frequency {
            Frequency::Yearly if !names_days => {
                if self.months.is_empty() {
                    self.months.push(i32::from(start.month()));
                }
                self.month_days.push(i32::from(start.day()));
            }
            Frequency::Yearly
                if self.days.is_empty() && self.month_days.is_empty() && self.year_days.is_empty() =>
            {
                self.days.push(weekday);
            }
            Frequency::Monthly if !names_days => self.month_days.push(i32::from(start.day())),
            Frequency::Weekly if !names_days => self.days.push(weekday),
            _ => {}
        }
        if self.hours.is_empty() && self.frequency > Frequency::Hourly {
            self.hours.push(i32::from(start.hour()));
        }
        if self.minutes.is_empty() && self.frequency > Frequency::Minutely {
            self.minutes.push(i32::from(start.minute()));
        }
        if self.seconds.is_empty() && self.frequency > Frequency::Secondly {
            self.seconds.push(i32::from(start.second()));
        }
        self
    }
}

fn frequency(text: &str) -> Option<Frequency> {
    Some(match text.to_ascii_uppercase().as_str() {
        "SECONDLY" => Frequency::Secondly,
        "MINUTELY" => Frequency::Minutely,
        "HOURLY" => Frequency::Hourly,
        "DAILY" => Frequency::Daily,
        "WEEKLY" => Frequency::Weekly,
        "MONTHLY" => Frequency::Monthly,
        "YEARLY" => Frequency::Yearly,
        _ => return None,
    })
}

fn weekday(text: &str) -> Option<Weekday> {
    Some(match text.to_ascii_uppercase().as_str() {
        "MO" => Weekday::Monday,
        "TU" => Weekday::Tuesday,
        "WE" => Weekday::Wednesday,
        "TH" => Weekday::Thursday,
        "FR" => Weekday::Friday,
        "SA" => Weekday::Saturday,
        "SU" => Weekday::Sunday,
        _ => return None,
    })
}

/// `MO`, `1SU`, `-1FR`.
fn day(text: &str) -> Option<(i32, Weekday)> {
    let text = text.trim();
    let (number, name) = text.split_at_checked(text.len().checked_sub(2)?)?;
    let number = if number.is_empty() { 0 } else { number.parse().ok()? };
    ((-53..=53).contains(&number)).then_some((number, weekday(name)?))
}

fn numbers(text: &str, from: i32, to: i32) -> Option<Vec<i32>> {
    let one = |number: &str| number.trim().parse().ok().filter(|number| (from..=to).contains(number));
    let mut numbers = text.split(',').map(one).collect::<Option<Vec<i32>>>()?;
    numbers.sort_unstable();
    numbers.dedup();
    (numbers.len() <= MAX_VALUES).then_some(numbers)
}

/// The last local time. A date alone is that whole day, which is what calendars that write it so mean.
fn until(text: &str, zone: &Zone) -> Option<DateTime> {
    if let Some(day) = value::date(text) {
        return Some(DateTime::from_parts(day, Time::constant(23, 59, 59, 0)));
    }
    let (local, is_utc) = value::date_time(text)?;
    if is_utc { zone.local(jiff::tz::Offset::UTC.to_timestamp(local).ok()?) } else { Some(local) }
}
