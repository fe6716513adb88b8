//! What the facts of calls are called.

use leptos_i18n::t_string;
use types::calls::{CallDirection, CallOutcome, CallSort, CallSource, TranscriptState};

use crate::texts::I18n;

/// "Inbound"
pub fn direction_name(i18n: I18n, direction: CallDirection) -> &'static str {
    match direction {
        CallDirection::Inbound => t_string!(i18n, calls.inbound),
        CallDirection::Outbound => t_string!(i18n, calls.outbound),
    }
}

/// "Connected"
pub fn outcome_name(i18n: I18n, outcome: CallOutcome) -> &'static str {
    match outcome {
        CallOutcome::Connected => t_string!(i18n, calls.outcome_connected),
        CallOutcome::LeftMessage => t_string!(i18n, calls.outcome_left_message),
        CallOutcome::LeftVoicemail => t_string!(i18n, calls.outcome_left_voicemail),
        CallOutcome::NoAnswer => t_string!(i18n, calls.outcome_no_answer),
        CallOutcome::Busy => t_string!(i18n, calls.outcome_busy),
        CallOutcome::WrongNumber => t_string!(i18n, calls.outcome_wrong_number),
    }
}

/// "Uploaded"
pub fn source_name(i18n: I18n, source: CallSource) -> &'static str {
    match source {
        CallSource::Upload => t_string!(i18n, calls.source_upload),
        CallSource::Api => t_string!(i18n, calls.source_api),
        CallSource::Folder => t_string!(i18n, calls.source_folder),
        CallSource::Telephony => t_string!(i18n, calls.source_telephony),
        CallSource::Zoom => "Zoom",
    }
}

/// "Ready"
pub fn transcript_state_name(i18n: I18n, state: TranscriptState) -> &'static str {
    match state {
        TranscriptState::Waiting => t_string!(i18n, calls.transcript_waiting),
        TranscriptState::Running => t_string!(i18n, calls.transcript_running),
        TranscriptState::Ready => t_string!(i18n, calls.transcript_ready),
        TranscriptState::Failed => t_string!(i18n, calls.transcript_failed),
        TranscriptState::NotConfigured => t_string!(i18n, calls.transcript_not_configured),
    }
}

/// "Latest first"
pub fn sort_name(i18n: I18n, sort: CallSort) -> &'static str {
    match sort {
        CallSort::StartedAtDescending => t_string!(i18n, calls.sort_latest),
        CallSort::StartedAt => t_string!(i18n, calls.sort_earliest),
        CallSort::DurationDescending => t_string!(i18n, calls.sort_longest),
        CallSort::Duration => t_string!(i18n, calls.sort_shortest),
        CallSort::Title => t_string!(i18n, calls.sort_title),
        CallSort::TitleDescending => t_string!(i18n, calls.sort_title_descending),
    }
}
