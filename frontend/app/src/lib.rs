//! The representatives' single-page application: inbox, contacts and settings over the REST API.

use leptos::prelude::*;
use wasm_bindgen::prelude::wasm_bindgen;

/// Entry point, called once by the browser when the module is ready.
#[wasm_bindgen(start)]
pub fn start() {
    console_error_panic_hook::set_once();
    mount_to_body(|| view! { <main id="app"></main> });
}
