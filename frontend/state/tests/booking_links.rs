//! What the editor of a booking link computes.
#![allow(clippy::unwrap_used, reason = "tests")]

use state::booking_links::*;
use types::booking::{
    AnswerKind, Availability, BookingLanguage, BookingLinkHost, BookingLinkKind, BookingLinkSettings,
    DateHours, DateRange, FormField, Reminders, TimeRange, WeekdayHours,
};
use types::crm::PropertyType;
use types::{Date, UserId};

fn range(from_minute: u16, until_minute: u16) -> TimeRange {
    TimeRange { from_minute, until_minute }
}

fn day(text: &str) -> Date {
    text.parse().unwrap()
}

fn field(key: &str) -> FormField {
    FormField {
        key: key.to_owned(),
        property: None,
        label: key.to_owned(),
        kind: AnswerKind::Line,
        options: Vec::new(),
        is_required: true,
    }
}

fn settings() -> BookingLinkSettings {
    serde_json::from_value(serde_json::json!({
        "internal_name": "Intro", "title": "Meet us", "durations_minutes": [30], "invitation_subject": "Meeting",
        "language": "en", "country": "US",
        "reminders": { "is_enabled": true, "includes_description": false, "minutes_before": [4320, 60] },
        "availability": {
            "time_zone": null, "weekly": [{ "weekday": 0, "ranges": [{ "from_minute": 540, "until_minute": 1020 }] }],
            "rolling_weeks": 4, "notice_minutes": 240, "buffer_before_minutes": 0, "buffer_after_minutes": 0,
        },
    }))
    .unwrap()
}

fn hosts() -> Vec<BookingLinkHost> {
    vec![BookingLinkHost { user_id: UserId(1), weight: 1 }]
}

fn issues(change: impl FnOnce(&mut BookingLinkSettings)) -> Vec<(String, Rule)> {
    let mut settings = settings();
    change(&mut settings);
    let found = check(BookingLinkKind::Personal, &hosts(), &settings);
    found.into_iter().map(|issue| (issue.field, issue.rule)).collect()
}

fn one(field: &str, rule: Rule) -> Vec<(String, Rule)> {
    vec![(field.to_owned(), rule)]
}

#[test]
fn hours_go_to_days_and_back() {
    let weekly = vec![
        WeekdayHours { weekday: 0, ranges: vec![range(540, 720), range(780, 1020)] },
        WeekdayHours { weekday: 6, ranges: vec![range(1320, 1560)] },
    ];
    let mut week = week_of(&weekly);
    assert_eq!(weekly_of(&week), weekly);
    copy_day(&mut week, 0, &[1, 6, 9]);
    assert_eq!((week[1].clone(), week[6].clone(), week[2].len()), (week[0].clone(), week[0].clone(), 0));
}

#[test]
fn an_end_that_is_not_later_is_on_the_next_day() {
    assert_eq!(range_of("09:00", "17:30"), Some(range(540, 1050)));
    assert_eq!(range_of("22:00", "02:00"), Some(range(1320, 1560)));
    assert_eq!(range_of("09:00", "09:00"), Some(range(540, 1980)));
    assert_eq!(
        (range_of("", "10:00"), range_of("24:00", "10:00"), range_of("9", "10:00")),
        (None, None, None)
    );
    assert_eq!((clock_of(545), clock_of(1560)), ("09:05".to_owned(), "02:00".to_owned()));
}

#[test]
fn a_new_range_follows_the_last() {
    assert_eq!(next_range(&[]), Some(range(540, 1020)));
    assert_eq!(next_range(&[range(540, 1020)]), Some(range(1080, 1140)));
    assert_eq!(next_range(&[range(540, 1400)]), None);
    assert!(overlap(&[range(600, 700), range(500, 601)]));
    assert!(!overlap(&[range(600, 700), range(500, 600)]));
}

#[test]
fn days_are_open_in_the_window_and_on_days_with_hours() {
    // A Monday.
    let today = day("2026-03-02");
    let mut availability = settings().availability;
    availability.rolling_weeks = Some(2);
    let open = |availability: &Availability, text: &str| is_open(availability, day(text), today);
    assert_eq!(weekday_of(today), 0);
    assert!(open(&availability, "2026-03-02") && open(&availability, "2026-03-09"));
    assert!(!open(&availability, "2026-03-03") && !open(&availability, "2026-03-16"));
    availability.overrides = vec![
        DateHours { date: day("2026-03-09"), ranges: vec![] },
        DateHours { date: day("2026-03-03"), ranges: vec![range(600, 660)] },
    ];
    assert!(!open(&availability, "2026-03-09") && open(&availability, "2026-03-03"));
    availability.date_range = Some(DateRange { from: day("2026-03-10"), until: day("2026-03-16") });
    assert!(!open(&availability, "2026-03-02") && open(&availability, "2026-03-16"));
    assert!(!open(&availability, "2026-02-23"));
}

#[test]
fn a_month_has_its_days() {
    let days = month_days(day("2024-02-17"));
    assert_eq!((days.len(), days[0], days[28]), (29, day("2024-02-01"), day("2024-02-29")));
    assert_eq!(month_days(day("2026-12-31")).len(), 31);
}

#[test]
fn addresses_are_made_from_names() {
    assert_eq!(slug_of("  Été à Zürich — 30 min! "), "ete-a-zurich-30-min");
    assert_eq!(slug_of("日本"), "");
    assert_eq!(["日本", "Booked", "Intro"].map(link_slug_of), ["meeting", "meeting", "intro"]);
    assert_eq!(slug_of(&"ab ".repeat(40)).len(), 59);
    assert!(is_slug("intro-30") && !is_slug("") && !is_slug("Intro") && !is_slug(&"a".repeat(61)));
}

