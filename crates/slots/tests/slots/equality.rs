//! The engine beside the naive model, on random links and schedules near changes of the clock.

use std::collections::BTreeMap;

use jiff::{civil::date, tz::TimeZone};
use slots::{Host, Kind, LocalWindow, Rules, Schedule, Span, explain, is_offered};
use types::Timestamp;

use crate::{at, full, model, random::Random, window};

const ZONES: [&str; 8] = [
    "America/New_York",
    "Europe/Paris",
    "Australia/Lord_Howe",
    "Asia/Kathmandu",
    "America/Havana",
    "Asia/Beirut",
    "America/St_Johns",
    "UTC",
];

/// Changes of the clock in some of the zones, and a day without any.
const DAYS: [&str; 6] = [
    "2027-03-14T07:00:00Z",
    "2027-03-28T01:00:00Z",
    "2027-04-03T15:00:00Z",
    "2027-10-02T15:30:00Z",
    "2027-11-07T05:00:00Z",
    "2027-06-16T12:00:00Z",
];

struct Case {
    rules: Rules,
    schedules: Vec<Schedule>,
    busy: Vec<Vec<Span>>,
    booked: Vec<Vec<Timestamp>>,
    within: Span,
    now: Timestamp,
}

fn minutes(from: Timestamp, minutes: i64) -> Timestamp {
    from.plus_seconds(60 * minutes)
}

fn windows(random: &mut Random) -> Vec<LocalWindow> {
    let one = |random: &mut Random| {
        let from = 5 * random.below(300) as u16;
        window(from, from + random.one(&[0, 45, 60, 125, 240, 480, 485, 900, 1440]))
    };
    match random.below(5) {
        0 => Vec::new(),
        1 => vec![window(0, 1440)],
        2 => vec![window(540, 720), window(720, 1020)],
        _ => (0..=random.below(3)).map(|_| one(random)).collect(),
    }
}

fn schedule(random: &mut Random) -> Schedule {
    let mut overrides = BTreeMap::new();
    for _ in 0..random.below(3) {
        let day = date(2027, random.one(&[3, 6, 11]), 1 + random.below(30) as i8);
        overrides.insert(day, windows(random));
    }
    let weekly = std::array::from_fn(|_| windows(random));
    Schedule { zone: TimeZone::get(random.one(&ZONES)).unwrap(), weekly, overrides }
}

fn case(random: &mut Random) -> Case {
    let middle = at(random.one(&DAYS));
    let hosts = 1 + random.below(3);
    let within =
        Span { from: minutes(middle, -1440), until: minutes(middle, 720 + random.below(1440) as i64) };
    let mut near = |random: &mut Random| minutes(middle, 5 * (random.below(1440) as i64 - 720));
    let spans = |random: &mut Random, near: &mut dyn FnMut(&mut Random) -> Timestamp| {
        let count = random.below(12);
        let mut one = || {
            let from = near(random);
            Span { from, until: minutes(from, random.one(&[7, 15, 30, 60, 180])) }
        };
        (0..count).map(|_| one()).collect::<Vec<_>>()
    };
    let most = |random: &mut Random| random.one(&[None, None, Some(0), Some(1), Some(2), Some(4)]);
    let bookable =
        Span { from: minutes(middle, -4000), until: minutes(middle, random.one(&[900, 1000, 9000])) };
    Case {
        rules: Rules {
            kind: random.one(&[Kind::Personal, Kind::Group, Kind::RoundRobin]),
            duration_minutes: random.one(&[1, 5, 15, 30, 45, 60, 90, 600]),
            interval_minutes: random.one(&[5, 7, 10, 15, 20, 25, 30, 45, 60, 90, 120]),
            buffer_before_minutes: random.one(&[0, 0, 5, 30]),
            buffer_after_minutes: random.one(&[0, 0, 10, 45]),
            notice_minutes: random.one(&[0, 0, 60, 1440]),
            bookable,
            most_per_day: most(random),
            most_per_week: most(random),
        },
        schedules: (0..hosts).map(|_| schedule(random)).collect(),
        busy: (0..hosts).map(|_| spans(random, &mut near)).collect(),
        booked: (0..hosts).map(|_| (0..random.below(6)).map(|_| near(random)).collect()).collect(),
        within,
        now: minutes(middle, random.one(&[-9000, -1000, -500])),
    }
}

#[test]
fn slots_are_those_of_the_model() {
    let (mut random, mut offered) = (Random(20_270_314), 0);
    for round in 0..if full() { 3000 } else { 120 } {
        let Case { rules, schedules, busy, booked, within, now } = case(&mut random);
        let lists = schedules.iter().zip(&busy).zip(&booked).zip(1..);
        let hosts: Vec<Host<'_>> =
            lists.map(|(((schedule, busy), booked), id)| Host { id, schedule, busy, booked }).collect();
        let slots = slots::slots(&rules, &hosts, within, now);
        let ours: Vec<(i64, Vec<usize>)> =
            slots.iter().map(|slot| (slot.starts_at.0 / 60_000_000, slot.hosts.iter().collect())).collect();
        assert_eq!(ours, model::slots(&rules, &hosts, within, now), "round {round}: {rules:?} {schedules:?}");
        offered += slots.len();
        // Every minute of some hours, and every fifth of the rest: offered exactly if listed, explained exactly if not.
        for minute in
            (0..within.until.seconds_since(within.from) / 60).filter(|m| m % 5 == 0 || m / 60 % 24 == 9)
        {
            let start = minutes(within.from, minute);
            let listed = slots.binary_search_by_key(&start, |slot| slot.starts_at);
            let hosts_then = is_offered(&rules, &hosts, start, now);
            assert_eq!(
                hosts_then.as_ref(),
                listed.ok().map(|place| &slots[place].hosts),
                "round {round} {start}"
            );
            let reasons = explain(&rules, &hosts, start, now);
            assert_eq!(reasons.is_empty(), hosts_then.is_some(), "round {round} {start}: {reasons:?}");
        }
    }
    assert!(offered > 1000, "only {offered} slots in all");
}
