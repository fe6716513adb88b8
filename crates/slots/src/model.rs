//! What is asked and answered.

use std::collections::BTreeMap;

use jiff::{civil::Date, tz::TimeZone};
use types::Timestamp;

use crate::HostSet;

/// One window of a day in local time, in minutes since local midnight as a clock shows them. `until_minute` may lie beyond
/// 1,440, then the window reaches past midnight; it counts up to 2,880. A window that does not end after it begins is empty.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct LocalWindow {
    /// The first minute.
    pub from_minute: u16,
    /// The minute after the last.
    pub until_minute: u16,
}

/// Working hours.
#[derive(Clone, Debug)]
pub struct Schedule {
    /// Where the windows' local time is told.
    pub zone: TimeZone,
    /// The windows of each weekday, from Monday on, in any order.
    pub weekly: [Vec<LocalWindow>; 7],
    /// The windows of dates that differ from their weekday. An empty list closes the date, for example on a holiday; what
    /// reaches into it from the day before stays.
    pub overrides: BTreeMap<Date, Vec<LocalWindow>>,
}

/// A stretch of time, half open. One that does not end after it begins is empty.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Span {
    /// Its first instant.
    pub from: Timestamp,
    /// The instant after its last.
    pub until: Timestamp,
}

/// One who may hold the meeting.
#[derive(Clone, Copy, Debug)]
pub struct Host<'a> {
    /// Names the host in a [`Reason`](crate::Reason).
    pub id: i64,
    /// When the host works.
    pub schedule: &'a Schedule,
    /// When the host is not free: calendars' events and claims alike. In any order, and they may overlap.
    pub busy: &'a [Span],
    /// Starts of meetings that count towards the limits per day and week, in any order. Days and weeks are the schedule's
    /// zone's, weeks begin on Monday.
    pub booked: &'a [Timestamp],
}

/// Who of the hosts holds the meeting.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Kind {
    /// The one host. With several, all as in a group.
    Personal,
    /// All: every host must be free.
    Group,
    /// One of those who are free.
    RoundRobin,
}

/// The rules of a link. Times in minutes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Rules {
    /// Who of the hosts holds the meeting.
    pub kind: Kind,
    /// How long the meeting is: at least one minute (0 counts as 1), at most [`MAX_MEETING_DAYS`](crate::MAX_MEETING_DAYS).
    /// Longer ones are never offered.
    pub duration_minutes: u32,
    /// From one start to the next; 0 counts as 1.
    pub interval_minutes: u32,
    /// How long the host is free before the meeting.
    pub buffer_before_minutes: u32,
    /// How long the host is free after the meeting.
    pub buffer_after_minutes: u32,
    /// How long before its start a meeting can be booked at the latest.
    pub notice_minutes: u32,
    /// What the whole meeting lies in: the rolling window or the range of dates.
    pub bookable: Span,
    /// No start on a day on which a host has this many already.
    pub most_per_day: Option<u32>,
    /// No start in a week in which a host has this many already.
    pub most_per_week: Option<u32>,
}

/// A start that is offered.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Slot {
    /// When the meeting begins.
    pub starts_at: Timestamp,
    /// Who can hold it, by their places in the list of hosts: all of them, or in round robin those who are free.
    pub hosts: HostSet,
}
