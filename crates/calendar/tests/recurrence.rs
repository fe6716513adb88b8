//! When events happen, beside an independent program; and calendars that mean harm.
#![allow(clippy::unwrap_used, clippy::expect_used, reason = "these are tests")]

use std::{
    io::Write as _,
    process::{Command, Stdio},
    time::{Duration, Instant},
};

use calendar::{
    Attendee, Draft, Error, Event, Organizer, Participation, Window,
    ical::{self, Method},
};
use jiff::tz::TimeZone;
use types::Timestamp;

const OWN_ZONE: &str = "BEGIN:VTIMEZONE\r\nTZID:Ours\r\nBEGIN:STANDARD\r\nDTSTART:20071104T020000\r\nRRULE:FREQ=YEARLY;BYMONTH=11;BYDAY=1SU\r\nTZOFFSETFROM:-0700\r\nTZOFFSETTO:-0800\r\nEND:STANDARD\r\nBEGIN:DAYLIGHT\r\nDTSTART:20070311T020000\r\nRRULE:FREQ=YEARLY;BYMONTH=3;BYDAY=2SU\r\nTZOFFSETFROM:-0800\r\nTZOFFSETTO:-0700\r\nEND:DAYLIGHT\r\nEND:VTIMEZONE\r\n";

/// A calendar of one event, whose lines are separated by `|`.
fn calendar(lines: &str) -> String {
    let lines = lines.replace('|', "\r\n");
    format!(
        "BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-//test//EN\r\n{OWN_ZONE}BEGIN:VEVENT\r\nUID:one\r\nDTSTAMP:20240101T000000Z\r\nSUMMARY:Meeting\r\n{lines}\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n"
    )
}

fn at(text: &str) -> Timestamp {
    text.parse().unwrap()
}

fn window(from: &str, until: &str) -> Window {
    Window { from: at(&format!("{from}T00:00:00Z")), until: at(&format!("{until}T00:00:00Z")) }
}

fn events(text: &str, window: Window) -> Result<Vec<Event>, Error> {
    ical::events(text, window, &TimeZone::get("Europe/Paris").unwrap(), Some("rep@example.com"))
}

fn compact(at: Timestamp) -> String {
    jiff::Timestamp::from_microsecond(at.0).unwrap().strftime("%Y%m%dT%H%M%SZ").to_string()
}

/// What the Python program says of a calendar.
fn python(text: &str, arguments: &[&str]) -> String {
    let bin = std::env::var("RAPPORT_TEST_PYTHON")
        .expect("RAPPORT_TEST_PYTHON names the folder of Python's programs");
    let mut child = Command::new(format!("{bin}/python"))
        .arg(concat!(env!("CARGO_MANIFEST_DIR"), "/tests/programs/expand.py"))
        .args(arguments)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .unwrap();
    child.stdin.take().unwrap().write_all(text.as_bytes()).unwrap();
    let output = child.wait_with_output().unwrap();
    assert!(output.status.success(), "the program failed for {text}");
    String::from_utf8(output.stdout).unwrap().trim().to_owned()
}

