//! Why this host: who was free in round robin, and what each had been given before.

use leptos::prelude::*;
use leptos_i18n::t_string;
use types::UserId;
use types::booking::HostCandidate;
use ui::{Column, DataTable, RelativeTime, Section};

use super::{OpenMeeting, use_meeting};
use crate::texts::text;

/// The explanation with its figures; nothing for meetings without round robin.
#[component]
pub fn Choice() -> impl IntoView {
    let open = use_meeting();
    let i18n = open.app.i18n;
    let candidates = Memo::new(move |_| {
        open.meeting
            .get()
            .and_then(|meeting| meeting.host_choice)
            .map(|choice| choice.candidates)
            .unwrap_or_default()
    });
    let sentence = move || candidates.with(|candidates| explained(open, candidates));
    let table = move || {
        let rows = Signal::from(candidates);
        view! { <DataTable caption=text!(i18n, meetings.why_host) columns=columns(open) rows key=|one: &HostCandidate| one.user_id /> }
    };
    view! {
        <Show when=move || candidates.with(|candidates| !candidates.is_empty())>
            <Section title=text!(i18n, meetings.why_host)>
                <p>{sentence}</p>
                {table()}
            </Section>
        </Show>
    }
    .into_any()
}

fn name(open: OpenMeeting, id: UserId) -> String {
    open.app.read(|state| state.user_name(id).map(ToOwned::to_owned)).unwrap_or_default()
}

/// The rule by which the first of them was chosen, in a sentence. Tracked.
fn explained(open: OpenMeeting, candidates: &[HostCandidate]) -> String {
    let i18n = open.app.i18n;
    let Some(chosen) = candidates.first() else { return String::new() };
    let name = name(open, chosen.user_id);
    // What two shares are compared by without a fraction: meetings of the one by the weight of the other.
    let is_even = |other: &HostCandidate| {
        chosen.meetings * i64::from(other.weight) == other.meetings * i64::from(chosen.weight)
    };
    match candidates.get(1) {
        None => t_string!(i18n, meetings.why_only, name = name).to_string(),
        Some(next) if is_even(next) => t_string!(i18n, meetings.why_longest, name = name).to_string(),
        Some(_) => t_string!(i18n, meetings.why_fewest, name = name).to_string(),
    }
}

fn columns(open: OpenMeeting) -> Vec<Column<HostCandidate>> {
    let i18n = open.app.i18n;
    let host = move |candidate: &HostCandidate| {
        let id = candidate.user_id;
        move || name(open, id)
    };
    let last = move |candidate: &HostCandidate| match candidate.last_at {
        Some(at) => view! { <RelativeTime unix_ms=at.0 as f64 / 1000.0 /> }.into_any(),
        None => text!(i18n, forms.never).into_any(),
    };
    let number = |number: i64| view! { <span class="num">{number}</span> };
    vec![
        Column::new(text!(i18n, meetings.host), host),
        Column::new(text!(i18n, meetings.last_30_days), move |one: &HostCandidate| number(one.meetings)),
        Column::new(text!(i18n, meetings.weight), move |one: &HostCandidate| number(i64::from(one.weight))),
        Column::new(text!(i18n, meetings.last_given), last),
    ]
}
