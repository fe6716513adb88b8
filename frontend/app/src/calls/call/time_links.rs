//! Times in notes and comments that lead to their moment.

use leptos::{ev::MouseEvent, html, prelude::*};
use wasm_bindgen::JsCast;
use web_sys::Element;

use super::open_call::OpenCall;

/// What the server writes a time link with.
const AT_MS: &str = "data-at-ms";

/// Shows HTML of the server, whose time links move the player.
#[component]
pub fn RichContent(
    /// The call.
    open: OpenCall,
    /// What to show, safe as the server has made it.
    #[prop(into)]
    html: Signal<String>,
) -> impl IntoView {
    let content = NodeRef::<html::Div>::new();
    Effect::new(move |_| {
        html.with(|_| ());
        let Some(content) = content.get() else { return };
        // An address makes it a link to the keyboard too.
        let Ok(links) = content.query_selector_all(&format!("a[{AT_MS}]")) else { return };
        for link in (0..links.length()).filter_map(|index| links.get(index)?.dyn_into::<Element>().ok()) {
            if let Some(ms) = moment_of(&link) {
                // Setting an attribute by a valid name cannot fail.
                let _ = link.set_attribute("href", &format!("?t={}", ms / 1000));
            }
        }
    });
    let press = move |event: MouseEvent| {
        let target = event.target().and_then(|target| target.dyn_into::<Element>().ok());
        let link = target.and_then(|target| target.closest(&format!("a[{AT_MS}]")).ok().flatten());
        if let Some(ms) = link.as_ref().and_then(moment_of) {
            event.prevent_default();
            event.stop_propagation();
            open.player.seek(ms);
        }
    };
    view! { <div node_ref=content class="rich-content" inner_html=move || html.get() on:click=press></div> }
}

fn moment_of(link: &Element) -> Option<i64> {
    link.get_attribute(AT_MS)?.parse().ok()
}
