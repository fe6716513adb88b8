//! When one host is free.

use jiff::{
    civil::{Date, Time},
    tz::Offset,
};

use crate::{
    model::{Host, LocalWindow, Rules, Schedule, Span},
    offsets::{DAY, MINUTE, Offsets, instant, week, weekday},
};

/// How many days before the first start windows are looked at. A window lasts two days, and where it begins is told by those
/// it overlaps, which began up to two days before.
const DAYS_BEFORE: i64 = 5;

/// A stretch in which a host is free, and in which one grid of starts lies.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Piece {
    /// Where the grid begins.
    pub from: i64,
    /// Where its starts end.
    pub until: i64,
    /// Where meetings must have ended: later than `until` if the next piece follows at once.
    pub end: i64,
}

/// A host as one question sees it: starts from `lo` until `hi`.
pub struct Free {
    /// The clock on the host's wall.
    pub offsets: Offsets,
    /// When the host is free, in ascending order, apart from each other. Exact for meetings that begin from `lo` until `hi`.
    pub pieces: Vec<Piece>,
    days: Full,
    weeks: Full,
}

impl Free {
    /// Looks at the host's hours, busy times and bookings around the starts from `lo` until `hi`.
    pub fn new(rules: &Rules, host: &Host<'_>, lo: i64, hi: i64) -> Self {
        let duration = minutes(rules.duration_minutes.max(1));
        let end = hi + duration;
        // A week more on both sides, whose bookings count too.
        let offsets = Offsets::over(&host.schedule.zone, lo - 10 * DAY, end + 10 * DAY);
        let hours = hours(host.schedule, &offsets, lo, end);
        let busy = busy(rules, host.busy, hours.first().map_or(lo, |first| first.0), end);
        let day = |at: i64| offsets.day(at);
        let around = lo - 9 * DAY..end + 9 * DAY;
        let booked = || host.booked.iter().map(|at| at.0).filter(|at| around.contains(at)).map(day);
        let days = Full::of(rules.most_per_day, booked);
        let weeks = Full::of(rules.most_per_week, || booked().map(week));
        Self { pieces: less(&hours, &busy, lo), offsets, days, weeks }
    }

    /// Whether the limits per day and week let the host have one more.
    pub fn has_room(&self, at: i64) -> bool {
        !self.day_is_full(at) && !self.week_is_full(at)
    }

    /// Whether the host has the most meetings on the day of `at`.
    pub fn day_is_full(&self, at: i64) -> bool {
        self.days.limits() && self.days.contains(self.offsets.day(at))
    }

    /// Whether the host has the most meetings in the week of `at`.
    pub fn week_is_full(&self, at: i64) -> bool {
        self.weeks.limits() && self.weeks.contains(week(self.offsets.day(at)))
    }
}

impl Piece {
    /// Whether a meeting can begin here at `at`.
    pub fn holds(&self, at: i64, duration: i64) -> bool {
        (self.from..self.until).contains(&at) && at + duration <= self.end
    }
}

/// The days or weeks that have all meetings they may have.
enum Full {
    /// There is no limit.
    Never,
    /// These, in ascending order.
    On(Vec<i64>),
    /// The limit is none at all.
    Always,
}

impl Full {
    fn of<I: Iterator<Item = i64>>(most: Option<u32>, booked: impl Fn() -> I) -> Self {
        match most {
            None => Self::Never,
            Some(0) => Self::Always,
            Some(most) => {
                let mut booked: Vec<i64> = booked().collect();
                booked.sort_unstable();
                let same = booked.chunk_by(|a, b| a == b);
                Self::On(same.filter(|same| same.len() >= most as usize).map(|same| same[0]).collect())
            }
        }
    }

    fn limits(&self) -> bool {
        !matches!(self, Self::Never)
    }

    fn contains(&self, number: i64) -> bool {
        match self {
            Self::Never => false,
            Self::On(numbers) => numbers.binary_search(&number).is_ok(),
            Self::Always => true,
        }
    }
}

