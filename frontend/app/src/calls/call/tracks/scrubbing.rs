//! The playhead: press to go somewhere, drag to listen along, arrows by keyboard.

use leptos::{ev, html, prelude::*};
use leptos_i18n::t_string;
use state::recording::clock;
use wasm_bindgen::JsCast;
use web_sys::HtmlElement;

use super::super::open_call::{OpenCall, use_call};

/// How far an arrow goes, in milliseconds.
const STEP_MS: i64 = 5_000;
/// A press that moves less is no drag, in CSS pixels.
const DRAG: f64 = 4.0;

/// The moment under the pointer, in milliseconds; `area` is the whole width of the lanes.
pub fn moment_under(open: OpenCall, area: &HtmlElement, event: &ev::PointerEvent) -> i64 {
    let edges = area.get_bounding_client_rect();
    let fraction = (f64::from(event.client_x()) - edges.left()) / edges.width().max(1.0);
    open.stretch.get_untracked().moment_at(fraction) as i64
}

/// How far from the left a moment is, as CSS has it.
pub fn left_of(open: OpenCall, ms: i64) -> String {
    format!("{:.3}%", open.stretch.get().fraction_of(ms as f64) * 100.0)
}

/// The area of the lanes that is pressed and dragged along, and the playhead in it.
#[component]
pub fn Scrubber(
    /// The width in CSS pixels.
    width: Signal<f64>,
) -> impl IntoView {
    let open = use_call();
    let area = NodeRef::<html::Div>::new();
    // Where the pointer went down, and whether it has moved since.
    let drag = StoredValue::new(None::<(f64, bool)>);
    let go = move |event: &ev::PointerEvent| {
        if let Some(area) = area.get_untracked() {
            open.player.seek(moment_under(open, area.unchecked_ref(), event));
        }
    };
    let start = move |event: ev::PointerEvent| {
        if event.button() != 0 {
            return;
        }
        if let Some(area) = area.get_untracked() {
            // Without capture the drag ends at the edge; nothing else is lost.
            let _ = area.set_pointer_capture(event.pointer_id());
        }
        drag.set_value(Some((f64::from(event.client_x()), false)));
        go(&event);
    };
    let follow = move |event: ev::PointerEvent| {
        let Some((from, dragged)) = drag.get_value() else { return };
        let dragged = dragged || (f64::from(event.client_x()) - from).abs() > DRAG;
        drag.set_value(Some((from, dragged)));
        if dragged {
            go(&event);
        }
    };
    let end = move |_| {
        // Dragging along the lanes plays from where it ends.
        if drag.get_value().is_some_and(|(_, dragged)| dragged) {
            open.player.play();
        }
        drag.set_value(None);
    };
    let zoom = move |event: ev::WheelEvent| {
        if !event.ctrl_key() {
            return;
        }
        event.prevent_default();
        let around = open.player.position_ms.get_untracked() as f64;
        let factor = if event.delta_y() > 0.0 { 1.25 } else { 0.8 };
        open.stretch.update(|stretch| *stretch = stretch.showing(around).zoomed(factor, around));
    };
    let is_shown = move || {
        let fraction = open.stretch.get().fraction_of(open.player.position_ms.get() as f64);
        width.get() > 0.0 && (0.0..=1.0).contains(&fraction)
    };
    view! {
        <div
            class="scrub-area"
            node_ref=area
            on:pointerdown=start
            on:pointermove=follow
            on:pointerup=end
            on:pointercancel=move |_| drag.set_value(None)
            on:wheel=zoom
        >
            <div class="ahead" style:left=move || left_of(open, open.player.position_ms.get().max(0))></div>
        </div>
        <Show when=is_shown><Playhead /></Show>
    }
}

#[component]
fn Playhead() -> impl IntoView {
    let open = use_call();
    let (i18n, player) = (open.app.i18n, open.player);
    let on_key = move |event: ev::KeyboardEvent| {
        let now = player.position_ms.get_untracked();
        match event.key().as_str() {
            "ArrowRight" | "ArrowUp" => player.seek(now + STEP_MS),
            "ArrowLeft" | "ArrowDown" => player.seek(now - STEP_MS),
            "Home" => player.seek(0),
            "End" => player.seek(player.duration_ms.get_untracked()),
            _ => return,
        }
        event.prevent_default();
    };
    view! {
        <div
            class="playhead"
            role="slider"
            tabindex="0"
            aria-label=move || t_string!(i18n, call.position)
            aria-valuemin="0"
            aria-valuemax=move || (player.duration_ms.get() / 1000).to_string()
            aria-valuenow=move || (player.position_ms.get() / 1000).to_string()
            aria-valuetext=move || clock(player.position_ms.get())
            style:left=move || left_of(open, player.position_ms.get())
            on:keydown=on_key
        ></div>
    }
}
