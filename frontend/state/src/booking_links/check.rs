//! What is wrong with a link before it is sent, and the step of the editor in which it is put right. The server checks all
//! of it again.

use types::booking::{
    AnswerKind, Availability, BookingLinkHost, BookingLinkKind, BookingLinkSettings, FormField, TimeRange,
};

use super::hours::overlap;

/// A step of the editor.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Step {
    /// What it is called, who takes part, and what the invitation says.
    Details,
    /// Durations, language, reminders and the like.
    Configuration,
    /// When it can be booked.
    Availability,
    /// What the visitor is asked.
    Form,
}

impl Step {
    /// The steps in order.
    pub const ALL: [Step; 4] = [Step::Details, Step::Configuration, Step::Availability, Step::Form];

    /// Its number, from 1 on.
    pub fn number(self) -> usize {
        Self::ALL.iter().position(|step| *step == self).map_or(1, |index| index + 1)
    }

    /// The step after it; none after the last.
    pub fn next(self) -> Option<Step> {
        Self::ALL.get(self.number()).copied()
    }

    /// The step before it; none before the first.
    pub fn previous(self) -> Option<Step> {
        self.number().checked_sub(2).and_then(|index| Self::ALL.get(index).copied())
    }
}

/// A rule that a value breaks.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Rule {
    /// It must be filled in.
    Required,
    /// It may have so many characters at most.
    TooLong(usize),
    /// It must be a number from the first to the second.
    Range(u32, u32),
    /// There may be so many at most.
    TooMany(usize),
    /// Two of them are the same.
    Twice,
    /// Two ranges of a day overlap.
    Overlap,
    /// The last day is before the first.
    Backwards,
    /// The days reach further than 10 weeks.
    TooFar,
    /// It must be an address that begins with `https://`.
    NotHttps,
}

/// A value that breaks a rule.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Issue {
    /// The field, by its name on the wire without `settings.`: `title`, `form.2.label`.
    pub field: String,
    /// The rule.
    pub rule: Rule,
}

/// The step that a field belongs to, by its name in an error of the server or an [`Issue`].
pub fn step_of_field(field: &str) -> Step {
    let field = field.strip_prefix("settings.").unwrap_or(field);
    match field.split(['.', '[']).next().unwrap_or(field) {
        "durations_minutes"
        | "language"
        | "country"
        | "reminders"
        | "allows_guests"
        | "requires_confirmation"
        | "verifies_email"
        | "redirect_url"
        | "is_hidden"
        | "most_bookings"
        | "embed_origins" => Step::Configuration,
        "availability" => Step::Availability,
        "form" | "consent" => Step::Form,
        _ => Step::Details,
    }
}

/// The longest window in days, the first and the last counted: 10 weeks.
const LONGEST_WINDOW_DAYS: i64 = 70;

/// Everything that is wrong, in the order of the steps.
pub fn check(kind: BookingLinkKind, hosts: &[BookingLinkHost], settings: &BookingLinkSettings) -> Vec<Issue> {
    let mut found = Found::default();
    check_details(&mut found, settings);
    check_hosts(&mut found, kind, hosts);
    check_configuration(&mut found, settings);
    check_availability(&mut found, &settings.availability);
    check_form(&mut found, &settings.form);
    found.0.sort_by_key(|issue| step_of_field(&issue.field));
    found.0
}

#[derive(Default)]
struct Found(Vec<Issue>);

impl Found {
    fn add(&mut self, field: impl Into<String>, rule: Rule) {
        self.0.push(Issue { field: field.into(), rule });
    }

    fn add_when(&mut self, is_wrong: bool, field: &str, rule: Rule) {
        if is_wrong {
            self.add(field, rule);
        }
    }

    fn text(&mut self, field: &str, text: &str, most: usize) {
        self.add_when(text.trim().is_empty(), field, Rule::Required);
        self.at_most(field, text, most);
    }

    fn at_most(&mut self, field: &str, text: &str, most: usize) {
        self.add_when(text.chars().count() > most, field, Rule::TooLong(most));
    }

    fn range(&mut self, field: &str, number: impl Into<u32>, from: u32, until: u32) {
        self.add_when(!(from..=until).contains(&number.into()), field, Rule::Range(from, until));
    }
}

fn check_details(found: &mut Found, settings: &BookingLinkSettings) {
    found.text("internal_name", &settings.internal_name, 100);
    found.text("title", &settings.title, 120);
    found.text("invitation_subject", &settings.invitation_subject, 200);
    found.at_most("location", settings.location.as_deref().unwrap_or_default(), 500);
    found.at_most(
        "invitation_description",
        settings.invitation_description.as_deref().unwrap_or_default(),
        5000,
    );
}

