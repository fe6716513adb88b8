//! Every change of the clock from 2024 to 2032 in 40 zones.

use std::collections::BTreeMap;

use jiff::{Timestamp as Instant, tz::TimeZone};
use slots::{Host, Kind, Rules, Schedule, Span, is_offered};
use types::Timestamp;

use crate::{at, full, model, window};

/// Zones with changes of an hour, of half an hour, of two hours, at midnight, backwards in summer, and without any.
const ZONES: [&str; 40] = [
    "Europe/Paris",
    "America/New_York",
    "Australia/Lord_Howe",
    "Africa/Casablanca",
    "America/Havana",
    "Antarctica/Troll",
    "Asia/Beirut",
    "Europe/Dublin",
    "Europe/London",
    "Europe/Berlin",
    "Europe/Lisbon",
    "Europe/Athens",
    "Europe/Helsinki",
    "Europe/Chisinau",
    "Europe/Istanbul",
    "Atlantic/Azores",
    "America/Los_Angeles",
    "America/Chicago",
    "America/Denver",
    "America/Phoenix",
    "America/Anchorage",
    "America/Adak",
    "America/Halifax",
    "America/St_Johns",
    "America/Nuuk",
    "America/Santiago",
    "America/Asuncion",
    "America/Sao_Paulo",
    "America/Miquelon",
    "Pacific/Easter",
    "Pacific/Auckland",
    "Pacific/Chatham",
    "Pacific/Norfolk",
    "Australia/Sydney",
    "Australia/Adelaide",
    "Asia/Jerusalem",
    "Asia/Gaza",
    "Africa/Cairo",
    "Asia/Almaty",
    "Asia/Kolkata",
];

/// The changes of a zone's offset from 2024 to 2032, in microseconds.
fn changes(zone: &TimeZone) -> Vec<i64> {
    let until: Instant = "2033-01-01T00:00:00Z".parse().unwrap();
    let from: Instant = "2024-01-01T00:00:00Z".parse().unwrap();
    zone.following(from)
        .map(|change| change.timestamp())
        .take_while(|at| *at < until)
        .map(|at| at.as_microsecond())
        .collect()
}

fn rules(around: Span) -> Rules {
    Rules {
        kind: Kind::Personal,
        duration_minutes: 30,
        interval_minutes: 15,
        buffer_before_minutes: 0,
        buffer_after_minutes: 10,
        notice_minutes: 0,
        bookable: around,
        most_per_day: None,
        most_per_week: None,
    }
}

/// Whether the clock shows a time in the windows during the whole meeting.
fn is_inside(schedule: &Schedule, start: Timestamp) -> bool {
    (0..30).step_by(5).chain([29]).all(|minute| {
        let instant = Instant::from_microsecond(start.plus_seconds(minute * 60).0).unwrap();
        let shown = schedule.zone.to_datetime(instant);
        let minute = shown.hour() as u16 * 60 + shown.minute() as u16;
        let windows = &schedule.weekly[0];
        let inside =
            |minute: u16| windows.iter().any(|at| (at.from_minute..at.until_minute).contains(&minute));
        // What the day before reaches into.
        inside(minute) || inside(minute + 1440)
    })
}

#[test]
fn slots_lie_in_local_hours_at_every_change() {
    let (zones, years) = if full() { (40, 40) } else { (8, 3) };
    let (mut seen, mut offered) = (0, 0);
    for name in &ZONES[..zones] {
        let zone = TimeZone::get(name).unwrap();
        let windows =
            [window(0, 50), window(75, 165), window(180, 200), window(540, 720), window(1380, 1500)];
        let weekly = std::array::from_fn(|_| windows.to_vec());
        let schedule = Schedule { zone: zone.clone(), weekly, overrides: BTreeMap::new() };
        for change in changes(&zone).into_iter().take(years) {
            let around = Span {
                from: Timestamp(change).plus_seconds(-86_400),
                until: Timestamp(change).plus_seconds(86_400),
            };
            let busy = [Span {
                from: Timestamp(change).plus_seconds(7200),
                until: Timestamp(change).plus_seconds(9000),
            }];
            let hosts = [Host { id: 1, schedule: &schedule, busy: &busy, booked: &[] }];
            let rules = rules(around);
            let now = at("2023-01-01T00:00:00Z");
            let slots = slots::slots(&rules, &hosts, around, now);
            assert!(slots.windows(2).all(|pair| pair[0].starts_at < pair[1].starts_at), "{name} {change}");
            for slot in &slots {
                assert!(is_inside(&schedule, slot.starts_at), "{name} {}", slot.starts_at);
                assert_eq!(is_offered(&rules, &hosts, slot.starts_at, now).as_ref(), Some(&slot.hosts));
            }
            let ours: Vec<i64> = slots.iter().map(|slot| slot.starts_at.0 / 60_000_000).collect();
            let model: Vec<i64> =
                model::slots(&rules, &hosts, around, now).into_iter().map(|(at, _)| at).collect();
            assert_eq!(ours, model, "{name} {change}");
            (seen, offered) = (seen + 1, offered + slots.len());
        }
    }
    assert!(seen >= if full() { 400 } else { 20 }, "only {seen} changes");
    assert!(offered >= 10 * seen, "only {offered} slots around {seen} changes");
}
