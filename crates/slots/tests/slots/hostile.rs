//! Nonsense ends quickly, and is explained.

use std::{
    collections::BTreeMap,
    time::{Duration, Instant},
};

use jiff::tz::TimeZone;
use slots::{Host, Kind, LocalWindow, Rules, Schedule, Span, explain, is_offered};
use types::Timestamp;

use crate::{full, random::Random, window};

const TIMES: [i64; 12] = [
    i64::MIN,
    i64::MIN + 1,
    -62_135_596_800_000_000,
    -1,
    0,
    1,
    1_803_859_200_000_000,
    1_803_859_200_000_001,
    1_804_000_000_123_456,
    253_000_000_000_000_000,
    i64::MAX - 1,
    i64::MAX,
];

const MINUTES: [u32; 10] = [0, 1, 7, 15, 60, 1440, 10_080, 10_081, 4_000_000, u32::MAX];

fn time(random: &mut Random) -> Timestamp {
    Timestamp(if random.below(2) == 0 {
        random.one(&TIMES)
    } else {
        1_803_859_200_000_000 + random.below(1 << 43) as i64
    })
}

fn span(random: &mut Random) -> Span {
    Span { from: time(random), until: time(random) }
}

fn rules(random: &mut Random) -> Rules {
    Rules {
        kind: random.one(&[Kind::Personal, Kind::Group, Kind::RoundRobin]),
        duration_minutes: random.one(&MINUTES),
        interval_minutes: random.one(&MINUTES),
        buffer_before_minutes: random.one(&MINUTES),
        buffer_after_minutes: random.one(&MINUTES),
        notice_minutes: random.one(&MINUTES),
        bookable: span(random),
        most_per_day: random.one(&[None, Some(0), Some(1), Some(u32::MAX)]),
        most_per_week: random.one(&[None, Some(0), Some(1), Some(u32::MAX)]),
    }
}

fn windows(random: &mut Random) -> Vec<LocalWindow> {
    let minutes = [0, 1, 719, 1380, 1439, 1440, 1441, 2880, 2881, u16::MAX];
    (0..random.below(4)).map(|_| window(random.one(&minutes), random.one(&minutes))).collect()
}

#[test]
fn extreme_rules_end_quickly() {
    let mut random = Random(77);
    for round in 0..if full() { 20_000 } else { 400 } {
        let zone = TimeZone::get(random.one(&["Europe/Paris", "Pacific/Apia", "Australia/Lord_Howe", "UTC"]))
            .unwrap();
        let weekly = std::array::from_fn(|_| windows(&mut random));
        let days = [jiff::civil::Date::MIN, jiff::civil::Date::MAX, jiff::civil::date(2027, 3, 2)];
        let overrides: BTreeMap<_, _> = days.into_iter().map(|day| (day, windows(&mut random))).collect();
        let schedule = Schedule { zone, weekly, overrides };
        let busy: Vec<Span> = (0..random.below(20)).map(|_| span(&mut random)).collect();
        let booked: Vec<Timestamp> = (0..random.below(20)).map(|_| time(&mut random)).collect();
        let count = random.below(4) as usize;
        let hosts = vec![Host { id: 1, schedule: &schedule, busy: &busy, booked: &booked }; count];
        let (rules, within, now) = (rules(&mut random), span(&mut random), time(&mut random));
        let began = Instant::now();
        let slots = slots::slots(&rules, &hosts, within, now);
        assert!(began.elapsed() < Duration::from_secs(5), "round {round}: {rules:?} {within:?} {now:?}");
        assert!(slots.len() <= 144_000, "round {round}: {} slots", slots.len());
        let probes = slots.iter().step_by(997).map(|slot| slot.starts_at).chain(TIMES.map(Timestamp));
        for start in probes.chain([time(&mut random)]) {
            let offered = is_offered(&rules, &hosts, start, now);
            let reasons = explain(&rules, &hosts, start, now);
            assert_eq!(
                offered.is_some(),
                reasons.is_empty(),
                "round {round} {start:?}: {rules:?} {reasons:?}"
            );
        }
    }
}

#[test]
fn a_day_that_closes_at_23_ends() {
    let schedule = crate::daily("Europe/Paris", &[window(0, 1380)]);
    let hosts = [Host { id: 1, schedule: &schedule, busy: &[], booked: &[] }];
    let within = crate::span("2027-01-01T00:00:00Z", "2027-01-02T00:00:00Z");
    let rules = Rules { bookable: within, ..crate::examples::rules() };
    let slots = slots::slots(&rules, &hosts, within, within.from);
    assert_eq!(slots.len(), 46, "an hour later than in Greenwich, with an hour of the next day");
    assert_eq!(slots[43].starts_at, crate::at("2027-01-01T21:30:00Z"));
    assert_eq!(slots[44].starts_at, crate::at("2027-01-01T23:00:00Z"));
}
