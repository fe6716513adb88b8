//! When a rule happens, in local time (RFC 5545, section 3.3.10). Rules without a COUNT are not followed from their
//! beginning: what lies before the window is jumped over.

use jiff::{
    ToSpan,
    civil::{Date, DateTime, Time},
};

use super::{
    Budget,
    rule::{Frequency, Rule},
};
use crate::Result;

/// Tells `found` each time at which the rule happens between the two of `range`, both of which are part of it, in their
/// order; it answers whether it wants more. The first time `start` counts only when the rule holds for it.
///
/// # Errors
/// [`crate::Error::Unusable`] when the budget is used up; what `found` returns.
pub(crate) fn expand(
    rule: &Rule,
    start: DateTime,
    range: (DateTime, DateTime),
    budget: &Budget,
    found: &mut dyn FnMut(DateTime) -> Result<bool>,
) -> Result<()> {
    let rule = rule.clone().completed(start);
    let last = rule.until.map_or(range.1, |until| until.min(range.1));
    let mut left = rule.count.unwrap_or(u32::MAX);
    let mut step = if rule.count.is_some() { 0 } else { steps_before(&rule, start, range.0) };
    while let Some(period) = Period::at(&rule, start, step) {
        if period.from > last {
            break;
        }
        step += 1;
        if let Some(skipped) = period.steps_to_skip(&rule, start, step) {
            budget.spend(1)?;
            step = skipped;
            continue;
        }
        for time in times(&rule, &period, budget)? {
            if time < start {
                continue;
            }
            if time > last || left == 0 {
                return Ok(());
            }
            left -= 1;
            if time >= range.0 && !found(time)? {
                return Ok(());
            }
        }
        if left == 0 {
            break;
        }
    }
    Ok(())
}

/// How many whole periods lie before `from`, less one for safety.
fn steps_before(rule: &Rule, start: DateTime, from: DateTime) -> i64 {
    if from <= start {
        return 0;
    }
    let months = |time: DateTime| i64::from(time.year()) * 12 + i64::from(time.month());
    let units = match rule.frequency {
        Frequency::Yearly => i64::from(from.year()) - i64::from(start.year()),
        Frequency::Monthly => months(from) - months(start),
        other => (from.duration_since(start).as_secs()) / seconds_of(other),
    };
    (units / rule.interval - 2).max(0)
}

/// The seconds of a period that always has as many.
const fn seconds_of(frequency: Frequency) -> i64 {
    match frequency {
        Frequency::Secondly => 1,
        Frequency::Minutely => 60,
        Frequency::Hourly => 3_600,
        Frequency::Daily => 86_400,
        _ => 604_800,
    }
}

/// One turn of a rule: a year, a month, a week, a day, an hour, a minute or a second.
struct Period {
    from: DateTime,
}

impl Period {
    /// The turn after `step` others, or `None` when it lies beyond the calendar.
    fn at(rule: &Rule, start: DateTime, step: i64) -> Option<Self> {
        let units = step.checked_mul(rule.interval)?;
        let midnight = |date: Date| DateTime::from_parts(date, Time::midnight());
        let from = match rule.frequency {
            Frequency::Yearly => {
                let year = i64::from(start.year()).checked_add(units)?;
                midnight(Date::new(i16::try_from(year).ok()?, 1, 1).ok()?)
            }
            Frequency::Monthly => {
                let months =
                    (i64::from(start.year()) * 12 + i64::from(start.month()) - 1).checked_add(units)?;
                let month = i8::try_from(months.rem_euclid(12) + 1).ok()?;
                midnight(Date::new(i16::try_from(months.div_euclid(12)).ok()?, month, 1).ok()?)
            }
            Frequency::Weekly => {
                let into = i32::from(start.weekday().since(rule.week_start));
                midnight(moved(moved(start.date(), -into)?, i32::try_from(units.checked_mul(7)?).ok()?)?)
            }
            Frequency::Daily => midnight(moved(start.date(), i32::try_from(units).ok()?)?),
            other => {
                let seconds = units.checked_mul(seconds_of(other))?;
                let from = start.checked_add(jiff::SignedDuration::from_secs(seconds)).ok()?;
                let time = match other {
                    Frequency::Hourly => Time::new(from.hour(), 0, 0, 0).ok()?,
                    Frequency::Minutely => Time::new(from.hour(), from.minute(), 0, 0).ok()?,
                    _ => from.time(),
                };
                DateTime::from_parts(from.date(), time)
            }
        };
        Some(Self { from })
    }

    /// For rules finer than a day: the step of the next day, when this day is none of the rule's.
    fn steps_to_skip(&self, rule: &Rule, start: DateTime, step: i64) -> Option<i64> {
        if rule.frequency > Frequency::Hourly || is_day(rule, self.from.date()) {
            return None;
        }
        let next = DateTime::from_parts(moved(self.from.date(), 1)?, Time::midnight());
        let every = seconds_of(rule.frequency) * rule.interval;
        // A step early rather than late: hours and minutes are cut to their beginning.
        Some((next.duration_since(start).as_secs() / every - 1).max(step))
    }
}

/// A date some days later.
fn moved(date: Date, days: i32) -> Option<Date> {
    date.checked_add(days.days()).ok()
}

