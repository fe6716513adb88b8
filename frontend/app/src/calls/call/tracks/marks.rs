//! What is marked on the lanes: hits of the search, tracked terms, comments.

use leptos::{html, prelude::*};
use leptos_i18n::t_string;
use state::recording::clock;
use ui::{Avatar, AvatarSize};
use wasm_bindgen::JsCast;
use web_sys::CanvasRenderingContext2d;

use super::super::comments::Pin;
use super::super::open_call::{OpenCall, use_call};
use super::canvas::colour_of;
use super::scrubbing::left_of;
use crate::preferences;

/// The height of the strip of ticks, and the width of a tick, in CSS pixels.
const HEIGHT: f64 = 8.0;
const TICK: f64 = 2.0;

/// Ticks for hits and terms, a pin for each comment.
#[component]
pub fn Marks(
    /// The width in CSS pixels.
    width: Signal<f64>,
) -> impl IntoView {
    let open = use_call();
    let strip = NodeRef::<html::Canvas>::new();
    let hits =
        Memo::new(move |_| open.search.hits.with(|hits| hits.iter().map(|hit| hit.start_ms).collect()));
    let terms = Memo::new(move |_| term_moments(open));
    Effect::new(move |_| {
        // The colours are other ones in another theme.
        preferences::mine(open.app, |preferences| preferences.theme);
        let (Some(canvas), width) = (strip.get(), width.get()) else { return };
        let scale = window().device_pixel_ratio().max(1.0);
        canvas.set_width((width * scale) as u32);
        canvas.set_height((HEIGHT * scale) as u32);
        let Ok(Some(context)) = canvas.get_context("2d") else { return };
        let context: CanvasRenderingContext2d = context.unchecked_into();
        // Fails for a scale of 0 alone.
        let _ = context.scale(scale, scale);
        for (moments, colour) in [(terms, "--accent"), (hits, "--clip")] {
            context.set_fill_style_str(&colour_of(&canvas, colour));
            for ms in moments.get() {
                let left = open.stretch.get().fraction_of(ms as f64) * width;
                context.fill_rect(left, 0.0, TICK, HEIGHT);
            }
        }
    });
    let label = move || {
        let (hits, terms) = (hits.with(Vec::len), terms.with(Vec::len));
        t_string!(open.app.i18n, call.marks, hits = hits, terms = terms).to_string()
    };
    view! {
        <canvas node_ref=strip class="ticks" role="img" aria-label=label></canvas>
        <Pins />
    }
}

fn term_moments(open: OpenCall) -> Vec<i64> {
    let terms = open.terms.get().flatten().map(|terms| terms.items).unwrap_or_default();
    terms.into_iter().flat_map(|term| term.hits).map(|hit| hit.start_ms).collect()
}

/// One pin for each comment that is anchored to a moment.
#[component]
fn Pins() -> impl IntoView {
    let open = use_call();
    let pin = move |Pin { at_ms, author_key, author_name, beginning }: Pin| {
        let label = format!("{} {author_name}: {beginning}", clock(at_ms));
        let title = label.clone();
        let is_in_sight = move || (0.0..=1.0).contains(&open.stretch.get().fraction_of(at_ms as f64));
        view! {
            <button
                type="button"
                class="pin"
                title=title
                hidden=move || !is_in_sight()
                style:left=move || left_of(open, at_ms)
                on:click=move |_| open.player.seek(at_ms)
            >
                <span class="sr-only">{label}</span>
                <Avatar name=author_name key=author_key size=AvatarSize::Small />
            </button>
        }
    };
    view! { {move || open.pins().into_iter().map(pin).collect_view()} }
}
