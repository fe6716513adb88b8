//! The questions: 1, 3, 10 and 50 hosts, 30 and 60 days over the changes of the clock in America and Europe, 40 to 500 busy
//! times a host. The same each time.

use std::collections::BTreeMap;

use anyhow::{Context, Result};
use jiff::tz::TimeZone;
use slots::{Host, Kind, LocalWindow, Rules, Schedule, Span};
use types::Timestamp;

use crate::random::Random;

/// 2027-03-01T00:00:00Z. The clock changes on 14 March in America, on 28 March in Europe.
const START: Timestamp = Timestamp(1_803_859_200 * Timestamp::SECOND);

/// When the questions are asked: long before, so that no notice cuts them.
pub const NOW: Timestamp = START.plus_seconds(-90 * 86_400);

const SEED: u32 = 20_240_317;

const ZONES: [&str; 6] = [
    "America/New_York",
    "Europe/Paris",
    "Europe/London",
    "America/Los_Angeles",
    "Asia/Kolkata",
    "Australia/Sydney",
];

/// A host's morning and afternoon, Monday to Friday: 9:00 to 12:30 and 13:30 to 18:00.
const WINDOWS: [LocalWindow; 2] = [
    LocalWindow { from_minute: 540, until_minute: 750 },
    LocalWindow { from_minute: 810, until_minute: 1080 },
];

/// One question.
pub struct Scenario {
    /// What it is called in the table.
    pub name: &'static str,
    /// The link's rules.
    pub rules: Rules,
    /// The hosts' hours.
    pub schedules: Vec<Schedule>,
    /// The hosts' busy times, each in ascending order.
    pub busy: Vec<Vec<Span>>,
}

impl Scenario {
    /// The hosts, as the engine takes them.
    pub fn hosts(&self) -> Vec<Host<'_>> {
        let hosts = self.schedules.iter().zip(&self.busy);
        hosts.zip(0..).map(|((schedule, busy), id)| Host { id, schedule, busy, booked: &[] }).collect()
    }
}

/// A row of the list of questions: name, hosts, busy times a host, minutes of interval and duration, days, kind.
type Row = (&'static str, usize, u32, u32, u32, Kind);

const ROWS: [Row; 9] = [
    ("one-15", 1, 60, 15, 30, Kind::RoundRobin),
    ("one-30", 1, 60, 30, 30, Kind::RoundRobin),
    ("one-60", 1, 60, 60, 30, Kind::RoundRobin),
    ("one-heavy-15", 1, 500, 15, 30, Kind::RoundRobin),
    ("rr10-15", 10, 60, 15, 30, Kind::RoundRobin),
    ("rr10-30", 10, 60, 30, 30, Kind::RoundRobin),
    ("rr50-30", 50, 60, 30, 30, Kind::RoundRobin),
    ("coll3-30", 3, 40, 30, 30, Kind::Group),
    ("one-60day-15", 1, 120, 15, 60, Kind::RoundRobin),
];

/// All questions, in the order of the table.
///
/// # Errors
/// When a zone is not known.
pub fn all() -> Result<Vec<Scenario>> {
    let mut random = Random::seeded(SEED);
    ROWS.into_iter().map(|row| scenario(row, &mut random)).collect()
}

fn scenario((name, hosts, busy, interval, days, kind): Row, random: &mut Random) -> Result<Scenario> {
    let rules = Rules {
        kind,
        duration_minutes: interval,
        interval_minutes: interval,
        buffer_before_minutes: 10,
        buffer_after_minutes: 10,
        notice_minutes: 240,
        bookable: Span { from: START, until: START.plus_seconds(i64::from(days) * 86_400) },
        most_per_day: None,
        most_per_week: None,
    };
    let schedules = (0..hosts).map(|host| schedule(ZONES[host % ZONES.len()])).collect::<Result<_>>()?;
    let busy = (0..hosts).map(|_| busy_times(busy, days, random)).collect();
    Ok(Scenario { name, rules, schedules, busy })
}

fn schedule(zone: &str) -> Result<Schedule> {
    let windows = |day: usize| if day < 5 { WINDOWS.to_vec() } else { Vec::new() };
    Ok(Schedule {
        zone: TimeZone::get(zone).with_context(|| format!("the zone {zone}"))?,
        weekly: std::array::from_fn(windows),
        overrides: BTreeMap::new(),
    })
}

fn busy_times(count: u32, days: u32, random: &mut Random) -> Vec<Span> {
    let mut one = || {
        let from = START.plus_seconds(i64::from(300 * random.below(days * 288)));
        let minutes = [15, 30, 45, 60, 90][random.below(5) as usize];
        Span { from, until: from.plus_seconds(minutes * 60) }
    };
    let mut busy: Vec<Span> = (0..count).map(|_| one()).collect();
    busy.sort();
    busy
}
