//! A label, a hint and an error, tied to the control between them.

use leptos::{context::Provider, prelude::*, text_prop::TextProp};

use crate::element_id::unique_id;

/// What the control inside a [`Field`] must carry, handed down as context.
#[derive(Clone)]
pub(crate) struct FieldContext {
    /// The id that the label points to.
    pub(crate) control_id: String,
    /// The ids of hint and error, for `aria-describedby`.
    pub(crate) described_by: Signal<Option<String>>,
    /// Whether there is an error.
    pub(crate) invalid: Signal<bool>,
}

/// The field around the current component, if there is one.
pub(crate) fn field_context() -> Option<FieldContext> {
    use_context()
}

/// A labelled control: put one [`TextInput`](crate::TextInput), [`TextArea`](crate::TextArea),
/// [`Select`](crate::Select) or [`Combobox`](crate::Combobox) inside.
#[component]
pub fn Field(
    /// The name of the value.
    #[prop(into)]
    label: TextProp,
    /// How to fill it in.
    #[prop(optional, into)]
    hint: Option<TextProp>,
    /// What is wrong with it, read out when it appears.
    #[prop(optional, into)]
    error: Signal<Option<String>>,
    /// The control.
    children: Children,
) -> impl IntoView {
    let control_id = unique_id("field");
    let hint_id = hint.is_some().then(|| format!("{control_id}-hint"));
    let error_id = format!("{control_id}-error");
    let described_by = {
        let (hint_id, error_id) = (hint_id.clone(), error_id.clone());
        Signal::derive(move || {
            let error_id = error.with(Option::is_some).then(|| error_id.clone());
            let ids: Vec<String> = hint_id.iter().cloned().chain(error_id).collect();
            (!ids.is_empty()).then(|| ids.join(" "))
        })
    };
    let invalid = Signal::derive(move || error.with(Option::is_some));
    let context = FieldContext { control_id: control_id.clone(), described_by, invalid };
    view! {
        <div class="field">
            <label for=control_id>{move || label.get()}</label>
            <Provider value=context>{children()}</Provider>
            {hint.map(|hint| view! { <span class="hint" id=hint_id>{move || hint.get()}</span> })}
            <span class="error" id=error_id aria-live="polite">{move || error.get()}</span>
        </div>
    }
}