/// Calendars that others have read wrongly: changes of the clock, exceptions, ends, positions.
const TRICKY: &[&str] = &[
    "DTSTART;TZID=Europe/Paris:20240101T090000|DTEND;TZID=Europe/Paris:20240101T100000|RRULE:FREQ=DAILY",
    "DTSTART;TZID=America/Los_Angeles:20240301T010000|DTEND;TZID=America/Los_Angeles:20240301T013000|RRULE:FREQ=DAILY;COUNT=300",
    "DTSTART;TZID=Ours:20240301T090000|DTEND;TZID=Ours:20240301T100000|RRULE:FREQ=WEEKLY;BYDAY=MO,WE,FR",
    "DTSTART;TZID=Europe/Paris:20240205T090000|DTEND;TZID=Europe/Paris:20240205T093000|RRULE:FREQ=WEEKLY;INTERVAL=2;WKST=SU;BYDAY=MO,SU",
    "DTSTART;TZID=Europe/Paris:20240131T090000|DTEND;TZID=Europe/Paris:20240131T093000|RRULE:FREQ=MONTHLY",
    "DTSTART;TZID=Europe/Paris:20240131T090000|DTEND;TZID=Europe/Paris:20240131T093000|RRULE:FREQ=MONTHLY;BYMONTHDAY=-1",
    "DTSTART;TZID=Europe/Paris:20240131T170000|DTEND;TZID=Europe/Paris:20240131T173000|RRULE:FREQ=MONTHLY;BYDAY=MO,TU,WE,TH,FR;BYSETPOS=-1",
    "DTSTART;TZID=Europe/Paris:20240102T170000|DTEND;TZID=Europe/Paris:20240102T173000|RRULE:FREQ=MONTHLY;BYDAY=1TU,-1FR",
    "DTSTART;TZID=Europe/Paris:20200229T080000|DTEND;TZID=Europe/Paris:20200229T090000|RRULE:FREQ=YEARLY",
    "DTSTART;TZID=Europe/Paris:20100401T080000|DTEND;TZID=Europe/Paris:20100401T090000|RRULE:FREQ=YEARLY;BYMONTH=4,6;BYDAY=TH",
    "DTSTART;TZID=Europe/Paris:20200513T080000|DTEND;TZID=Europe/Paris:20200513T090000|RRULE:FREQ=YEARLY;BYWEEKNO=20;BYDAY=WE",
    "DTSTART;TZID=Europe/Paris:20200409T080000|DTEND;TZID=Europe/Paris:20200409T090000|RRULE:FREQ=YEARLY;BYYEARDAY=100,-50",
    "DTSTART;TZID=Europe/Paris:20240101T080000|DTEND;TZID=Europe/Paris:20240101T081000|RRULE:FREQ=HOURLY;INTERVAL=5;BYDAY=MO,TU",
    "DTSTART;TZID=Europe/Paris:20240101T080000|DTEND;TZID=Europe/Paris:20240101T080500|RRULE:FREQ=DAILY;BYHOUR=8,12;BYMINUTE=0,30;BYSETPOS=2,-1",
    "DTSTART;TZID=Europe/Paris:20240301T090000|DTEND;TZID=Europe/Paris:20240301T100000|RRULE:FREQ=DAILY;UNTIL=20240405T070000Z",
    "DTSTART;VALUE=DATE:20240101|DTEND;VALUE=DATE:20240103|RRULE:FREQ=WEEKLY;UNTIL=20240501",
    "DTSTART;VALUE=DATE:20240110|RRULE:FREQ=MONTHLY;BYMONTHDAY=10;COUNT=9",
    "DTSTART:20240101T090000|DTEND:20240101T100000|RRULE:FREQ=DAILY;BYDAY=SA,SU",
    "DTSTART:20240101T090000Z|DURATION:PT45M|RRULE:FREQ=DAILY;INTERVAL=3",
    "DTSTART;TZID=Europe/Paris:20240301T090000|DTEND;TZID=Europe/Paris:20240301T100000|RRULE:FREQ=DAILY;COUNT=40|EXDATE;TZID=Europe/Paris:20240330T090000,20240331T090000|EXDATE:20240401T070000Z",
    "DTSTART;TZID=Europe/Paris:20240301T090000|DTEND;TZID=Europe/Paris:20240301T100000|RDATE;TZID=Europe/Paris:20240315T140000,20240401T090000",
    "DTSTART;TZID=Europe/Paris:20240301T090000|DTEND;TZID=Europe/Paris:20240301T100000|RRULE:FREQ=WEEKLY;COUNT=8|END:VEVENT|BEGIN:VEVENT|UID:one|DTSTAMP:20240101T000000Z|RECURRENCE-ID;TZID=Europe/Paris:20240405T090000|DTSTART;TZID=Europe/Paris:20240406T150000|DTEND;TZID=Europe/Paris:20240406T160000",
    "DTSTART;TZID=Europe/Paris:20240301T090000|DTEND;TZID=Europe/Paris:20240301T100000|RRULE:FREQ=WEEKLY;COUNT=8|END:VEVENT|BEGIN:VEVENT|UID:one|DTSTAMP:20240101T000000Z|RECURRENCE-ID;RANGE=THISANDFUTURE;TZID=Europe/Paris:20240315T090000|DTSTART;TZID=Europe/Paris:20240316T150000|DTEND;TZID=Europe/Paris:20240316T161500",
    "DTSTART;TZID=Europe/Paris:20240301T090000|DTEND;TZID=Europe/Paris:20240301T100000|RRULE:FREQ=WEEKLY;COUNT=8|END:VEVENT|BEGIN:VEVENT|UID:one|DTSTAMP:20240101T000000Z|RECURRENCE-ID;RANGE=THISANDFUTURE;TZID=Europe/Paris:20240315T090000|DTSTART;TZID=Europe/Paris:20240314T080000|DTEND;TZID=Europe/Paris:20240314T083000",
    "DTSTART;TZID=Europe/Paris:20240301T090000|DTEND;TZID=Europe/Paris:20240301T100000|RRULE:FREQ=WEEKLY;COUNT=8|EXDATE;TZID=Europe/Paris:20240412T090000|END:VEVENT|BEGIN:VEVENT|UID:one|DTSTAMP:20240101T000000Z|RECURRENCE-ID;RANGE=THISANDFUTURE;TZID=Europe/Paris:20240315T090000|DTSTART;TZID=Europe/Paris:20240315T150000|DTEND;TZID=Europe/Paris:20240315T160000|END:VEVENT|BEGIN:VEVENT|UID:one|DTSTAMP:20240101T000000Z|RECURRENCE-ID;TZID=Europe/Paris:20240405T090000|DTSTART;TZID=Europe/Paris:20240406T170000|DTEND;TZID=Europe/Paris:20240406T180000",
];

