//! The waveform and the lanes of the speakers: who is heard when, to see, to play and to cut clips from.

mod canvas;
mod handles;
mod lane;
mod marks;
mod matching;
mod metrics;
mod scrubbing;
mod zoom;

use leptos::{html, prelude::*};
use leptos_i18n::t_string;
use state::recording::clock;
use ui::{IconButton, IconName};

pub use metrics::Metrics;

use super::open_call::use_call;
use crate::texts::text;

/// A mark of the ruler so near an end, of the whole width, does not stand over its middle.
const NEAR_EDGE: f64 = 0.03;

/// The waveform, one lane a speaker, what is marked on them, the playhead and the clip.
#[component]
pub fn Tracks() -> impl IntoView {
    let open = use_call();
    let i18n = open.app.i18n;
    let area = NodeRef::<html::Div>::new();
    let width = canvas::width_of(area);
    zoom::follow(open, width);
    let speakers = Memo::new(move |_| open.speakers.get().flatten().map(|all| all.items).unwrap_or_default());
    let lanes = move || {
        speakers.get().into_iter().map(|speaker| view! { <lane::Lane speaker width /> }).collect_view()
    };
    view! {
        <section class="tracks" aria-label=text!(i18n, call.tracks)>
            <div class="lane whole">
                <div class="lane-head">
                    <span class="trunc muted">{text!(i18n, call.recording)}</span>
                    <ZoomButtons />
                </div>
                <canvas::Wave width channel=None speech=None colour="--ink-3" />
            </div>
            {lanes}
            <div class="track-overlay" node_ref=area>
                <scrubbing::Scrubber width />
                <marks::Marks width />
                <handles::ClipHandles width />
            </div>
            <Ruler />
        </section>
    }
    .into_any()
}

#[component]
fn ZoomButtons() -> impl IntoView {
    let open = use_call();
    let i18n = open.app.i18n;
    let is_whole = Signal::derive(move || open.stretch.get().is_whole());
    let zoom = move |factor: f64| {
        let around = open.player.position_ms.get_untracked() as f64;
        open.stretch.update(|stretch| *stretch = stretch.showing(around).zoomed(factor, around));
    };
    view! {
        <span class="zoom" role="group" aria-label=text!(i18n, call.zoom)>
            <IconButton label=text!(i18n, call.zoom_out) icon=IconName::Minus disabled=is_whole on_press=move |_| zoom(2.0) />
            <IconButton label=text!(i18n, call.zoom_in) icon=IconName::Plus on_press=move |_| zoom(0.5) />
        </span>
    }
}

#[component]
fn Ruler() -> impl IntoView {
    let open = use_call();
    let marks = move || {
        let stretch = open.stretch.get();
        let mark = |ms: i64| {
            let fraction = stretch.fraction_of(ms as f64);
            let (at_start, at_end) = (fraction < NEAR_EDGE, fraction > 1.0 - NEAR_EDGE);
            view! {
                <span
                    class:at-start=at_start
                    class:at-end=at_end
                    style:left=format!("{:.2}%", fraction * 100.0)
                >
                    {clock(ms)}
                </span>
            }
        };
        stretch.marks(6).into_iter().map(mark).collect_view()
    };
    let label = move || {
        let stretch = open.stretch.get();
        let (from, until) = (clock(stretch.from_ms as i64), clock(stretch.until_ms as i64));
        t_string!(open.app.i18n, call.shown_part, from = from, until = until).to_string()
    };
    view! { <div class="ruler num faint" aria-hidden="true" title=label>{marks}</div> }
}
