//! The plain engine, which says what is fast: each window of each day becomes universal time through the zone's rules, busy
//! times are taken away, and starts are counted off. It answers with starts alone, knows neither limits nor windows past
//! midnight, and aligns to full hours of universal time.

use jiff::{Timestamp, ToSpan, civil, tz::TimeZone};
use slots::{Kind, LocalWindow, Rules};

use crate::scenarios::Scenario;

/// A question as the plain engine takes it.
pub struct Question {
    rules: Rules,
    hosts: Vec<Host>,
}

struct Host {
    zone: TimeZone,
    weekly: [Vec<(civil::Time, civil::Time)>; 7],
    busy: Vec<(Timestamp, Timestamp)>,
}

/// A stretch of time in seconds.
type Range = (i64, i64);

impl Question {
    /// Translates a scenario.
    ///
    /// # Errors
    /// When a time lies outside the calendar.
    pub fn of(scenario: &Scenario) -> anyhow::Result<Self> {
        let hosts = scenario.schedules.iter().zip(&scenario.busy).map(|(schedule, busy)| {
            let instant = |at: types::Timestamp| Timestamp::from_microsecond(at.0);
            let busy = busy.iter().map(|span| Ok((instant(span.from)?, instant(span.until)?)));
            let windows = |windows: &Vec<LocalWindow>| windows.iter().map(times).collect();
            let weekly = schedule.weekly.each_ref().map(windows);
            Ok(Host { zone: schedule.zone.clone(), weekly, busy: busy.collect::<anyhow::Result<_>>()? })
        });
        Ok(Self { rules: scenario.rules.clone(), hosts: hosts.collect::<anyhow::Result<_>>()? })
    }

    /// The starts in seconds since 1970, in ascending order.
    ///
    /// # Errors
    /// When a day lies outside the calendar.
    pub fn starts(&self, now: i64) -> anyhow::Result<Vec<i64>> {
        let free =
            self.hosts.iter().map(|host| host.free(&self.rules)).collect::<anyhow::Result<Vec<_>>>()?;
        let ranges = if self.rules.kind == Kind::RoundRobin {
            free.concat()
        } else {
            free.into_iter().reduce(|one, other| common(&one, &other)).unwrap_or_default()
        };
        let interval = self.rules.interval_minutes;
        let step = i64::from(interval) * 60;
        let align =
            [60, 30, 20, 15, 10, 5].into_iter().find(|align| interval.is_multiple_of(*align)).unwrap_or(1);
        let (align, length) = (i64::from(align) * 60, i64::from(self.rules.duration_minutes) * 60);
        let earliest = now + i64::from(self.rules.notice_minutes) * 60;
        let mut starts = Vec::with_capacity(1024);
        for (from, until) in ranges {
            let from = from.max(earliest);
            let mut at = from + (-from).rem_euclid(align);
            while at + length <= until {
                starts.push(at);
                at += step;
            }
        }
        starts.sort_unstable();
        starts.dedup();
        Ok(starts)
    }
}

impl Host {
    fn free(&self, rules: &Rules) -> anyhow::Result<Vec<Range>> {
        let (first, last) = (rules.bookable.from.0 / 1_000_000, rules.bookable.until.0 / 1_000_000);
        let busy = self.widened(rules);
        let date = |at: i64| anyhow::Ok(self.zone.to_datetime(Timestamp::from_second(at)?).date());
        let (mut day, end) = (date(first)?, date(last)?);
        let (mut free, mut next) = (Vec::with_capacity(64 + busy.len()), 0);
        while day <= end {
            for &(from, until) in &self.weekly[day.weekday().to_monday_zero_offset() as usize] {
                let at = |time| {
                    let local = self.zone.to_ambiguous_timestamp(day.to_datetime(time));
                    anyhow::Ok(local.compatible()?.as_second())
                };
                let (mut from, until) = (at(from)?.max(first), at(until)?.min(last));
                while next < busy.len() && busy[next].1 <= from {
                    next += 1;
                }
                for &(taken, given) in busy[next..].iter().take_while(|busy| busy.0 < until) {
                    if from < taken {
                        free.push((from, taken));
                    }
                    from = from.max(given);
                }
                if from < until {
                    free.push((from, until));
                }
            }
            day = day.checked_add(1.day())?;
        }
        Ok(free)
    }

    fn widened(&self, rules: &Rules) -> Vec<Range> {
        let (before, after) = (i64::from(rules.buffer_before_minutes), i64::from(rules.buffer_after_minutes));
        let widened = |(from, until): &(Timestamp, Timestamp)| {
            (from.as_second() - after * 60, until.as_second() + before * 60)
        };
        let mut busy: Vec<Range> = self.busy.iter().map(widened).collect();
        busy.sort_unstable();
        busy.dedup_by(|next, last| {
            let meet = next.0 <= last.1;
            last.1 = if meet { last.1.max(next.1) } else { last.1 };
            meet
        });
        busy
    }
}

/// What lies in both.
fn common(one: &[Range], other: &[Range]) -> Vec<Range> {
    let (mut i, mut j, mut both) = (0, 0, Vec::new());
    while i < one.len() && j < other.len() {
        let (from, until) = (one[i].0.max(other[j].0), one[i].1.min(other[j].1));
        if from < until {
            both.push((from, until));
        }
        if one[i].1 <= other[j].1 {
            i += 1;
        } else {
            j += 1;
        }
    }
    both
}

fn times(window: &LocalWindow) -> (civil::Time, civil::Time) {
    let time = |minute: u16| civil::time((minute / 60) as i8, (minute % 60) as i8, 0, 0);
    (time(window.from_minute), time(window.until_minute))
}