/// PITFALLS 66 and 67: each instance, before, at and after the changes of the clock.
#[test]
fn instances_are_those_that_an_independent_program_finds() {
    let year = window("2024-02-01", "2024-07-01");
    for lines in TRICKY {
        let text = calendar(lines);
        let ours = events(&text, year).unwrap();
        let ours: Vec<_> = ours
            .iter()
            .map(|event| format!("{} {}", compact(event.starts_at), compact(event.ends_at)))
            .collect();
        let theirs = python(&text, &["expand", "Europe/Paris", &compact(year.from), &compact(year.until)]);
        assert!(!theirs.is_empty(), "{lines}");
        assert_eq!(ours.join("\n"), theirs, "{lines}");
    }
}

/// Rules without a count are entered in their midst: what is found does not depend on the window.
#[test]
fn a_part_of_the_window_holds_the_same_instances() {
    let whole = window("2024-02-01", "2024-07-01");
    for lines in TRICKY {
        let text = calendar(lines);
        let all = events(&text, whole).unwrap();
        for day in (0..140).step_by(7) {
            let from = whole.from.plus_seconds(day * 86_400 + 3_601);
            let part = Window { from, until: from.plus_seconds(5 * 86_400) };
            let expected: Vec<_> = all
                .iter()
                .filter(|event| event.starts_at < part.until && event.ends_at > part.from)
                .collect();
            let found = events(&text, part).unwrap();
            assert_eq!(found.iter().collect::<Vec<_>>(), expected, "{lines} from {from}");
        }
    }
}

/// What is said of an instance and all that follow holds for them too, until another exception says otherwise (RFC 5545,
/// section 3.8.4.4): names stay those of the original beginnings, and a weekly event is moved on the local clock.
#[test]
fn an_exception_may_hold_for_all_that_follow() {
    let exception = |id: &str, lines: &str| {
        format!("|END:VEVENT|BEGIN:VEVENT|UID:one|DTSTAMP:20240101T000000Z|RECURRENCE-ID;{id}|{lines}")
    };
    let paris = |from: &str| format!("DTSTART;TZID=Europe/Paris:{from}|DURATION:PT30M");
    let later = format!("{}|SUMMARY:Later", paris("20240309T140000"));
    let second = exception("RANGE=THISANDFUTURE;TZID=Europe/Paris:20240308T090000", &later);
    let fifth = exception("TZID=Europe/Paris:20240329T090000", &paris("20240329T070000"));
    let over = format!("{}|STATUS:CANCELLED", paris("20240412T090000"));
    let seventh = exception("RANGE=THISANDFUTURE;TZID=Europe/Paris:20240412T090000", &over);
    let weekly = format!("{}|RRULE:FREQ=WEEKLY;COUNT=9", paris("20240301T090000"));
    let text = calendar(&format!("{weekly}{second}{fifth}{seventh}"));
    let found = events(&text, window("2024-03-01", "2024-06-01")).unwrap();
    let shown: Vec<_> =
        found.iter().map(|event| format!("{} {}", event.instance, compact(event.starts_at))).collect();
    let expected = [
        "20240301T080000Z 20240301T080000Z",
        "20240308T080000Z 20240309T130000Z",
        "20240315T080000Z 20240316T130000Z",
        "20240322T080000Z 20240323T130000Z",
        "20240329T080000Z 20240329T060000Z",
        "20240405T070000Z 20240406T120000Z",
        "20240412T070000Z 20240412T070000Z",
        "20240419T070000Z 20240419T070000Z",
        "20240426T070000Z 20240426T070000Z",
    ];
    assert_eq!(shown, expected);
    let busy: Vec<_> = found.iter().map(|event| event.is_busy).collect();
    assert_eq!(busy, [true, true, true, true, true, true, false, false, false]);
    assert_eq!((found[1].summary.as_str(), found[3].summary.as_str()), ("Later", "Later"));
    // A window that only a moved instance lies in holds it.
    assert_eq!(events(&text, window("2024-03-23", "2024-03-24")).unwrap(), found[3..4]);
    for start in ["99990308T090000", "00010308T090000"] {
        let far = exception("RANGE=THISANDFUTURE;TZID=Europe/Paris:20240308T090000", &paris(start));
        let text = calendar(&format!("{}|RRULE:FREQ=DAILY{far}", paris("20240301T090000")));
        let answer = events(&text, window("2024-01-01", "2025-01-01"));
        assert!(matches!(answer, Ok(_) | Err(Error::Unusable(_))), "{answer:?}");
    }
}