#[test]
fn lengths_are_named_in_the_largest_whole_unit() {
    for (minutes, span) in [
        (0, Span::Minutes(0)),
        (45, Span::Minutes(45)),
        (60, Span::Hours(1)),
        (90, Span::Minutes(90)),
        (4320, Span::Days(3)),
    ] {
        assert_eq!((span_of(minutes), minutes_of(span)), (span, minutes));
    }
    assert_eq!(minutes_of(Span::Days(u32::MAX)), u32::MAX);
}

#[test]
fn contrast_is_that_of_wcag() {
    assert!((contrast("#000000", "#ffffff") - 21.0).abs() < 0.001);
    assert!((contrast("#767676", "#ffffff") - 4.54).abs() < 0.01);
    assert_eq!((ink_on("#4b3fe4"), ink_on("#ffd400")), ("#ffffff", "#000000"));
    assert!(is_color("#4b3fe4") && !is_color("4b3fe4") && !is_color("#4b3fe"));
}

#[test]
fn questions_get_keys_of_their_own_and_move() {
    let mut fields = vec![field("a"), field("size"), field("c")];
    assert_eq!(free_key(&fields, "Size"), "size_2");
    assert_eq!(free_key(&fields, "?"), "question");
    assert!(free_key(&fields, &"long ".repeat(20)).len() <= 40);
    move_field(&mut fields, "c", -1);
    move_field(&mut fields, "a", 5);
    move_field(&mut fields, "size", -9);
    let keys: Vec<&str> = fields.iter().map(|field| field.key.as_str()).collect();
    assert_eq!(keys, ["size", "c", "a"]);
    assert_eq!(answer_kind_of(PropertyType::Select), AnswerKind::Choice);
}

#[test]
fn nothing_is_wrong_with_a_good_link() {
    assert_eq!(issues(|_| {}), vec![]);
    assert_eq!(settings().language, BookingLanguage::English);
}

#[test]
fn details_and_configuration_are_checked() {
    assert_eq!(issues(|s| s.title = " ".to_owned()), one("title", Rule::Required));
    assert_eq!(issues(|s| s.internal_name = "x".repeat(101)), one("internal_name", Rule::TooLong(100)));
    assert_eq!(issues(|s| s.durations_minutes.clear()), one("durations_minutes", Rule::Required));
    assert_eq!(issues(|s| s.durations_minutes = vec![4]), one("durations_minutes", Rule::Range(5, 480)));
    // MEET-55: three reminders at most.
    let four =
        Reminders { is_enabled: true, includes_description: false, minutes_before: vec![5, 10, 20, 30] };
    assert_eq!(issues(|s| s.reminders = four), one("reminders", Rule::TooMany(3)));
    assert_eq!(issues(|s| s.reminders.minutes_before = vec![60, 60]), one("reminders", Rule::Twice));
    assert_eq!(
        issues(|s| s.redirect_url = Some("http://x.test".to_owned())),
        one("redirect_url", Rule::NotHttps)
    );
    let found =
        check(BookingLinkKind::RoundRobin, &[BookingLinkHost { weight: 0, ..hosts()[0] }], &settings());
    assert_eq!(found, [Issue { field: "hosts".to_owned(), rule: Rule::Range(1, 100) }]);
    assert_eq!(check(BookingLinkKind::Group, &[], &settings())[0].rule, Rule::Required);
}

#[test]
fn availability_and_form_are_checked() {
    // MEET-65: 10 weeks are allowed, a day more is not.
    let until = |text: &str| Some(DateRange { from: day("2026-03-02"), until: day(text) });
    assert_eq!(issues(|s| s.availability.date_range = until("2026-05-10")), vec![]);
    let too_far = issues(|s| s.availability.date_range = until("2026-05-11"));
    assert_eq!(too_far, one("availability.date_range", Rule::TooFar));
    let backwards = issues(|s| s.availability.date_range = until("2026-03-01"));
    assert_eq!(backwards, one("availability.date_range", Rule::Backwards));
    let none = issues(|s| s.availability.rolling_weeks = None);
    assert_eq!(none, one("availability.date_range", Rule::Required));
    let overlapping = issues(|s| s.availability.weekly[0].ranges.push(range(600, 660)));
    assert_eq!(overlapping, one("availability.weekly", Rule::Overlap));
    let mut choice = field("colour");
    choice.kind = AnswerKind::Choice;
    assert_eq!(issues(|s| s.form = vec![field("a"), choice]), one("form.1.options", Rule::Required));
}

#[test]
fn errors_lead_to_their_step() {
    assert_eq!(step_of_field("settings.title"), Step::Details);
    assert_eq!(step_of_field("slug"), Step::Details);
    assert_eq!(step_of_field("hosts[0].weight"), Step::Details);
    assert_eq!(step_of_field("settings.reminders.minutes_before"), Step::Configuration);
    assert_eq!(step_of_field("availability.date_range"), Step::Availability);
    assert_eq!(step_of_field("settings.form[3].label"), Step::Form);
    assert_eq!((Step::Details.previous(), Step::Details.next()), (None, Some(Step::Configuration)));
    assert_eq!((Step::Form.previous(), Step::Form.next()), (Some(Step::Availability), None));
}