fn check_hosts(found: &mut Found, kind: BookingLinkKind, hosts: &[BookingLinkHost]) {
    let most = if kind == BookingLinkKind::Personal { 1 } else { 50 };
    found.add_when(hosts.is_empty(), "hosts", Rule::Required);
    found.add_when(hosts.len() > most, "hosts", Rule::TooMany(most));
    if kind == BookingLinkKind::RoundRobin {
        let is_wrong = hosts.iter().any(|host| !(1..=100).contains(&host.weight));
        found.add_when(is_wrong, "hosts", Rule::Range(1, 100));
    }
}

fn check_configuration(found: &mut Found, settings: &BookingLinkSettings) {
    let durations = &settings.durations_minutes;
    found.add_when(durations.is_empty(), "durations_minutes", Rule::Required);
    found.add_when(durations.len() > 8, "durations_minutes", Rule::TooMany(8));
    for duration in durations {
        found.range("durations_minutes", *duration, 5, 480);
    }
    let reminders = &settings.reminders.minutes_before;
    found.add_when(reminders.len() > 3, "reminders", Rule::TooMany(3));
    found.add_when(has_twice(reminders), "reminders", Rule::Twice);
    for minutes in reminders {
        found.range("reminders", *minutes, 5, 40_320);
    }
    if let Some(most) = settings.most_bookings {
        found.range("most_bookings", most, 1, 100_000);
    }
    if let Some(address) = &settings.redirect_url {
        found.add_when(!address.starts_with("https://"), "redirect_url", Rule::NotHttps);
        found.at_most("redirect_url", address, 2000);
    }
    found.add_when(settings.embed_origins.len() > 20, "embed_origins", Rule::TooMany(20));
}

fn check_availability(found: &mut Found, availability: &Availability) {
    let days = availability.weekly.iter().map(|day| &day.ranges);
    let own = availability.overrides.iter().map(|day| &day.ranges);
    for (field, ranges) in
        days.map(|ranges| ("availability.weekly", ranges)).chain(own.map(|r| ("availability.overrides", r)))
    {
        check_ranges(found, field, ranges);
    }
    found.add_when(availability.overrides.len() > 366, "availability.overrides", Rule::TooMany(366));
    let dates: Vec<_> = availability.overrides.iter().map(|day| day.date.0).collect();
    found.add_when(has_twice(&dates), "availability.overrides", Rule::Twice);
    match (availability.date_range, availability.rolling_weeks) {
        (Some(range), _) => {
            found.add_when(range.until < range.from, "availability.date_range", Rule::Backwards);
            let is_long = range.until.0 - range.from.0 >= LONGEST_WINDOW_DAYS;
            found.add_when(is_long, "availability.date_range", Rule::TooFar);
        }
        (None, Some(weeks)) => found.range("availability.rolling_weeks", weeks, 1, 52),
        (None, None) => found.add("availability.date_range", Rule::Required),
    }
    found.range("availability.notice_minutes", availability.notice_minutes, 0, 43_200);
    found.range("availability.buffer_before_minutes", availability.buffer_before_minutes, 0, 480);
    found.range("availability.buffer_after_minutes", availability.buffer_after_minutes, 0, 480);
    for (field, number, from, until) in [
        ("availability.interval_minutes", availability.interval_minutes, 5, 480),
        ("availability.most_per_day", availability.most_per_day, 1, 100),
        ("availability.most_per_week", availability.most_per_week, 1, 500),
    ] {
        if let Some(number) = number {
            found.range(field, number, from, until);
        }
    }
}

fn check_ranges(found: &mut Found, field: &str, ranges: &[TimeRange]) {
    found.add_when(ranges.len() > 8, field, Rule::TooMany(8));
    found.add_when(overlap(ranges), field, Rule::Overlap);
}

fn check_form(found: &mut Found, fields: &[FormField]) {
    found.add_when(fields.len() > 30, "form", Rule::TooMany(30));
    for (index, field) in fields.iter().enumerate() {
        found.text(&format!("form.{index}.label"), &field.label, 200);
        if field.kind == AnswerKind::Choice {
            let options = format!("form.{index}.options");
            found.add_when(field.options.is_empty(), &options, Rule::Required);
            found.add_when(field.options.len() > 50, &options, Rule::TooMany(50));
            found.add_when(has_twice(&field.options), &options, Rule::Twice);
            for option in &field.options {
                found.at_most(&options, option, 200);
            }
        }
    }
}

fn has_twice<T: PartialEq>(items: &[T]) -> bool {
    items.iter().enumerate().any(|(index, item)| items.iter().take(index).any(|other| other == item))
}
