//! What states and outcomes are called, and their colours.

use leptos::prelude::*;
use leptos_i18n::t_string;
use types::Timestamp;
use types::booking::{CalendarEntryState, Meeting, MeetingOutcome, MeetingParty, MeetingState};
use ui::{IconName, Pill, Tone};

use crate::browser;
use crate::context::App;
use crate::texts::I18n;

/// The name of a state.
pub fn state_name(i18n: I18n, state: MeetingState) -> &'static str {
    match state {
        MeetingState::Pending => t_string!(i18n, meetings.state_pending),
        MeetingState::Booked => t_string!(i18n, meetings.state_booked),
        MeetingState::Declined => t_string!(i18n, meetings.state_declined),
        MeetingState::Cancelled => t_string!(i18n, meetings.state_cancelled),
    }
}

/// The name of an outcome.
pub fn outcome_name(i18n: I18n, outcome: MeetingOutcome) -> &'static str {
    match outcome {
        MeetingOutcome::Completed => t_string!(i18n, meetings.outcome_completed),
        MeetingOutcome::NoShow => t_string!(i18n, meetings.outcome_no_show),
    }
}

/// Who called a meeting off.
pub fn party_name(i18n: I18n, party: MeetingParty) -> &'static str {
    match party {
        MeetingParty::Contact => t_string!(i18n, meetings.by_contact),
        MeetingParty::User => t_string!(i18n, meetings.by_user),
        MeetingParty::Calendar => t_string!(i18n, meetings.by_calendar),
    }
}

/// How the entry in the host's calendar stands.
pub fn entry_name(i18n: I18n, entry: CalendarEntryState) -> &'static str {
    match entry {
        CalendarEntryState::None => t_string!(i18n, meetings.entry_none),
        CalendarEntryState::Writing => t_string!(i18n, meetings.entry_writing),
        CalendarEntryState::Written => t_string!(i18n, meetings.entry_written),
        CalendarEntryState::Failed => t_string!(i18n, meetings.entry_failed),
        CalendarEntryState::Missing => t_string!(i18n, meetings.entry_missing),
    }
}

/// Whether a time has come.
pub fn is_past(at: Timestamp) -> bool {
    browser::now_ms() >= at.0 as f64 / 1000.0
}

/// What one should know of a meeting at a glance: whether it stands, what came of it, and what is wrong with its entry.
pub fn badges(app: App, meeting: &Meeting) -> impl IntoView + use<> {
    let i18n = app.i18n;
    let (state, outcome, entry) = (meeting.state, meeting.outcome, meeting.calendar_entry);
    let tone = match state {
        MeetingState::Pending => Tone::Warn,
        MeetingState::Booked => Tone::Accent,
        MeetingState::Declined | MeetingState::Cancelled => Tone::Neutral,
    };
    // What came of a meeting says that it stood.
    let state = (outcome.is_none()).then(|| view! { <Pill tone>{move || state_name(i18n, state)}</Pill> });
    let outcome = outcome.map(|outcome| {
        let tone = if outcome == MeetingOutcome::Completed { Tone::Ok } else { Tone::Bad };
        view! { <Pill tone>{move || outcome_name(i18n, outcome)}</Pill> }
    });
    let is_wrong = matches!(entry, CalendarEntryState::Failed | CalendarEntryState::Missing);
    let entry = (is_wrong && meeting.state == MeetingState::Booked).then(|| {
        view! { <Pill tone=Tone::Bad icon=IconName::Warning>{move || entry_name(i18n, entry)}</Pill> }
    });
    view! { {state} {outcome} {entry} }
}
