//! Kinds, states, lengths of time and rules in words.

use leptos_i18n::t_string;
use state::booking_links::{Rule, Span, Step, span_of};
use types::UserId;
use types::booking::{AnswerKind, BookingLanguage, BookingLinkKind, BookingLinkState, MissingReason};

use crate::browser;
use crate::context::App;
use crate::preferences;
use crate::texts::I18n;

/// The name of a kind of link.
pub fn kind_name(i18n: I18n, kind: BookingLinkKind) -> &'static str {
    match kind {
        BookingLinkKind::Personal => t_string!(i18n, booking_links.personal),
        BookingLinkKind::Group => t_string!(i18n, booking_links.group),
        BookingLinkKind::RoundRobin => t_string!(i18n, booking_links.round_robin),
    }
}

/// What a kind of link means.
pub fn kind_hint(i18n: I18n, kind: BookingLinkKind) -> &'static str {
    match kind {
        BookingLinkKind::Personal => t_string!(i18n, booking_links.personal_hint),
        BookingLinkKind::Group => t_string!(i18n, booking_links.group_hint),
        BookingLinkKind::RoundRobin => t_string!(i18n, booking_links.round_robin_hint),
    }
}

/// The name of a state.
pub fn state_name(i18n: I18n, state: BookingLinkState) -> &'static str {
    match state {
        BookingLinkState::Active => t_string!(i18n, booking_links.active),
        BookingLinkState::Ended => t_string!(i18n, booking_links.ended),
        BookingLinkState::Unreachable => t_string!(i18n, booking_links.unreachable),
        BookingLinkState::WithoutHosts => t_string!(i18n, booking_links.without_hosts),
    }
}

/// The name of a step of the editor.
pub fn step_name(i18n: I18n, step: Step) -> &'static str {
    match step {
        Step::Details => t_string!(i18n, booking_links.step_details),
        Step::Configuration => t_string!(i18n, booking_links.step_configuration),
        Step::Availability => t_string!(i18n, booking_links.step_availability),
        Step::Form => t_string!(i18n, booking_links.step_form),
    }
}

/// How a question is answered.
pub fn answer_kind_name(i18n: I18n, kind: AnswerKind) -> &'static str {
    match kind {
        AnswerKind::Line => t_string!(i18n, booking_links.kind_line),
        AnswerKind::Lines => t_string!(i18n, booking_links.kind_lines),
        AnswerKind::Choice => t_string!(i18n, booking_links.kind_choice),
        AnswerKind::Number => t_string!(i18n, booking_links.kind_number),
        AnswerKind::Date => t_string!(i18n, booking_links.kind_date),
        AnswerKind::Checkbox => t_string!(i18n, booking_links.kind_checkbox),
    }
}

/// A language in its own words.
pub fn language_name(language: BookingLanguage) -> &'static str {
    match language {
        BookingLanguage::English => "English",
        BookingLanguage::French => "Français",
    }
}

/// What a broken rule asks for.
pub fn rule_text(i18n: I18n, rule: Rule) -> String {
    match rule {
        Rule::Required => t_string!(i18n, forms.required).to_owned(),
        Rule::TooLong(most) => t_string!(i18n, booking_links.rule_too_long, most = most).to_string(),
        Rule::Range(from, until) => {
            t_string!(i18n, booking_links.rule_range, from = from, until = until).to_string()
        }
        Rule::TooMany(most) => t_string!(i18n, booking_links.rule_too_many, most = most).to_string(),
        Rule::Twice => t_string!(i18n, booking_links.rule_twice).to_owned(),
        Rule::Overlap => t_string!(i18n, booking_links.rule_overlap).to_owned(),
        Rule::Backwards => t_string!(i18n, booking_links.rule_backwards).to_owned(),
        Rule::TooFar => t_string!(i18n, booking_links.rule_too_far).to_owned(),
        Rule::NotHttps => t_string!(i18n, booking_links.rule_not_https).to_owned(),
    }
}

/// Why a time is not offered.
pub fn reason_text(i18n: I18n, reason: MissingReason) -> &'static str {
    match reason {
        MissingReason::Past => t_string!(i18n, booking_links.reason_past),
        MissingReason::Notice => t_string!(i18n, booking_links.reason_notice),
        MissingReason::BeforeWindow => t_string!(i18n, booking_links.reason_before_window),
        MissingReason::AfterWindow => t_string!(i18n, booking_links.reason_after_window),
        MissingReason::OutsideHours => t_string!(i18n, booking_links.reason_outside_hours),
        MissingReason::ClosedDate => t_string!(i18n, booking_links.reason_closed_date),
        MissingReason::NotOnGrid => t_string!(i18n, booking_links.reason_not_on_grid),
        MissingReason::Busy => t_string!(i18n, booking_links.reason_busy),
        MissingReason::Buffer => t_string!(i18n, booking_links.reason_buffer),
        MissingReason::DayFull => t_string!(i18n, booking_links.reason_day_full),
        MissingReason::WeekFull => t_string!(i18n, booking_links.reason_week_full),
        MissingReason::CalendarUnreachable => t_string!(i18n, booking_links.reason_calendar_unreachable),
        MissingReason::LinkEnded => t_string!(i18n, booking_links.reason_link_ended),
    }
}

/// A length of time: "45 minutes", "1 hour", "3 days".
pub fn span_text(i18n: I18n, minutes: u32) -> String {
    match span_of(minutes) {
        Span::Minutes(count) => t_string!(i18n, booking_links.minutes, count = count).to_string(),
        Span::Hours(1) => t_string!(i18n, booking_links.hour).to_owned(),
        Span::Hours(count) => t_string!(i18n, booking_links.hours, count = count).to_string(),
        Span::Days(1) => t_string!(i18n, booking_links.day).to_owned(),
        Span::Days(count) => t_string!(i18n, booking_links.days, count = count).to_string(),
    }
}

/// The durations of a link: "30 minutes, 1 hour".
pub fn durations_text(i18n: I18n, durations: &[u16]) -> String {
    durations.iter().map(|minutes| span_text(i18n, u32::from(*minutes))).collect::<Vec<_>>().join(", ")
}

/// The names of users, one after the other. Tracked.
pub fn user_names(app: App, ids: impl IntoIterator<Item = UserId>) -> String {
    let names: Vec<String> = app
        .read(|state| ids.into_iter().filter_map(|id| state.user_name(id).map(ToOwned::to_owned)).collect());
    names.join(", ")
}

/// The name of a day of the week, 0 being Monday. Tracked.
pub fn weekday_name(i18n: I18n, weekday: usize, style: &'static str) -> String {
    // 1970-01-05 was a Monday.
    let unix_ms = (4 + weekday) as f64 * 86_400_000.0;
    let tag = preferences::tag(i18n.get_locale());
    browser::date_text(tag, unix_ms, &[("weekday", style), ("timeZone", "UTC")])
}