/// PITFALL 75: what is free, called off or declined takes no time.
#[test]
fn only_what_takes_the_time_is_busy() {
    let base = "DTSTART:20240301T090000Z|DTEND:20240301T100000Z";
    for (more, is_busy) in [
        ("", true),
        ("|TRANSP:OPAQUE", true),
        ("|TRANSP:TRANSPARENT", false),
        ("|STATUS:CANCELLED", false),
        ("|STATUS:TENTATIVE", true),
        ("|X-MICROSOFT-CDO-BUSYSTATUS:FREE", false),
        ("|ATTENDEE;PARTSTAT=DECLINED:MAILTO:Rep@example.com", false),
        ("|ATTENDEE;PARTSTAT=DECLINED:mailto:other@example.com", true),
        ("|ATTENDEE;CN=\"Doe; J: A\";PARTSTAT=ACCEPTED:mailto:rep@example.com", true),
    ] {
        let found = events(&calendar(&format!("{base}{more}")), window("2024-03-01", "2024-03-02")).unwrap();
        assert_eq!(found.len(), 1, "{more}");
        assert_eq!(found[0].is_busy, is_busy, "{more}");
    }
}

#[test]
fn zones_are_found_by_every_name_that_programs_write() {
    for (zone, expected) in [
        ("Europe/Paris", "2024-07-01T07:00:00Z"),
        ("/freeassociation.sourceforge.net/America/New_York", "2024-07-01T13:00:00Z"),
        ("W. Europe Standard Time", "2024-07-01T07:00:00Z"),
        ("Pacific Standard Time", "2024-07-01T16:00:00Z"),
        ("Ours", "2024-07-01T16:00:00Z"),
        ("Nobody's", "2024-07-01T07:00:00Z"),
    ] {
        let text = calendar(&format!("DTSTART;TZID=\"{zone}\":20240701T090000|DURATION:PT1H"));
        let found = events(&text, window("2024-07-01", "2024-07-02")).unwrap();
        assert_eq!(found[0].starts_at, at(expected), "{zone}");
    }
}

/// PITFALL 70: nothing that a stranger publishes may take long.
#[test]
fn hostile_calendars_are_refused_soon() {
    let many = format!(
        "DTSTART:20240101T000000Z|DURATION:PT1M|EXDATE:{}",
        vec!["20240101T000000Z"; 400_000].join(",")
    );
    let deep = format!("BEGIN:VCALENDAR\r\n{}", "BEGIN:VEVENT\r\n".repeat(100_000));
    let fat = format!(
        "DTSTART:19700101T000000Z|RRULE:FREQ=MINUTELY|{}",
        "ATTENDEE:mailto:a@example.com|".repeat(10_000)
    );
    let zone = "BEGIN:VTIMEZONE\r\nTZID:Mad\r\nBEGIN:STANDARD\r\nDTSTART:16010101T000000\r\nRRULE:FREQ=SECONDLY;BYMONTH=2;BYMONTHDAY=30\r\nTZOFFSETFROM:+0000\r\nTZOFFSETTO:+0100\r\nEND:STANDARD\r\nEND:VTIMEZONE\r\nBEGIN:VEVENT\r\nUID:a\r\nDTSTART;TZID=Mad:20240301T000000\r\nEND:VEVENT\r\n";
    let refused = [
        calendar("DTSTART:19700101T000000Z|RRULE:FREQ=SECONDLY"),
        calendar("DTSTART:19700101T000000Z|RRULE:FREQ=SECONDLY;COUNT=4000000000"),
        calendar(
            "DTSTART:19700101T000000Z|RRULE:FREQ=DAILY;BYHOUR=0,1,2,3,4,5,6,7;BYMINUTE=0,1,2,3,4,5,6,7,8,9;BYSECOND=0,1,2,3,4,5,6",
        ),
        calendar(&fat),
        format!("BEGIN:VCALENDAR\r\n{}", "X:y\r\n".repeat(10_000_000)),
        "<html>Sign in</html>".to_owned(),
        String::new(),
        "BEGIN:VCALENDAR\r\nBEGIN:VEVENT\r\nUID:a\r\nDTSTART:20240301T000000Z\r\n".to_owned(),
        "BEGIN:VCALENDAR\r\nBEGIN:VEVENT\r\nEND:VCALENDAR\r\n".to_owned(),
        deep,
    ];
    for text in refused {
        let begun = Instant::now();
        let answer = events(&text, window("2024-01-01", "2025-01-01"));
        assert!(matches!(answer, Err(Error::Unusable(_))), "{}", &text[..text.len().min(400)]);
        assert!(begun.elapsed() < Duration::from_secs(10), "{}", &text[..text.len().min(400)]);
    }
    for text in [
        calendar(&many),
        calendar("DTSTART:20240101T000000Z|RRULE:FREQ=SECONDLY;BYMONTH=2;BYMONTHDAY=30"),
        calendar("DTSTART:99991231T235959Z|RRULE:FREQ=YEARLY;INTERVAL=99999"),
        calendar("DTSTART:nonsense|RRULE:FREQ=|RDATE:;;|EXDATE:,,,|DURATION:P99999999999999999999D"),
        calendar("DTSTART:20240301T000000Z|DURATION:P999999999W"),
        format!("BEGIN:VCALENDAR\r\n{zone}END:VCALENDAR\r\n"),
    ] {
        let begun = Instant::now();
        let answer = events(&text, window("2024-01-01", "2025-01-01"));
        assert!(matches!(answer, Ok(_) | Err(Error::Unusable(_))));
        assert!(begun.elapsed() < Duration::from_secs(10), "{}", &text[..text.len().min(400)]);
    }
}

