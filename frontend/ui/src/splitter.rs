//! The line between two panes, to drag or to move with the arrows (WAI-ARIA: window splitter).

use leptos::{
    ev::{KeyboardEvent, PointerEvent},
    html,
    prelude::*,
    text_prop::TextProp,
};

/// How far an arrow key moves the line, in CSS pixels.
const KEY_STEP: f64 = 16.0;

/// What a splitter changes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SplitterAxis {
    /// A width: the line stands upright.
    Width,
    /// A height: the line lies flat.
    Height,
}

/// A line that resizes the pane beside it.
#[component]
pub fn Splitter(
    /// What it changes.
    axis: SplitterAxis,
    /// The size of the pane in CSS pixels, both ways.
    size: RwSignal<f64>,
    /// The smallest size.
    min: f64,
    /// The largest size.
    max: f64,
    /// The pane lies after the line, so that moving towards the start makes it larger.
    #[prop(optional)]
    pane_after: bool,
    /// What is resized, for screen readers: "Height of the composer".
    #[prop(into)]
    label: TextProp,
) -> impl IntoView {
    let line = NodeRef::<html::Div>::new();
    // Where the pointer and the size were when the drag began.
    let drag = RwSignal::new(None::<(f64, f64)>);
    let resize = move |wanted: f64| size.set(wanted.clamp(min, max));
    let sign = if pane_after { -1.0 } else { 1.0 };
    let position = move |event: &PointerEvent| match axis {
        SplitterAxis::Width => f64::from(event.client_x()),
        SplitterAxis::Height => f64::from(event.client_y()),
    };
    let start = move |event: PointerEvent| {
        if let Some(line) = line.get_untracked() {
            // Without capture the drag ends when the pointer leaves the line; nothing else is lost.
            let _ = line.set_pointer_capture(event.pointer_id());
        }
        drag.set(Some((position(&event), size.get_untracked())));
    };
    let follow = move |event: PointerEvent| {
        if let Some((from, before)) = drag.get_untracked() {
            resize(before + sign * (position(&event) - from));
        }
    };
    let on_key = move |event: KeyboardEvent| {
        let now = size.get_untracked();
        let wanted = match event.key().as_str() {
            "ArrowRight" | "ArrowDown" => now + sign * KEY_STEP,
            "ArrowLeft" | "ArrowUp" => now - sign * KEY_STEP,
            "Home" => min,
            "End" => max,
            _ => return,
        };
        event.prevent_default();
        resize(wanted);
    };
    view! {
        <div
            node_ref=line
            class="splitter"
            role="separator"
            tabindex="0"
            aria-orientation=if axis == SplitterAxis::Width { "vertical" } else { "horizontal" }
            aria-label=move || label.get().to_string()
            aria-valuemin=(min as i64).to_string()
            aria-valuemax=(max as i64).to_string()
            aria-valuenow=move || (size.get() as i64).to_string()
            on:pointerdown=start
            on:pointermove=follow
            on:pointerup=move |_| drag.set(None)
            on:pointercancel=move |_| drag.set(None)
            on:keydown=on_key
        ></div>
    }
}
