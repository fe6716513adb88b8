//! The columns of a list of calls.

use leptos::prelude::*;
use leptos_i18n::t_string;
use state::recording::clock;
use types::calls::{Call, TranscriptState};
use types::crm::ObjectKind;
use ui::{Icon, IconName, Pill, RelativeTime, Tone};

use crate::calls::{direction_name, outcome_name, source_name, transcript_state_name};
use crate::context::App;

/// One value of a call; `None` for a column that calls have in common with other records. Tracked.
pub fn call_cell(app: App, call: &Call, column: &str) -> Option<AnyView> {
    let i18n = app.i18n;
    let cell = match column {
        "title" => title(app, call).into_any(),
        "started_at" => view! { <RelativeTime unix_ms=call.started_at.0 as f64 / 1000.0 /> }.into_any(),
        "duration_ms" => view! { <span class="num">{duration(call)}</span> }.into_any(),
        "direction" => word(direction_name(i18n, call.direction)).into_any(),
        "outcome" => call.outcome.map(|outcome| word(outcome_name(i18n, outcome))).into_any(),
        "source" => word(source_name(i18n, call.source)).into_any(),
        "transcript" => call.transcript.map(|state| transcript(app, state)).into_any(),
        "contacts" => names(call, ObjectKind::Contact).into_any(),
        "companies" => names(call, ObjectKind::Company).into_any(),
        "deals" => names(call, ObjectKind::Deal).into_any(),
        "tickets" => names(call, ObjectKind::Ticket).into_any(),
        _ => return None,
    };
    Some(cell)
}

fn word(text: &'static str) -> impl IntoView {
    view! { <span class="trunc">{text}</span> }
}

/// How long a call took, if it is known: `12:34`.
fn duration(call: &Call) -> Option<String> {
    call.duration_ms.map(clock)
}

/// The title, and what one should know before opening the call.
fn title(app: App, call: &Call) -> impl IntoView + use<> {
    let i18n = app.i18n;
    let problems: Vec<String> =
        call.recording.problems.iter().map(|problem| problem.detail.clone()).collect();
    let sign = |icon: IconName, said: String| {
        view! { <span class="sign" title=said.clone()><Icon name=icon /><span class="sr-only">{said.clone()}</span></span> }
    };
    view! {
        <span class="trunc" title=call.title.clone()>{call.title.clone()}</span>
        {call.private.then(|| sign(IconName::Lock, t_string!(i18n, calls.private).to_owned()))}
        {(!problems.is_empty()).then(|| sign(IconName::Warning, problems.join(" ")))}
    }
}

/// The records of one kind that the call belongs to.
fn names(call: &Call, kind: ObjectKind) -> impl IntoView + use<> {
    let of_kind = call.records.iter().filter(|record| record.summary.record.kind == kind);
    let names = of_kind.map(|record| record.summary.name.as_str()).collect::<Vec<_>>().join(", ");
    view! { <span class="trunc" title=names.clone()>{names.clone()}</span> }
}

fn transcript(app: App, state: TranscriptState) -> impl IntoView {
    let name = transcript_state_name(app.i18n, state);
    match state {
        TranscriptState::Ready => view! { <Pill tone=Tone::Ok icon=IconName::Check>{name}</Pill> }.into_any(),
        TranscriptState::Failed => {
            view! { <Pill tone=Tone::Bad icon=IconName::Warning>{name}</Pill> }.into_any()
        }
        TranscriptState::Waiting | TranscriptState::Running => {
            view! { <Pill tone=Tone::Accent icon=IconName::Clock>{name}</Pill> }.into_any()
        }
        TranscriptState::NotConfigured => view! { <Pill>{name}</Pill> }.into_any(),
    }
}
