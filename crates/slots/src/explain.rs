//! Why a start is not offered.

use types::Timestamp;

use crate::{
    engine::{MAX_MEETING_DAYS, bookable, is_offered},
    free::{Free, date, minutes, widened},
    model::{Host, Kind, Rules, Span},
    offsets::{DAY, EARLIEST, LATEST},
};

/// Why a start is not offered. Hosts are named by their ids.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Reason {
    /// The link has no host.
    NoHosts,
    /// It is over.
    Past,
    /// It is too soon.
    Notice {
        /// The first instant that is not.
        earliest: Timestamp,
    },
    /// It lies before what can be booked.
    BeforeWindow,
    /// The meeting ends after what can be booked.
    AfterWindow,
    /// Part of the meeting, or all of it, lies outside the host's hours; or it is longer than any may be.
    OutsideHours {
        /// Whose hours.
        host: i64,
    },
    /// The hosts are free, but the starts there are others.
    NotOnGrid {
        /// The minutes from one start to the next.
        step: u32,
    },
    /// The host is busy during the meeting.
    Busy {
        /// Who.
        host: i64,
        /// The earliest of the busy times in the way.
        span: Span,
    },
    /// The host is busy in a buffer of the meeting.
    Buffer {
        /// Who.
        host: i64,
        /// The earliest of the busy times in the way.
        span: Span,
    },
    /// The host has the most meetings on that day.
    DayFull {
        /// Who.
        host: i64,
        /// How many those are.
        most: u32,
    },
    /// The host has the most meetings in that week.
    WeekFull {
        /// Who.
        host: i64,
        /// How many those are.
        most: u32,
    },
    /// The host's schedule closes the date of the meeting.
    ClosedDate {
        /// Whose schedule.
        host: i64,
    },
}

/// The owner's "why is this slot missing?": at most one reason for each host and rule, empty exactly if the start is offered
/// at `now`. In round robin the reasons of every host who cannot hold it are told.
pub fn explain(rules: &Rules, hosts: &[Host<'_>], starts_at: Timestamp, now: Timestamp) -> Vec<Reason> {
    if is_offered(rules, hosts, starts_at, now).is_some() {
        return Vec::new();
    }
    let mut reasons = of_the_link(rules, hosts, starts_at, now);
    let told_by_link = !reasons.is_empty();
    let meeting = minutes(rules.duration_minutes.max(1));
    let (mut able, mut in_calendar) = (0, false);
    if (EARLIEST..LATEST).contains(&starts_at.0) {
        in_calendar = true;
        for host in hosts {
            let before = reasons.len();
            of_the_host(rules, host, starts_at.0, meeting, &mut reasons);
            able += usize::from(reasons.len() == before);
        }
    }
    let enough = match rules.kind {
        Kind::Personal | Kind::Group => able == hosts.len(),
        Kind::RoundRobin => able > 0,
    };
    if enough && in_calendar && !told_by_link {
        reasons.push(Reason::NotOnGrid { step: rules.interval_minutes.max(1) });
    }
    reasons
}

fn of_the_link(rules: &Rules, hosts: &[Host<'_>], starts_at: Timestamp, now: Timestamp) -> Vec<Reason> {
    let mut reasons = Vec::new();
    if hosts.is_empty() {
        reasons.push(Reason::NoHosts);
    }
    let earliest = Timestamp(now.0.saturating_add(minutes(rules.notice_minutes)));
    if starts_at < now {
        reasons.push(Reason::Past);
    } else if starts_at < earliest {
        reasons.push(Reason::Notice { earliest });
    }
    let (from, until) = bookable(rules);
    if starts_at.0 < from {
        reasons.push(Reason::BeforeWindow);
    } else if starts_at.0.saturating_add(minutes(rules.duration_minutes.max(1))) > until {
        reasons.push(Reason::AfterWindow);
    }
    reasons
}

fn of_the_host(rules: &Rules, host: &Host<'_>, at: i64, meeting: i64, reasons: &mut Vec<Reason>) {
    let id = host.id;
    let short = meeting <= i64::from(MAX_MEETING_DAYS) * DAY;
    // The hours alone, as if nothing were booked; no longer than a meeting may be.
    let looked_at =
        Rules { duration_minutes: if short { rules.duration_minutes } else { 1 }, ..rules.clone() };
    let hours = Free::new(&looked_at, &Host { busy: &[], ..*host }, at, at + 1);
    if !short || !hours.pieces.iter().any(|piece| piece.holds(at, meeting)) {
        let last = at + meeting.min(i64::from(MAX_MEETING_DAYS) * DAY) - 1;
        let mut days = [at, last].into_iter().map(|at| date(hours.offsets.day(at)));
        let closed = days.any(|date| host.schedule.overrides.get(&date).is_some_and(Vec::is_empty));
        reasons.push(if closed {
            Reason::ClosedDate { host: id }
        } else {
            Reason::OutsideHours { host: id }
        });
    }
    let until = at.saturating_add(meeting);
    let meets = |&(from, end): &(i64, i64)| from < until && end > at;
    let in_the_way = host.busy.iter().filter(|span| widened(rules, span).as_ref().is_some_and(meets));
    let (busy, near): (Vec<Span>, Vec<Span>) =
        in_the_way.copied().partition(|span| meets(&(span.from.0, span.until.0)));
    if let Some(span) = busy.into_iter().min() {
        reasons.push(Reason::Busy { host: id, span });
    }
    if let Some(span) = near.into_iter().min() {
        reasons.push(Reason::Buffer { host: id, span });
    }
    if let Some(most) = rules.most_per_day.filter(|_| hours.day_is_full(at)) {
        reasons.push(Reason::DayFull { host: id, most });
    }
    if let Some(most) = rules.most_per_week.filter(|_| hours.week_is_full(at)) {
        reasons.push(Reason::WeekFull { host: id, most });
    }
}