/// The times of a period, in their order, as BYSETPOS picks them.
fn times(rule: &Rule, period: &Period, budget: &Budget) -> Result<Vec<DateTime>> {
    let from = period.from;
    let days = days(rule, from.date(), budget)?;
    let own = |listed: &[i32], own: i8, is_finer: bool| match (is_finer, listed) {
        (true, listed) if listed.is_empty() || listed.contains(&i32::from(own)) => vec![i32::from(own)],
        (true, _) => Vec::new(),
        (false, listed) => listed.to_vec(),
    };
    let hours = own(&rule.hours, from.hour(), rule.frequency <= Frequency::Hourly);
    let minutes = own(&rule.minutes, from.minute(), rule.frequency <= Frequency::Minutely);
    let seconds = own(&rule.seconds, from.second(), rule.frequency == Frequency::Secondly);
    let all =
        days.len().saturating_mul(hours.len()).saturating_mul(minutes.len()).saturating_mul(seconds.len());
    budget.spend(u32::try_from(all).unwrap_or(u32::MAX))?;
    let mut times = Vec::with_capacity(all);
    for day in days {
        for hour in &hours {
            for minute in &minutes {
                for second in &seconds {
                    if let Some(time) = time(*hour, *minute, *second) {
                        times.push(DateTime::from_parts(day, time));
                    }
                }
            }
        }
    }
    Ok(if rule.positions.is_empty() { times } else { picked(&times, &rule.positions) })
}

fn time(hour: i32, minute: i32, second: i32) -> Option<Time> {
    Time::new(hour.try_into().ok()?, minute.try_into().ok()?, second.try_into().ok()?, 0).ok()
}

/// The times at those positions, counted from 1, or from -1 at the end.
fn picked(times: &[DateTime], positions: &[i32]) -> Vec<DateTime> {
    let place = |position: &i32| {
        let from_start = usize::try_from(position.unsigned_abs()).ok()?;
        if *position > 0 { from_start.checked_sub(1) } else { times.len().checked_sub(from_start) }
    };
    let valid = positions.iter().filter(|position| **position != 0);
    let mut picked: Vec<_> = valid.filter_map(|position| times.get(place(position)?).copied()).collect();
    picked.sort_unstable();
    picked.dedup();
    picked
}

/// The days of a period that are the rule's.
fn days(rule: &Rule, from: Date, budget: &Budget) -> Result<Vec<Date>> {
    let mut days = Vec::new();
    match rule.frequency {
        Frequency::Yearly => {
            for month in 1..=12_i8 {
                budget.spend(1)?;
                if (rule.months.is_empty() || rule.months.contains(&i32::from(month)))
                    && let Ok(first) = Date::new(from.year(), month, 1)
                {
                    add_days(rule, first, i32::from(first.days_in_month()), budget, &mut days)?;
                }
            }
        }
        Frequency::Monthly => add_days(rule, from, i32::from(from.days_in_month()), budget, &mut days)?,
        Frequency::Weekly => add_days(rule, from, 7, budget, &mut days)?,
        _ => add_days(rule, from, 1, budget, &mut days)?,
    }
    Ok(days)
}

fn add_days(rule: &Rule, from: Date, length: i32, budget: &Budget, days: &mut Vec<Date>) -> Result<()> {
    if length > 7 && !rule.months.is_empty() && !rule.months.contains(&i32::from(from.month())) {
        return budget.spend(1);
    }
    budget.spend(u32::try_from(length).unwrap_or(1))?;
    let candidates = (0..length).filter_map(|day| moved(from, day));
    days.extend(candidates.filter(|date| is_day(rule, *date)));
    Ok(())
}

/// Whether all that the rule says of days holds for this one.
fn is_day(rule: &Rule, date: Date) -> bool {
    let (month_day, month_length) = (i32::from(date.day()), i32::from(date.days_in_month()));
    let (year_day, year_length) = (i32::from(date.day_of_year()), i32::from(date.days_in_year()));
    let listed = |list: &[i32], number: i32, length: i32| {
        list.is_empty() || list.contains(&number) || list.contains(&(number - length - 1))
    };
    (rule.months.is_empty() || rule.months.contains(&i32::from(date.month())))
        && listed(&rule.month_days, month_day, month_length)
        && listed(&rule.year_days, year_day, year_length)
        && (rule.weeks.is_empty() || is_week(rule, date))
        && (rule.days.is_empty() || is_weekday(rule, date))
}

/// Whether one of the rule's days of the week is this one: any, or the nth of its month, or of its year.
fn is_weekday(rule: &Rule, date: Date) -> bool {
    let in_month = rule.frequency == Frequency::Monthly
        || (rule.frequency == Frequency::Yearly && !rule.months.is_empty());
    let (day, length) = if in_month {
        (i32::from(date.day()), i32::from(date.days_in_month()))
    } else {
        (i32::from(date.day_of_year()), i32::from(date.days_in_year()))
    };
    let (from_start, from_end) = ((day - 1) / 7 + 1, -((length - day) / 7 + 1));
    let takes_number = rule.frequency >= Frequency::Monthly;
    rule.days.iter().any(|(number, weekday)| {
        *weekday == date.weekday()
            && (*number == 0 || !takes_number || *number == from_start || *number == from_end)
    })
}

/// Whether the week of the year is one of the rule's. The first has at least four days in the year (ISO 8601).
fn is_week(rule: &Rule, date: Date) -> bool {
    let week = |date: Date| {
        let into = i32::from(date.weekday().since(rule.week_start));
        let middle = moved(date, 3 - into)?;
        Some((middle.year(), (i32::from(middle.day_of_year()) - 1) / 7 + 1))
    };
    let Some((year, number)) = week(date) else { return false };
    let last = Date::new(year, 12, 28).ok().and_then(week).map_or(52, |(_, last)| last);
    rule.weeks.contains(&number) || rule.weeks.contains(&(number - last - 1))
}
