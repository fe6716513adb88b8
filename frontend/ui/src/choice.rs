//! Yes or no.

use leptos::{prelude::*, text_prop::TextProp};

use crate::element_id::unique_id;

/// A box to tick: takes effect when the form is saved.
#[component]
pub fn Checkbox(
    /// What ticking it means.
    #[prop(into)]
    label: TextProp,
    /// Whether it is ticked, both ways.
    checked: RwSignal<bool>,
    /// What follows from it.
    #[prop(optional, into)]
    hint: Option<TextProp>,
    /// Cannot be changed.
    #[prop(optional, into)]
    disabled: Signal<bool>,
) -> impl IntoView {
    choice(None, label, checked, hint, disabled)
}

/// A switch: takes effect at once.
#[component]
pub fn Switch(
    /// What is switched on.
    #[prop(into)]
    label: TextProp,
    /// Whether it is on, both ways.
    checked: RwSignal<bool>,
    /// What follows from it.
    #[prop(optional, into)]
    hint: Option<TextProp>,
    /// Cannot be changed.
    #[prop(optional, into)]
    disabled: Signal<bool>,
) -> impl IntoView {
    choice(Some("switch"), label, checked, hint, disabled)
}

fn choice(
    role: Option<&'static str>,
    label: TextProp,
    checked: RwSignal<bool>,
    hint: Option<TextProp>,
    disabled: Signal<bool>,
) -> impl IntoView {
    let hint_id = hint.is_some().then(|| unique_id("hint"));
    view! {
        <label class="choice">
            <input
                type="checkbox"
                role=role
                aria-label={ let label = label.clone(); move || label.get().to_string() }
                aria-describedby=hint_id.clone()
                disabled=move || disabled.get()
                prop:checked=move || checked.get()
                on:change=move |event| checked.set(event_target_checked(&event))
            />
            <span>{move || label.get()}</span>
            {hint.map(|hint| view! { <span class="hint" id=hint_id>{move || hint.get()}</span> })}
        </label>
    }
}
