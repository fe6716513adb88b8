//! Drawing the waveform: upright bars on a canvas, in the colours of the theme.

use std::ops::Range;

use leptos::{html, prelude::*};
use state::recording::Stretch;
use wasm_bindgen::prelude::*;
use web_sys::{CanvasRenderingContext2d, Element, ResizeObserver};

use super::super::open_call::use_call;
use crate::preferences;

/// From one bar to the next, and how much of it is drawn, in CSS pixels.
const PITCH: f64 = 4.2;
const BAR: f64 = 2.6;
/// The height of the drawing in CSS pixels.
const HEIGHT: f64 = 40.0;
/// Silence is a line this high, in CSS pixels.
const LEAST: f64 = 1.5;

/// How many bars fit into a width.
pub fn bars_in(width: f64) -> usize {
    (width / PITCH) as usize
}

/// The width of an element in CSS pixels, also after it changes.
pub fn width_of(element: NodeRef<html::Div>) -> Signal<f64> {
    let width = RwSignal::new(0.0);
    Effect::new(move |_| {
        let Some(element) = element.get() else { return };
        let observed = Element::clone(&element);
        let on_resize = Closure::<dyn Fn()>::new(move || {
            width.try_set(f64::from(observed.client_width()));
        });
        // Calls at once, too.
        let Ok(observer) = ResizeObserver::new(on_resize.as_ref().unchecked_ref()) else { return };
        observer.observe(&element);
        let observing = StoredValue::new_local((observer, on_resize));
        on_cleanup(move || observing.with_value(|(observer, _)| observer.disconnect()));
    });
    width.into()
}

/// How loud it is over time. Drawn anew when the waveform, its stretch, the width or the theme changes.
#[component]
pub fn Wave(
    /// The width in CSS pixels.
    width: Signal<f64>,
    /// The channel; the loudest of all without one.
    channel: Option<usize>,
    /// When the lane's speaker speaks, if its channel is not the speaker's alone: what is said by others is left out.
    speech: Option<Signal<Vec<Range<i64>>>>,
    /// The custom property of the colour.
    colour: &'static str,
) -> impl IntoView {
    let open = use_call();
    let canvas = NodeRef::<html::Canvas>::new();
    let bars = Memo::new(move |_| {
        let (stretch, count) = (open.stretch.get(), bars_in(width.get()));
        let mut bars = open.peaks.with(|peaks| match peaks {
            Some(peaks) => peaks.bars(stretch, count, channel),
            // Without a waveform the lanes still show who speaks when.
            None => vec![0.5; if speech.is_some() { count } else { 0 }],
        });
        if let Some(speech) = speech {
            speech.with(|speech| silence_others(&mut bars, stretch, speech));
        }
        bars
    });
    Effect::new(move |_| {
        // The colours are other ones in another theme.
        preferences::mine(open.app, |preferences| preferences.theme);
        let (Some(canvas), width) = (canvas.get(), width.get()) else { return };
        let scale = window().device_pixel_ratio().max(1.0);
        canvas.set_width((width * scale) as u32);
        canvas.set_height((HEIGHT * scale) as u32);
        // A browser without 2D canvases shows lanes without a waveform.
        let Ok(Some(context)) = canvas.get_context("2d") else { return };
        let context: CanvasRenderingContext2d = context.unchecked_into();
        context.set_fill_style_str(&colour_of(&canvas, colour));
        // Fails for a scale of 0 alone.
        let _ = context.scale(scale, scale);
        bars.with(|bars| draw(&context, bars));
    });
    view! { <canvas node_ref=canvas class="wave" aria-hidden="true"></canvas> }
}

/// Leaves the bars during which somebody speaks.
fn silence_others(bars: &mut [f32], stretch: Stretch, speech: &[Range<i64>]) {
    let bar_ms = stretch.length_ms() / bars.len().max(1) as f64;
    for (index, bar) in bars.iter_mut().enumerate() {
        let from = stretch.from_ms + index as f64 * bar_ms;
        let (from, until) = (from as i64, (from + bar_ms) as i64);
        let next = speech.partition_point(|said| said.end <= from);
        if speech.get(next).is_none_or(|said| said.start >= until.max(from + 1)) {
            *bar = 0.0;
        }
    }
}

fn draw(context: &CanvasRenderingContext2d, bars: &[f32]) {
    for (index, loud) in bars.iter().enumerate() {
        let height = (f64::from(*loud) * HEIGHT).max(LEAST);
        context.fill_rect(index as f64 * PITCH, (HEIGHT - height) / 2.0, BAR, height);
    }
}

/// The value of a custom property where an element stands.
pub fn colour_of(element: &Element, name: &str) -> String {
    let style = window().get_computed_style(element).ok().flatten();
    style.and_then(|style| style.get_property_value(name).ok()).unwrap_or_default()
}
