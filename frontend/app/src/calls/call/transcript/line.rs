//! One line: when, who, what; and what can be done with it.

use leptos::{ev::MouseEvent, prelude::*, task::spawn_local};
use leptos_i18n::t_string;
use state::recording::{clock, marked};
use types::calls::Segment;
use ui::{Icon, IconButton, IconName, Popover};
use wasm_bindgen::JsCast;
use web_sys::Element;

use super::super::open_call::{OpenCall, use_call};
use super::Pane;
use super::editing::{self, Editing};
use super::lines::Now;
use super::speaker_menu::SpeakerName;
use crate::browser;
use crate::texts::text;

/// Draws a segment.
pub fn line(segment: Signal<Segment>) -> AnyView {
    let open = use_call();
    let Now(now) = expect_context();
    let search = open.search;
    let id = segment.with_untracked(|segment| segment.id);
    let start_ms = segment.with_untracked(|segment| segment.start_ms);
    let is_now = move || now.get() == Some(id);
    let is_editing = Memo::new(move |_| open.drafts.has(id));
    let is_hit = move || search.current_hit().is_some_and(|hit| hit.segment_id == id);
    let go = move |_| open.player.seek(start_ms);
    // A press on the text goes there; selecting it to copy does not.
    let press = move |event: MouseEvent| {
        let selects =
            window().get_selection().ok().flatten().is_some_and(|selection| !selection.is_collapsed());
        let on_control = event
            .target()
            .and_then(|target| target.dyn_into::<Element>().ok())
            .is_some_and(|target| matches!(target.closest("button, textarea"), Ok(Some(_))));
        if !selects && !on_control {
            open.player.seek(start_ms);
        }
    };
    let text = move || {
        let ranges = search.marks.with(|marks| marks.get(&id).cloned()).unwrap_or_default();
        let piece = |(is_marked, piece): (bool, String)| {
            if is_marked { view! { <mark>{piece}</mark> }.into_any() } else { piece.into_any() }
        };
        segment.with(|segment| marked(&segment.text, &ranges)).into_iter().map(piece).collect_view()
    };
    view! {
        <div
            class="seg"
            class:now=is_now
            class:hit=is_hit
            aria-current=move || is_now().then_some("true")
            on:click=press
        >
            <button type="button" class="seg-time num" on:click=go aria-label=move || play_label(open, start_ms)>
                {clock(start_ms)}
            </button>
            <div class="seg-body">
                <div class="seg-head">
                    <SpeakerName segment />
                    <Corrected open segment />
                    <Unsure open segment />
                </div>
                <Show when=move || is_editing.get() fallback=move || view! { <p class="seg-text">{text}</p> }>
                    <Editing segment />
                </Show>
            </div>
            <Show when=move || !is_editing.get()><Actions open segment /></Show>
        </div>
    }
    .into_any()
}

fn play_label(open: OpenCall, ms: i64) -> String {
    t_string!(open.app.i18n, call.go_to_moment, moment = clock(ms)).to_string()
}

/// What can be done with a line: shown on hover, with the focus, and for the line that is said.
#[component]
fn Actions(open: OpenCall, segment: Signal<Segment>) -> impl IntoView {
    let i18n = open.app.i18n;
    let pane = expect_context::<Pane>();
    let copy = move |_| {
        spawn_local(async move {
            let text = segment.with_untracked(|segment| segment.text.clone());
            if browser::copy(&text).await {
                open.app.toasts.show(untrack(|| t_string!(i18n, words.copied)));
            } else {
                open.app.toasts.show_error(text);
            }
        });
    };
    let clip = move |_| {
        let from_ms = segment.with_untracked(|segment| segment.start_ms);
        // The first line begins the recording, whatever is heard before it.
        let is_first = open.segments.with_untracked(|all| all.first().is_some_and(|s| s.start_ms == from_ms));
        let from_ms = if is_first { 0 } else { from_ms };
        open.bounds.update(|bounds| *bounds = bounds.with_from(from_ms));
        let moment = clock(from_ms);
        open.app.toasts.show(untrack(|| t_string!(i18n, call.clip_begins_at, moment = moment).to_string()));
    };
    view! {
        <span class="seg-actions">
            <IconButton label=text!(i18n, call.share_passage) icon=IconName::Link on_press=move |_| pane.passage.show(segment.get_untracked()) />
            <IconButton label=text!(i18n, call.copy_text) icon=IconName::Copy on_press=copy />
            <IconButton label=text!(i18n, call.clip_from_here) icon=IconName::Scissors on_press=clip />
            <Show when=move || open.may_edit.get()>
                <IconButton label=text!(i18n, call.edit_line) icon=IconName::Edit on_press=move |_| editing::begin(open, segment) />
            </Show>
        </span>
    }
}

/// Says that somebody has corrected the line, and shows what it said before.
#[component]
fn Corrected(open: OpenCall, segment: Signal<Segment>) -> impl IntoView {
    let i18n = open.app.i18n;
    let original = Memo::new(move |_| segment.with(|segment| segment.original_text.clone()));
    let by = move || {
        let name =
            segment.get().edited_by.and_then(|id| open.app.read(|s| s.user_name(id).map(ToOwned::to_owned)));
        name.map(|name| t_string!(i18n, call.corrected_by, name = name).to_string())
    };
    view! {
        <Show when=move || original.with(Option::is_some)>
            <Popover label=text!(i18n, call.corrected) icon=IconName::Edit icon_only=true>
                <div class="speaker-panel">
                    <h3>{text!(i18n, call.original)}</h3>
                    <p>{move || original.get()}</p>
                    <p class="muted">{by}</p>
                    <Show when=move || open.may_edit.get()>
                        <div class="actions">
                            <ui::Button on_press=move |_| editing::restore(open, segment)>{text!(i18n, call.restore)}</ui::Button>
                        </div>
                    </Show>
                </div>
            </Popover>
        </Show>
    }
}

/// Says that the engine was not sure of what it heard.
#[component]
fn Unsure(open: OpenCall, segment: Signal<Segment>) -> impl IntoView {
    let i18n = open.app.i18n;
    let is_unsure = move || {
        segment.with(|s| {
            s.original_text.is_none() && s.confidence.is_some_and(|percent| percent < editing::UNSURE)
        })
    };
    let title = move || {
        let percent = segment.with(|segment| segment.confidence).unwrap_or_default();
        t_string!(i18n, call.unsure, percent = percent).to_string()
    };
    view! {
        <Show when=is_unsure>
            <span class="unsure" title=title><Icon name=IconName::Help /><span class="sr-only">{title}</span></span>
        </Show>
    }
}
