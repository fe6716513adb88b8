//! How people talk in the call.

use leptos::prelude::*;
use state::recording::clock;
use types::calls::{CallMetrics, SpeakerMetrics};

use super::super::names::Side;
use super::super::open_call::{OpenCall, use_call};
use crate::preferences;
use crate::texts::{I18n, text};

/// Talk ratio, longest monologue, patience and interactivity; by speaker on demand.
#[component]
pub fn Metrics() -> impl IntoView {
    let open = use_call();
    let content = move || {
        let metrics = open.metrics.get().flatten().filter(|metrics| !metrics.speakers.is_empty())?;
        Some(view! { <Figures metrics /> })
    };
    view! { {content} }
}

#[component]
fn Figures(metrics: CallMetrics) -> impl IntoView {
    let open = use_call();
    let i18n = open.app.i18n;
    let longest =
        metrics.speakers.iter().map(|speaker| speaker.longest_monologue_ms).max().unwrap_or_default();
    let ratio = metrics.talk_ratio.map_or_else(|| "–".to_owned(), |ratio| format!("{:.0} %", ratio * 100.0));
    // Patience is that of our side, where it is known which side that is.
    let patience = agents(open, &metrics.speakers).find_map(|speaker| speaker.patience_ms);
    let interactivity = metrics.interactivity;
    let rows = metrics.speakers.into_iter().map(|speaker| row(open, speaker)).collect_view();
    view! {
        <dl class="metrics">
            <div><dt>{text!(i18n, call.talk_ratio)}</dt><dd class="num">{ratio}</dd></div>
            <div><dt>{text!(i18n, call.longest_monologue)}</dt><dd class="num">{clock(longest)}</dd></div>
            <div><dt>{text!(i18n, call.patience)}</dt><dd class="num">{move || seconds(i18n, patience)}</dd></div>
            <div><dt>{text!(i18n, call.interactivity)}</dt><dd class="num">{move || decimal(i18n, interactivity)}</dd></div>
        </dl>
        <details class="metrics-more">
            <summary>{text!(i18n, call.by_speaker)}</summary>
            <table>
                <thead>
                    <tr>
                        <th scope="col">{text!(i18n, call.speaker)}</th>
                        <th scope="col">{text!(i18n, call.talks)}</th>
                        <th scope="col">{text!(i18n, call.longest_monologue)}</th>
                        <th scope="col">{text!(i18n, call.patience)}</th>
                    </tr>
                </thead>
                <tbody>{rows}</tbody>
            </table>
            <p class="muted">{text!(i18n, call.metrics_hint)}</p>
        </details>
    }
    .into_any()
}

/// The speakers that are users, or all while nobody is known to be one.
fn agents(open: OpenCall, all: &[SpeakerMetrics]) -> impl Iterator<Item = SpeakerMetrics> {
    let is_agent = |metrics: &SpeakerMetrics| {
        open.speaker(metrics.speaker_id).is_some_and(|speaker| open.side_of(&speaker) == Side::Agent)
    };
    let agents: Vec<SpeakerMetrics> = all.iter().filter(|metrics| is_agent(metrics)).cloned().collect();
    let shown = if agents.is_empty() { all.to_vec() } else { agents };
    shown.into_iter()
}

fn row(open: OpenCall, metrics: SpeakerMetrics) -> impl IntoView {
    let i18n = open.app.i18n;
    let name = move || open.speaker(metrics.speaker_id).map(|speaker| open.speaker_name(&speaker));
    let share = format!("{} ({:.0} %)", clock(metrics.talk_ms), metrics.talk_share * 100.0);
    view! {
        <tr>
            <th scope="row">{name}</th>
            <td class="num">{share}</td>
            <td class="num">{clock(metrics.longest_monologue_ms)}</td>
            <td class="num">{move || seconds(i18n, metrics.patience_ms)}</td>
        </tr>
    }
}

fn seconds(i18n: I18n, ms: Option<i64>) -> String {
    ms.map_or_else(|| "–".to_owned(), |ms| format!("{} s", decimal(i18n, ms as f64 / 1000.0)))
}

/// A number with a tenth, as the language writes it. Tracked.
fn decimal(i18n: I18n, number: f64) -> String {
    let tenths = js_sys::Number::from((number * 10.0).round() / 10.0);
    tenths.to_locale_string(preferences::tag(i18n.get_locale())).into()
}