fn draft() -> Draft {
    Draft {
        uid: "booking-1@rapport.example".to_owned(),
        sequence: 2,
        starts_at: at("2024-03-31T07:00:00Z"),
        ends_at: at("2024-03-31T07:30:00Z"),
        time_zone: "Europe/Paris".to_owned(),
        summary: "Démo, \"live\"; \\ with a very long title that has to be folded between its characters: éééééééééééé".to_owned(),
        description: "First\nSecond: a,b;c".to_owned(),
        location: "https://meet.example/1".to_owned(),
        organizer: Organizer { name: Some("Rep, Ada".to_owned()), email: "rep@example.com".to_owned() },
        attendees: vec![Attendee {
            name: Some("O\"Brien: Guest; \r\nX-BAD:1".to_owned()),
            email: "guest@example.com".to_owned(),
            participation: Participation::NeedsAction,
        }],
        keeps_people: false,
        conference_url: None,
        wants_conference: false,
    }
}

#[test]
fn invitations_are_read_by_an_independent_program() {
    for zone in ["Europe/Paris", "America/Los_Angeles", "Asia/Kolkata", "UTC", "Australia/Lord_Howe"] {
        let draft = Draft { time_zone: zone.to_owned(), ..draft() };
        let text = ical::invitation(
            Method::Request,
            &draft,
            at("2024-03-01T00:00:00Z"),
            Some("https://r.example/b/1"),
        );
        assert!(text.split("\r\n").all(|line| line.len() <= 75 && !line.contains('\n')), "{text}");
        let read = python(&text, &["check"]);
        let expected =
            format!("booking-1@rapport.example 20240331T070000Z 20240331T073000Z {}", draft.summary);
        assert!(read.starts_with(&expected), "{zone}: {read}");
        assert!(read.contains("mailto:guest@example.com") && read.contains(" TRUE"), "{read}");
        assert!(read.ends_with(r"First\nSecond: a,b;c"), "{read}");
        assert!(!text.contains("\r\nX-BAD"), "a name added a property: {text}");
        let ours = events(&text, window("2024-03-31", "2024-04-01")).unwrap();
        assert_eq!((ours[0].starts_at, ours[0].ends_at), (draft.starts_at, draft.ends_at), "{zone}");
        assert_eq!(
            (&ours[0].summary, &ours[0].organizer),
            (&draft.summary, &Some(draft.organizer.clone())),
            "{zone}"
        );
    }
    let cancelled = ical::invitation(Method::Cancel, &draft(), at("2024-03-01T00:00:00Z"), None);
    assert!(
        cancelled.contains("METHOD:CANCEL")
            && cancelled.contains("STATUS:CANCELLED")
            && cancelled.contains("SEQUENCE:2")
    );
    assert!(!ical::entry(&draft(), at("2024-03-01T00:00:00Z")).contains("METHOD"));
}
