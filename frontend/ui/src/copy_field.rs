//! A value to copy elsewhere: a token, a tracking code, an address.

use leptos::{html, prelude::*, text_prop::TextProp};
use wasm_bindgen_futures::JsFuture;

use crate::{Button, IconName};

/// A read-only value with a button that copies it.
#[component]
pub fn CopyField(
    /// The value.
    #[prop(into)]
    value: Signal<String>,
    /// What the value is, for screen readers.
    #[prop(into)]
    label: TextProp,
    /// The button: "Copy".
    #[prop(into)]
    copy_label: TextProp,
    /// What the button says once it is done: "Copied".
    #[prop(into)]
    copied_label: TextProp,
) -> impl IntoView {
    let input = NodeRef::<html::Input>::new();
    let copied = RwSignal::new(false);
    Effect::new(move |_| {
        value.get();
        copied.set(false);
    });
    let copy = move |_| {
        leptos::task::spawn_local(async move {
            let Some(window) = web_sys::window() else { return };
            if JsFuture::from(window.navigator().clipboard().write_text(&value.get_untracked())).await.is_ok()
            {
                copied.set(true);
            } else if let Some(input) = input.get_untracked() {
                // Refused by the browser: select the text, so that a key press copies it.
                input.select();
            }
        });
    };
    view! {
        <div class="copy-field">
            <input
                node_ref=input
                class="input"
                readonly
                aria-label=move || label.get().to_string()
                prop:value=move || value.get()
            />
            <Button icon=IconName::Copy on_press=copy>
                <span aria-live="polite">
                    {move || if copied.get() { copied_label.get() } else { copy_label.get() }}
                </span>
            </Button>
        </div>
    }
}
