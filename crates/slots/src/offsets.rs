//! A zone's local time over a stretch of time. Times here and in the modules beside are microseconds since 1970; local times
//! are what the clock shows, counted as if it stood in Greenwich.

use jiff::{Timestamp, tz::TimeZone};

pub const MINUTE: i64 = 60_000_000;
pub const DAY: i64 = 1440 * MINUTE;

/// The first instant that is looked at, in the year 1 of the common era.
pub const EARLIEST: i64 = -719_000 * DAY;
/// The instant after the last that is looked at, in the year 9990.
pub const LATEST: i64 = 2_929_000 * DAY;

/// A stretch of time in which the clock is not changed.
#[derive(Clone, Copy)]
struct Steady {
    from: i64,
    until: i64,
    /// Local time less universal time.
    offset: i64,
}

/// What a zone's clock shows over a stretch of time.
pub struct Offsets(Vec<Steady>);

impl Offsets {
    /// The clock of `zone` from `from` until `until`, both cut to what a calendar can hold.
    pub fn over(zone: &TimeZone, from: i64, until: i64) -> Self {
        let from = from.clamp(EARLIEST - 60 * DAY, LATEST + 60 * DAY);
        let start = instant(from);
        let mut steady = vec![Steady { from, until, offset: micros(zone.to_offset(start).seconds()) }];
        for change in zone.following(start) {
            let at = change.timestamp().as_microsecond();
            if at >= until {
                break;
            }
            if let Some(last) = steady.last_mut() {
                last.until = at;
            }
            steady.push(Steady { from: at, until, offset: micros(change.offset().seconds()) });
        }
        Self(steady)
    }

    /// What the clock shows at `at`.
    pub fn local(&self, at: i64) -> i64 {
        let shows = self.0.iter().find(|steady| at < steady.until).or(self.0.last());
        at + shows.map_or(0, |steady| steady.offset)
    }

    /// The day of `at`, counted from 1970-01-01.
    pub fn day(&self, at: i64) -> i64 {
        self.local(at).div_euclid(DAY)
    }

    /// Adds the stretches in which the clock shows a time from `from` until `until`: none, one, or two where the clock is
    /// put back in between.
    pub fn stretches(&self, from: i64, until: i64, to: &mut Vec<(i64, i64)>) {
        let before = to.len();
        for steady in &self.0 {
            let (from, until) =
                ((from - steady.offset).max(steady.from), (until - steady.offset).min(steady.until));
            if from >= until {
                continue;
            }
            match to[before..].last_mut() {
                Some(last) if last.1 == from => last.1 = until,
                _ => to.push((from, until)),
            }
        }
    }
}

/// The week of a day, from Monday on; both are counted from 1970.
pub fn week(day: i64) -> i64 {
    // 1970-01-01 was a Thursday.
    (day + 3).div_euclid(7)
}

/// The weekday of a day counted from 1970-01-01; 0 is Monday.
pub fn weekday(day: i64) -> usize {
    (day + 3).rem_euclid(7) as usize
}

/// `at` as the calendar's library has it.
pub fn instant(at: i64) -> Timestamp {
    // Everything from EARLIEST to LATEST is an instant there.
    Timestamp::from_microsecond(at).unwrap_or(Timestamp::UNIX_EPOCH)
}

fn micros(seconds: i32) -> i64 {
    i64::from(seconds) * 1_000_000
}
