//! The starts that are offered.

use types::Timestamp;

use crate::{
    free::{Free, Piece, minutes},
    host_set::HostSet,
    model::{Host, Kind, Rules, Slot, Span},
    offsets::{DAY, EARLIEST, LATEST, MINUTE, Offsets},
};

/// How many days of starts one question answers at most, counted from the first instant a start could be at. What lies
/// later in the asked stretch is left out.
pub const MAX_DAYS: u32 = 100;

/// How long a meeting is at most, in days.
pub const MAX_MEETING_DAYS: u32 = 7;

/// The starts from `within.from` until `within.until` that are offered at `now`, in ascending order, each once.
///
/// At most [`MAX_DAYS`] days are looked at. The work grows with the days, the hosts and their busy times, never with the
/// lengths of the spans.
pub fn slots(rules: &Rules, hosts: &[Host<'_>], within: Span, now: Timestamp) -> Vec<Slot> {
    let Some((lo, hi)) = stretch(rules, within, now).filter(|_| !hosts.is_empty()) else { return Vec::new() };
    let free: Vec<Free> = hosts.iter().map(|host| Free::new(rules, host, lo, hi)).collect();
    let grid = Grid::new(rules, lo, hi);
    match rules.kind {
        Kind::Personal | Kind::Group => together(&grid, &free),
        Kind::RoundRobin => any(&grid, &free),
    }
}

/// Whether exactly this start is offered at `now`, and by whom: what [`slots`] answers for it, without the others.
pub fn is_offered(
    rules: &Rules,
    hosts: &[Host<'_>],
    starts_at: Timestamp,
    now: Timestamp,
) -> Option<HostSet> {
    let only = Span { from: starts_at, until: Timestamp(starts_at.0.saturating_add(1)) };
    slots(rules, hosts, only, now).pop().map(|slot| slot.hosts)
}

/// The first instant a start can be at, and the instant after the last.
fn stretch(rules: &Rules, within: Span, now: Timestamp) -> Option<(i64, i64)> {
    let duration = minutes(rules.duration_minutes.max(1));
    let bookable = bookable(rules);
    let earliest = now.0.saturating_add(minutes(rules.notice_minutes));
    let lo = within.from.0.max(bookable.0).max(earliest);
    let last = bookable.1.saturating_sub(duration);
    let hi = within.until.0.min(last.saturating_add(1)).min(lo.saturating_add(i64::from(MAX_DAYS) * DAY));
    (lo < hi && duration <= i64::from(MAX_MEETING_DAYS) * DAY).then_some((lo, hi))
}

/// What meetings lie in: the link's window, within what a calendar can hold.
pub fn bookable(rules: &Rules) -> (i64, i64) {
    (rules.bookable.from.0.max(EARLIEST), rules.bookable.until.0.min(LATEST))
}

/// Where starts lie in a piece.
struct Grid {
    lo: i64,
    hi: i64,
    duration: i64,
    align: i64,
    step: i64,
}

impl Grid {
    fn new(rules: &Rules, lo: i64, hi: i64) -> Self {
        let interval = rules.interval_minutes.max(1);
        let align =
            [60, 30, 20, 15, 10, 5].into_iter().find(|align| interval.is_multiple_of(*align)).unwrap_or(1);
        let duration = minutes(rules.duration_minutes.max(1));
        Self { lo, hi, duration, align: i64::from(align) * MINUTE, step: minutes(interval) }
    }

    /// The starts in a piece; `offsets` tell the local time they are aligned in.
    fn starts(&self, piece: &Piece, offsets: &Offsets) -> impl Iterator<Item = i64> + use<> {
        let local = offsets.local(piece.from);
        let mut at = piece.from + (-local).rem_euclid(self.align);
        if at < self.lo {
            // The next one on the grid; nothing is rounded below, the span is positive.
            at += (self.lo - at + self.step - 1) / self.step * self.step;
        }
        let until = self.hi.min(piece.until).min(piece.end - self.duration + 1);
        let count = if at < until { (until - at - 1) / self.step + 1 } else { 0 };
        let step = self.step;
        (0..count).map(move |number| at + number * step)
    }
}

/// The starts at which all are free.
fn together(grid: &Grid, free: &[Free]) -> Vec<Slot> {
    let Some((first, others)) = free.split_first() else { return Vec::new() };
    let mut pieces = first.pieces.clone();
    for other in others {
        pieces = intersection(&pieces, &other.pieces);
    }
    let all = HostSet::all(free.len());
    let mut slots = Vec::with_capacity(128);
    for piece in &pieces {
        let starts =
            grid.starts(piece, &first.offsets).filter(|&at| free.iter().all(|host| host.has_room(at)));
        slots.extend(starts.map(|at| Slot { starts_at: Timestamp(at), hosts: all.clone() }));
    }
    slots
}

/// The starts on the grid of at least one, with all who are free then.
fn any(grid: &Grid, free: &[Free]) -> Vec<Slot> {
    let mut starts = Vec::with_capacity(1024);
    for host in free {
        let own = host.pieces.iter().flat_map(|piece| grid.starts(piece, &host.offsets));
        starts.extend(own.filter(|&at| host.has_room(at)));
    }
    // Each host's are in order already, which a stable sort makes use of.
    starts.sort();
    starts.dedup();
    let mut slots: Vec<Slot> =
        starts.iter().map(|&at| Slot { starts_at: Timestamp(at), hosts: HostSet::default() }).collect();
    for (place, host) in free.iter().enumerate() {
        let mut next = 0;
        for piece in &host.pieces {
            next += starts[next..].partition_point(|&at| at < piece.from);
            let last = piece.until.min(piece.end - grid.duration + 1);
            while starts.get(next).is_some_and(|&at| at < last) {
                if host.has_room(starts[next]) {
                    slots[next].hosts.insert(place);
                }
                next += 1;
            }
        }
    }
    slots
}

/// Where both are free.
fn intersection(one: &[Piece], other: &[Piece]) -> Vec<Piece> {
    let (mut i, mut j) = (0, 0);
    let mut both = Vec::with_capacity(one.len().max(other.len()));
    while let (Some(a), Some(b)) = (one.get(i), other.get(j)) {
        let (from, until) = (a.from.max(b.from), a.until.min(b.until));
        if from < until {
            both.push(Piece { from, until, end: a.end.min(b.end) });
        }
        if a.until <= b.until {
            i += 1;
        } else {
            j += 1;
        }
    }
    both
}
