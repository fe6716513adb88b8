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
    percent(open.stretch.get().fraction_of(ms as f64))
}

/// A fraction of the width, as CSS has it.
pub fn percent(fraction: f64) -> String {
    format!("{:.3}%", fraction * 100.0)
}

/// A pointer that is down on the lanes.
#[derive(Clone, Copy)]
struct Drag {
    open: OpenCall,
    area: NodeRef<html::Div>,
    /// Where the pointer went down, and whether it has moved since.
    from: StoredValue<Option<(f64, bool)>>,
}

impl Drag {
    fn go(self, event: &ev::PointerEvent) {
        if let Some(area) = self.area.get_untracked() {
            self.open.player.seek(moment_under(self.open, area.unchecked_ref(), event));
        }
    }

    fn start(self, event: &ev::PointerEvent) {
        if event.button() != 0 {
            return;
        }
        if let Some(area) = self.area.get_untracked() {
            // Without capture the drag ends at the edge; nothing else is lost.
            let _ = area.set_pointer_capture(event.pointer_id());
        }
        self.from.set_value(Some((f64::from(event.client_x()), false)));
        self.go(event);
    }

    fn follow(self, event: &ev::PointerEvent) {
        let Some((from, has_moved)) = self.from.get_value() else { return };
        let has_moved = has_moved || (f64::from(event.client_x()) - from).abs() > DRAG;
        self.from.set_value(Some((from, has_moved)));
        if has_moved {
            self.go(event);
        }
    }

    /// Dragging along the lanes plays from where it ends.
    fn end(self) {
        if self.from.get_value().is_some_and(|(_, has_moved)| has_moved) {
            self.open.player.play();
        }
        self.cancel();
    }

    fn cancel(self) {
        self.from.set_value(None);
    }
}

/// The wheel with Ctrl looks closer around the playhead.
fn zoom(open: OpenCall, event: &ev::WheelEvent) {
    if !event.ctrl_key() {
        return;
    }
    event.prevent_default();
    let around = open.player.position_ms.get_untracked() as f64;
    let factor = if event.delta_y() > 0.0 { 1.25 } else { 0.8 };
    open.stretch.update(|stretch| *stretch = stretch.showing(around).zoomed(factor, around));
}

/// The area of the lanes that is pressed and dragged along, and the playhead in it.
#[component]
pub fn Scrubber(
    /// The width in CSS pixels.
    width: Signal<f64>,
) -> impl IntoView {
    let open = use_call();
    let area = NodeRef::<html::Div>::new();
    let drag = Drag { open, area, from: StoredValue::new(None) };
    let is_shown = move || {
        let fraction = open.stretch.get().fraction_of(open.player.position_ms.get() as f64);
        width.get() > 0.0 && (0.0..=1.0).contains(&fraction)
    };
    view! {
        <div
            class="scrub-area"
            node_ref=area
            on:pointerdown=move |event| drag.start(&event)
            on:pointermove=move |event| drag.follow(&event)
            on:pointerup=move |_| drag.end()
            on:pointercancel=move |_| drag.cancel()
            on:wheel=move |event| zoom(open, &event)
        >
            <div class="ahead" style:left=move || left_of(open, open.player.position_ms.get())></div>
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
