//! The record of a contact.

use leptos::prelude::*;

/// A contact.
#[component]
pub fn ContactPage() -> impl IntoView {
    view! { <main class="screen"></main> }
}
