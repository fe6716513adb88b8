//! The chat widget: what runs inside the iframe that the embed loader opens on a customer's site.

use leptos::prelude::*;
use wasm_bindgen::prelude::wasm_bindgen;

/// Entry point, called once by the browser when the module is ready.
#[wasm_bindgen(start)]
pub fn start() {
    mount_to_body(|| view! { <main id="chat"></main> });
}
