//! The engine again, naively: every minute is asked what the clock shows then, and whether it lies in a window. Times are
//! whole minutes since 1970.

use jiff::{Timestamp, civil::Date, tz::Offset};
use slots::{Host, Kind, Rules, Span};

const DAY: i64 = 1440;

/// What of a host is known of each minute from `first` on.
struct Minutes {
    first: i64,
    /// What the clock shows.
    local: Vec<i64>,
    /// The window that the minute belongs to, unless the host is busy: where it begins and ends.
    open: Vec<Option<(i64, i64)>>,
}

fn jiff(minute: i64) -> Timestamp {
    Timestamp::from_second(minute * 60).unwrap()
}

fn minute(at: types::Timestamp) -> i64 {
    at.0.div_euclid(60_000_000)
}

fn midnight(date: Date) -> i64 {
    Offset::UTC.to_timestamp(date.at(0, 0, 0, 0)).unwrap().as_second() / 60
}

impl Minutes {
    fn of(rules: &Rules, host: &Host<'_>, first: i64, last: i64) -> Self {
        let shown = |minute| {
            let shown = host.schedule.zone.to_datetime(jiff(minute));
            Offset::UTC.to_timestamp(shown).unwrap().as_second().div_euclid(60)
        };
        let local: Vec<i64> = (first..last).map(shown).collect();
        let mut minutes = Self { first, open: vec![None; local.len()], local };
        let mut date = Offset::UTC.to_datetime(jiff(first - 2 * DAY)).date();
        while midnight(date) < last + 2 * DAY {
            minutes.add_day(host, date);
            date = date.tomorrow().unwrap();
        }
        for busy in host.busy {
            let from = minute(busy.from) - i64::from(rules.buffer_after_minutes);
            let until = minute(busy.until) + i64::from(rules.buffer_before_minutes);
            (from.max(first)..until.min(last))
                .for_each(|minute| minutes.open[(minute - first) as usize] = None);
        }
        minutes
    }

    fn add_day(&mut self, host: &Host<'_>, date: Date) {
        let weekday = date.weekday().to_monday_zero_offset() as usize;
        let windows = host.schedule.overrides.get(&date).unwrap_or(&host.schedule.weekly[weekday]);
        let (first, last) = (self.first, self.first + self.local.len() as i64);
        for window in windows {
            let begin = midnight(date) + i64::from(window.from_minute.min(2880));
            let end = midnight(date) + i64::from(window.until_minute.min(2880));
            // No clock is a day and two hours off.
            let near = (begin - 26 * 60).max(first)..(end + 26 * 60).min(last);
            let inside: Vec<i64> =
                near.filter(|minute| (begin..end).contains(&self.local[(minute - first) as usize])).collect();
            for run in inside.chunk_by(|a, b| a + 1 == *b) {
                let own = (run[0], run[run.len() - 1] + 1);
                for minute in run {
                    let open = &mut self.open[(minute - first) as usize];
                    *open = Some(open.map_or(own, |other| other.min(own)));
                }
            }
        }
    }

    fn window(&self, minute: i64) -> Option<(i64, i64)> {
        self.open[(minute - self.first) as usize]
    }

    fn holds(&self, start: i64, duration: i64) -> bool {
        (start..start + duration).all(|minute| self.window(minute).is_some())
    }
}

/// Whether the limits let the host have one more at `start`.
fn has_room(rules: &Rules, host: &Host<'_>, start: i64) -> bool {
    let date = |minute: i64| host.schedule.zone.to_datetime(jiff(minute)).date();
    let week = |minute: i64| (date(minute).iso_week_date().year(), date(minute).iso_week_date().week());
    let booked = || host.booked.iter().map(|at| minute(*at));
    let same_day = booked().filter(|at| date(*at) == date(start)).count();
    let same_week = booked().filter(|at| week(*at) == week(start)).count();
    rules.most_per_day.is_none_or(|most| same_day < most as usize)
        && rules.most_per_week.is_none_or(|most| same_week < most as usize)
}

/// The minutes on the grid of hosts who must all be free; the first one's clock aligns it.
fn on_grid(rules: &Rules, hosts: &[&Minutes], first: i64, last: i64) -> Vec<i64> {
    let interval = i64::from(rules.interval_minutes);
    let align = [60, 30, 20, 15, 10, 5].into_iter().find(|align| interval % *align == 0).unwrap_or(1);
    let (mut starts, mut before, mut next) = (Vec::new(), None, 0);
    for minute in first..last {
        let windows: Option<Vec<_>> = hosts.iter().map(|host| host.window(minute)).collect();
        if windows.is_some() && windows != before {
            let local = hosts[0].local[(minute - first) as usize];
            next = minute + (-local).rem_euclid(align);
        }
        if windows.is_some() && minute == next {
            starts.push(minute);
            next += interval;
        }
        before = windows;
    }
    starts
}

/// What is offered: the minutes, and the places of the hosts.
pub fn slots(
    rules: &Rules,
    hosts: &[Host<'_>],
    within: Span,
    now: types::Timestamp,
) -> Vec<(i64, Vec<usize>)> {
    let duration = i64::from(rules.duration_minutes);
    let (first, last) = (minute(within.from) - 7 * DAY, minute(within.until) + duration + DAY);
    let minutes: Vec<Minutes> = hosts.iter().map(|host| Minutes::of(rules, host, first, last)).collect();
    let able = |host: usize, start: i64| {
        minutes[host].holds(start, duration) && has_room(rules, &hosts[host], start)
    };
    let allowed = |&start: &i64| {
        start >= minute(now) + i64::from(rules.notice_minutes)
            && (minute(within.from)..minute(within.until)).contains(&start)
            && start >= minute(rules.bookable.from)
            && start + duration <= minute(rules.bookable.until)
    };
    let places = 0..hosts.len();
    let mut starts: Vec<i64> = if rules.kind == Kind::RoundRobin {
        let own = |host: usize| {
            on_grid(rules, &[&minutes[host]], first, last).into_iter().map(move |at| (host, at))
        };
        let own = places.clone().flat_map(own).filter(|(_, at)| allowed(at));
        own.filter(|&(host, at)| able(host, at)).map(|(_, at)| at).collect()
    } else {
        let all: Vec<&Minutes> = minutes.iter().collect();
        let starts = on_grid(rules, &all, first, last).into_iter().filter(allowed);
        starts.filter(|&at| places.clone().all(|host| able(host, at))).collect()
    };
    starts.sort_unstable();
    starts.dedup();
    starts.into_iter().map(|at| (at, places.clone().filter(|&host| able(host, at)).collect())).collect()
}