/// Minutes in microseconds.
pub fn minutes(minutes: u32) -> i64 {
    i64::from(minutes) * MINUTE
}

/// A busy time with the buffers around it: of the new meeting, the buffer after lies before the busy time, and the buffer
/// before lies after it. `None` if it is empty.
pub fn widened(rules: &Rules, span: &Span) -> Option<(i64, i64)> {
    let from = span.from.0.saturating_sub(minutes(rules.buffer_after_minutes));
    let until = span.until.0.saturating_add(minutes(rules.buffer_before_minutes));
    (span.from < span.until).then_some((from, until))
}

/// The busy times that matter from `lo` until `hi`, widened, in ascending order and apart from each other.
fn busy(rules: &Rules, spans: &[Span], lo: i64, hi: i64) -> Vec<(i64, i64)> {
    let widened = spans.iter().filter_map(|span| widened(rules, span));
    let mut busy: Vec<(i64, i64)> = widened.filter(|&(from, until)| from < hi && until > lo).collect();
    busy.sort_unstable();
    busy.dedup_by(|next, last| {
        let meet = next.0 <= last.1;
        if meet {
            last.1 = last.1.max(next.1);
        }
        meet
    });
    busy
}

/// The windows that matter for meetings from `lo` until `end`, in ascending order. They may touch, but do not overlap: one
/// begins where those before it have ended.
fn hours(schedule: &Schedule, offsets: &Offsets, lo: i64, end: i64) -> Vec<(i64, i64)> {
    let (first, last) = (offsets.day(lo) - DAYS_BEFORE, offsets.day(end) + 1);
    let mut changed = schedule
        .overrides
        .range(date(first)..=date(last))
        .filter_map(|(date, windows)| Some((day(*date)?, windows)))
        .peekable();
    let mut hours = Vec::with_capacity(2 * (last - first + 1) as usize);
    for day in first..=last {
        let windows: &[LocalWindow] = match changed.next_if(|(on, _)| *on == day) {
            Some((_, windows)) => windows,
            None => &schedule.weekly[weekday(day)],
        };
        for window in windows {
            let at = |minute: u16| day * DAY + minutes(u32::from(minute.min(2880)));
            offsets.stretches(at(window.from_minute), at(window.until_minute), &mut hours);
        }
    }
    hours.sort_unstable();
    let mut reached = i64::MIN;
    hours.retain_mut(|(from, until)| {
        *from = reached.max(*from);
        reached = reached.max(*until);
        from < until
    });
    hours
}

/// The hours without the busy times, as far as they end after `lo`. Both are in ascending order, and busy times are apart.
fn less(hours: &[(i64, i64)], busy: &[(i64, i64)], lo: i64) -> Vec<Piece> {
    let mut pieces: Vec<Piece> = Vec::with_capacity(hours.len() + busy.len());
    let mut add = |from: i64, until: i64| {
        if from < until && until > lo {
            pieces.push(Piece { from, until, end: until });
        }
    };
    let mut next = 0;
    for &(mut from, until) in hours {
        while next < busy.len() && busy[next].1 <= from {
            next += 1;
        }
        for &(taken, given) in busy[next..].iter().take_while(|taken| taken.0 < until) {
            add(from, taken);
            from = given;
        }
        add(from, until);
    }
    let mut following: Option<Piece> = None;
    for piece in pieces.iter_mut().rev() {
        if let Some(following) = following.filter(|following| following.from == piece.until) {
            piece.end = following.end;
        }
        following = Some(*piece);
    }
    pieces
}

/// A date by its number from 1970-01-01 on.
pub fn date(day: i64) -> Date {
    Offset::UTC.to_datetime(instant(day * DAY)).date()
}

/// The number of a date; `None` at the very ends of the calendar.
fn day(date: Date) -> Option<i64> {
    let midnight = Offset::UTC.to_timestamp(date.to_datetime(Time::midnight())).ok()?;
    Some(midnight.as_microsecond().div_euclid(DAY))
}
