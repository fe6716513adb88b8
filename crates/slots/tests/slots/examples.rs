//! The rules by example. Monday is 2027-03-01.

use jiff::civil::date;
use slots::{Host, Kind, MAX_DAYS, Reason, Rules, Schedule, Slot, Span, explain, is_offered};
use types::Timestamp;

use crate::{at, daily, span, window};

const NOW: &str = "2027-02-01T00:00:00Z";

/// Half an hour every half hour, without anything else.
pub fn rules() -> Rules {
    Rules {
        kind: Kind::Personal,
        duration_minutes: 30,
        interval_minutes: 30,
        buffer_before_minutes: 0,
        buffer_after_minutes: 0,
        notice_minutes: 0,
        bookable: span("2027-01-01T00:00:00Z", "2028-01-01T00:00:00Z"),
        most_per_day: None,
        most_per_week: None,
    }
}

fn host<'a>(schedule: &'a Schedule, busy: &'a [Span]) -> Host<'a> {
    Host { id: 7, schedule, busy, booked: &[] }
}

/// The times of day in UTC of what is offered on a date.
fn on(day: &str, rules: &Rules, hosts: &[Host<'_>]) -> Vec<String> {
    let from = at(&format!("{day}T00:00:00Z"));
    let slots = slots::slots(rules, hosts, Span { from, until: from.plus_seconds(86_400) }, at(NOW));
    slots.iter().map(|slot| slot.starts_at.to_string()[11..16].to_owned()).collect()
}

#[test]
fn a_buffer_of_30_minutes_after_a_meeting_until_13_30_offers_14_00() {
    let (schedule, busy) =
        (daily("UTC", &[window(720, 960)]), [span("2027-03-01T13:00:00Z", "2027-03-01T13:30:00Z")]);
    let hosts = [host(&schedule, &busy)];
    let both = Rules { buffer_before_minutes: 30, buffer_after_minutes: 30, ..rules() };
    assert_eq!(on("2027-03-01", &both, &hosts), ["12:00", "14:00", "14:30", "15:00", "15:30"]);
    let before = Rules { buffer_before_minutes: 30, ..rules() };
    assert_eq!(on("2027-03-01", &before, &hosts), ["12:00", "12:30", "14:00", "14:30", "15:00", "15:30"]);
    let after = Rules { buffer_after_minutes: 30, ..rules() };
    assert_eq!(on("2027-03-01", &after, &hosts), ["12:00", "13:30", "14:00", "14:30", "15:00", "15:30"]);
}

#[test]
fn hours_begin_on_the_hour_of_the_host() {
    let schedule = daily("Asia/Kolkata", &[window(540, 720)]);
    let hourly = Rules { duration_minutes: 60, interval_minutes: 60, ..rules() };
    assert_eq!(on("2027-03-01", &hourly, &[host(&schedule, &[])]), ["03:30", "04:30", "05:30"]);
}

#[test]
fn windows_reach_past_midnight_and_join() {
    let night = daily("UTC", &[window(1320, 1560)]);
    let two_hours = Rules { duration_minutes: 120, interval_minutes: 60, ..rules() };
    assert_eq!(on("2027-03-01", &two_hours, &[host(&night, &[])]), ["00:00", "22:00", "23:00"]);
    let always = daily("UTC", &[window(0, 720), window(720, 1440)]);
    assert_eq!(on("2027-03-01", &two_hours, &[host(&always, &[])]).len(), 24);
}

#[test]
fn a_date_of_its_own_replaces_its_weekday() {
    let mut schedule = daily("UTC", &[window(540, 600)]);
    schedule.overrides.insert(date(2027, 3, 1), Vec::new());
    schedule.overrides.insert(date(2027, 3, 2), vec![window(900, 930)]);
    let hosts = [host(&schedule, &[])];
    assert!(on("2027-03-01", &rules(), &hosts).is_empty());
    assert_eq!(on("2027-03-02", &rules(), &hosts), ["15:00"]);
    assert_eq!(on("2027-03-03", &rules(), &hosts), ["09:00", "09:30"]);
    let why = |start| explain(&rules(), &hosts, at(start), at(NOW));
    assert_eq!(why("2027-03-01T09:00:00Z"), [Reason::ClosedDate { host: 7 }]);
    assert_eq!(why("2027-03-02T09:00:00Z"), [Reason::OutsideHours { host: 7 }]);
}

#[test]
fn hours_follow_the_clock() {
    // Put forward at 01:00Z from 2:00 to 3:00, and back at 01:00Z from 3:00 to 2:00.
    let paris = daily("Europe/Paris", &[window(60, 180), window(540, 600)]);
    let hosts = [host(&paris, &[])];
    assert_eq!(on("2027-03-27", &rules(), &hosts), ["00:00", "00:30", "01:00", "01:30", "08:00", "08:30"]);
    assert_eq!(on("2027-03-28", &rules(), &hosts), ["00:00", "00:30", "07:00", "07:30", "23:00", "23:30"]);
    let fold = ["00:00", "00:30", "01:00", "01:30", "08:00", "08:30"];
    assert_eq!(on("2027-10-31", &rules(), &hosts), fold, "2:00 comes twice, 1:00 was the day before in UTC");
    let gap = daily("Europe/Paris", &[window(120, 180)]);
    assert!(on("2027-03-28", &rules(), &[host(&gap, &[])]).is_empty());
    // Put back by half an hour, from 2:00 to 1:30 at 15:00Z.
    let island = daily("Australia/Lord_Howe", &[window(90, 120)]);
    assert_eq!(on("2027-04-03", &rules(), &[host(&island, &[])]), ["14:30", "15:00"]);
}

#[test]
fn limits_count_days_and_weeks_of_the_host() {
    let schedule = daily("America/Los_Angeles", &[window(1380, 1440)]);
    // Sunday evening in Los Angeles.
    let booked = [at("2027-03-01T07:00:00Z")];
    let hosts = [Host { id: 7, schedule: &schedule, busy: &[], booked: &booked }];
    let daily = Rules { most_per_day: Some(1), ..rules() };
    assert!(on("2027-03-01", &daily, &hosts).is_empty());
    assert_eq!(on("2027-03-02", &daily, &hosts), ["07:00", "07:30"]);
    let weekly = Rules { most_per_week: Some(1), ..rules() };
    assert!(on("2027-02-23", &weekly, &hosts).is_empty(), "Monday of that week");
    assert_eq!(on("2027-02-22", &weekly, &hosts).len(), 2, "Sunday of the week before");
    assert_eq!(on("2027-03-02", &weekly, &hosts).len(), 2, "Monday of the week after");
    let both = Rules { most_per_day: Some(1), ..weekly };
    let full = [Reason::DayFull { host: 7, most: 1 }, Reason::WeekFull { host: 7, most: 1 }];
    assert_eq!(explain(&both, &hosts, at("2027-03-01T07:30:00Z"), at(NOW)), full);
}

#[test]
fn a_start_that_was_shown_stays_as_time_goes_by() {
    let schedule = daily("UTC", &[window(540, 1020)]);
    let hosts = [host(&schedule, &[])];
    let uneven = Rules { interval_minutes: 45, notice_minutes: 10, ..rules() };
    let shown = at("2027-03-01T09:45:00Z");
    for now in ["2027-02-01T00:00:00Z", "2027-03-01T09:20:00Z", "2027-03-01T09:35:00Z"] {
        assert!(is_offered(&uneven, &hosts, shown, at(now)).is_some(), "{now}");
    }
    let notice = |now| explain(&uneven, &hosts, shown, at(now));
    let earliest = at("2027-03-01T09:46:00Z");
    assert_eq!(notice("2027-03-01T09:36:00Z"), [Reason::Notice { earliest }]);
    assert_eq!(notice("2027-03-01T09:46:00Z"), [Reason::Past]);
}

#[test]
fn the_meeting_lies_in_what_can_be_booked() {
    let schedule = daily("UTC", &[window(540, 720)]);
    let hosts = [host(&schedule, &[])];
    let narrow = Rules { bookable: span("2027-03-01T10:00:00Z", "2027-03-01T11:15:00Z"), ..rules() };
    assert_eq!(on("2027-03-01", &narrow, &hosts), ["10:00", "10:30"]);
    let why = |start| explain(&narrow, &hosts, at(start), at(NOW));
    assert_eq!(why("2027-03-01T09:30:00Z"), [Reason::BeforeWindow]);
    assert_eq!(why("2027-03-01T11:00:00Z"), [Reason::AfterWindow]);
    assert_eq!(why("2027-03-01T10:10:00Z"), [Reason::NotOnGrid { step: 30 }]);
}

#[test]
fn busy_times_are_named() {
    let schedule = daily("UTC", &[window(540, 720)]);
    let busy = [
        span("2027-03-01T10:00:00Z", "2027-03-01T10:30:00Z"),
        span("2027-03-01T09:45:00Z", "2027-03-01T10:15:00Z"),
    ];
    let buffered = Rules { buffer_after_minutes: 15, ..rules() };
    let why = |start| explain(&buffered, &[host(&schedule, &busy)], at(start), at(NOW));
    assert_eq!(why("2027-03-01T10:00:00Z"), [Reason::Busy { host: 7, span: busy[1] }]);
    let near = [Reason::Busy { host: 7, span: busy[1] }, Reason::Buffer { host: 7, span: busy[0] }];
    assert_eq!(why("2027-03-01T09:20:00Z"), near);
    assert_eq!(explain(&rules(), &[], at("2027-03-01T10:00:00Z"), at(NOW)), [Reason::NoHosts]);
}

#[test]
fn a_group_meets_when_all_are_free_and_round_robin_when_any_is() {
    let (paris, london) =
        (daily("Europe/Paris", &[window(540, 660)]), daily("Europe/London", &[window(540, 660)]));
    let busy = [span("2027-03-01T09:00:00Z", "2027-03-01T09:30:00Z")];
    let hosts = [host(&paris, &[]), Host { id: 8, ..host(&london, &busy) }];
    let group = Rules { kind: Kind::Group, ..rules() };
    assert_eq!(on("2027-03-01", &group, &hosts), ["09:30"]);
    let robin = Rules { kind: Kind::RoundRobin, ..rules() };
    let day = span("2027-03-01T00:00:00Z", "2027-03-02T00:00:00Z");
    let slots = slots::slots(&robin, &hosts, day, at(NOW));
    let who =
        |slot: &Slot| (slot.starts_at.to_string()[11..16].to_owned(), slot.hosts.iter().collect::<Vec<_>>());
    let expected = [
        ("08:00", vec![0]),
        ("08:30", vec![0]),
        ("09:00", vec![0]),
        ("09:30", vec![0, 1]),
        ("10:00", vec![1]),
        ("10:30", vec![1]),
    ];
    assert_eq!(slots.iter().map(who).collect::<Vec<_>>(), expected.map(|(at, who)| (at.to_owned(), who)));
}

#[test]
fn many_hosts_and_long_stretches_have_an_end() {
    let schedule = daily("UTC", &[window(0, 1440)]);
    let hosts = vec![host(&schedule, &[]); 130];
    let robin = Rules { kind: Kind::RoundRobin, ..rules() };
    let forever = Span { from: Timestamp(i64::MIN), until: Timestamp(i64::MAX) };
    let slots = slots::slots(&robin, &hosts, forever, at(NOW));
    assert_eq!(slots.len(), 48 * MAX_DAYS as usize);
    assert!(slots.iter().all(|slot| slot.hosts.len() == 130));
}
