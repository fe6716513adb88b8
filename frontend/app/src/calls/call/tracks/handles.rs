//! The clip on the lanes, and the handles that set where it begins and ends.

use leptos::{ev, html, prelude::*};
use leptos_i18n::t_string;
use state::recording::{Bounds, clock};
use wasm_bindgen::JsCast;
use web_sys::HtmlElement;

use super::super::open_call::{OpenCall, use_call};
use super::scrubbing::{left_of, moment_under, percent};

/// How far an arrow moves a handle, in milliseconds; and with Shift.
const STEP_MS: i64 = 1_000;
const FINE_STEP_MS: i64 = 100;

/// Which end of the clip a handle sets.
#[derive(Clone, Copy, PartialEq, Eq)]
enum End {
    From,
    Until,
}

impl End {
    fn of(self, bounds: Bounds) -> i64 {
        match self {
            End::From => bounds.from_ms,
            End::Until => bounds.until_ms,
        }
    }

    fn set(self, open: OpenCall, ms: i64) {
        open.bounds.update(|bounds| {
            *bounds = match self {
                End::From => bounds.with_from(ms),
                End::Until => bounds.with_until(ms),
            };
        });
    }
}

/// The clip between its handles, for whoever may share one.
#[component]
pub fn ClipHandles(
    /// The width in CSS pixels.
    width: Signal<f64>,
) -> impl IntoView {
    let open = use_call();
    let is_shown =
        Memo::new(move |_| open.has_intelligence.get() && open.player.is_ready() && width.get() > 0.0);
    // The part of it that is in sight, as fractions of the width.
    let range = Memo::new(move |_| {
        let (bounds, stretch) = (open.bounds.get(), open.stretch.get());
        [bounds.from_ms, bounds.until_ms].map(|ms| stretch.fraction_of(ms as f64).clamp(0.0, 1.0))
    });
    let is_in_sight = move || range.with(|[from, until]| from < until);
    view! {
        <Show when=move || is_shown.get()>
            <div
                class="clip-range"
                class:whole=move || open.bounds.get().is_whole()
                hidden=move || !is_in_sight()
                style:left=move || percent(range.get()[0])
                style:width=move || range.with(|[from, until]| percent(until - from))
            ></div>
            <Handle end=End::From />
            <Handle end=End::Until />
        </Show>
    }
}

#[component]
fn Handle(end: End) -> impl IntoView {
    let open = use_call();
    let i18n = open.app.i18n;
    let handle = NodeRef::<html::Div>::new();
    let dragging = StoredValue::new(false);
    let value = move || end.of(open.bounds.get());
    let start = move |event: ev::PointerEvent| {
        if let Some(handle) = handle.get_untracked() {
            // Without capture the drag ends when the pointer leaves the handle; nothing else is lost.
            let _ = handle.set_pointer_capture(event.pointer_id());
        }
        dragging.set_value(true);
    };
    let follow = move |event: ev::PointerEvent| {
        let area = handle.get_untracked().and_then(|handle| handle.parent_element());
        let area = area.and_then(|area| area.dyn_into::<HtmlElement>().ok());
        if let (true, Some(area)) = (dragging.get_value(), area) {
            end.set(open, moment_under(open, &area, &event));
        }
    };
    let on_key = move |event: ev::KeyboardEvent| {
        let now = end.of(open.bounds.get_untracked());
        let step = if event.shift_key() { FINE_STEP_MS } else { STEP_MS };
        match event.key().as_str() {
            "ArrowRight" | "ArrowUp" => end.set(open, now + step),
            "ArrowLeft" | "ArrowDown" => end.set(open, now - step),
            "Home" => end.set(open, 0),
            "End" => end.set(open, open.player.duration_ms.get_untracked()),
            _ => return,
        }
        event.prevent_default();
    };
    let label = move || match end {
        End::From => t_string!(i18n, call.clip_begins),
        End::Until => t_string!(i18n, call.clip_ends),
    };
    let is_shown = move || (0.0..=1.0).contains(&open.stretch.get().fraction_of(value() as f64));
    view! {
        <div
            node_ref=handle
            class="clip-handle"
            class:until=end == End::Until
            hidden=move || !is_shown()
            role="slider"
            tabindex="0"
            aria-label=label
            title=move || format!("{} {}", label(), clock(value()))
            aria-valuemin="0"
            aria-valuemax=move || (open.player.duration_ms.get() / 1000).to_string()
            aria-valuenow=move || (value() / 1000).to_string()
            aria-valuetext=move || clock(value())
            style:left=move || left_of(open, value())
            on:pointerdown=start
            on:pointermove=follow
            on:pointerup=move |_| dragging.set_value(false)
            on:pointercancel=move |_| dragging.set_value(false)
            on:keydown=on_key
        ></div>
    }
}
