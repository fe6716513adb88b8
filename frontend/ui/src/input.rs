//! Controls to type or choose a value in. Put each inside a [`Field`](crate::Field), or give it an `attr:aria-label`.

use leptos::{prelude::*, text_prop::TextProp};

use crate::field::{FieldContext, field_context};

/// The attributes that tie a control to the field around it.
struct Ties {
    id: Option<String>,
    described_by: Signal<Option<String>>,
    invalid: Signal<Option<&'static str>>,
}

fn ties() -> Ties {
    match field_context() {
        Some(FieldContext { control_id, described_by, invalid }) => Ties {
            id: Some(control_id),
            described_by,
            invalid: Signal::derive(move || invalid.get().then_some("true")),
        },
        None => Ties { id: None, described_by: Signal::stored(None), invalid: Signal::stored(None) },
    }
}

/// One line of text.
#[component]
pub fn TextInput(
    /// The text, both ways.
    value: RwSignal<String>,
    /// The HTML input type: `text`, `email`, `password`, `search`, `url`, `tel`, `number`, `date` or `time`.
    #[prop(default = "text")]
    kind: &'static str,
    /// The HTML autocomplete token, `username` for instance.
    #[prop(default = "off")]
    autocomplete: &'static str,
    /// An example, shown while the value is empty.
    #[prop(optional, into)]
    placeholder: TextProp,
    /// Must be filled in.
    #[prop(optional)]
    required: bool,
    /// Cannot be changed.
    #[prop(optional, into)]
    disabled: Signal<bool>,
) -> impl IntoView {
    let Ties { id, described_by, invalid } = ties();
    view! {
        <input
            class="input"
            type=kind
            id=id
            autocomplete=autocomplete
            placeholder=move || placeholder.get().to_string()
            required=required
            disabled=move || disabled.get()
            aria-describedby=move || described_by.get()
            aria-invalid=move || invalid.get()
            prop:value=move || value.get()
            on:input=move |event| value.set(event_target_value(&event))
        />
    }
}

/// Several lines of plain text.
#[component]
pub fn TextArea(
    /// The text, both ways.
    value: RwSignal<String>,
    /// How many lines it shows at first.
    #[prop(default = 3)]
    rows: u32,
    /// An example, shown while the value is empty.
    #[prop(optional, into)]
    placeholder: TextProp,
    /// Must be filled in.
    #[prop(optional)]
    required: bool,
    /// Cannot be changed.
    #[prop(optional, into)]
    disabled: Signal<bool>,
) -> impl IntoView {
    let Ties { id, described_by, invalid } = ties();
    view! {
        <textarea
            class="input"
            id=id
            rows=rows
            placeholder=move || placeholder.get().to_string()
            required=required
            disabled=move || disabled.get()
            aria-describedby=move || described_by.get()
            aria-invalid=move || invalid.get()
            prop:value=move || value.get()
            on:input=move |event| value.set(event_target_value(&event))
        ></textarea>
    }
}

/// One choice of a [`Select`].
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SelectOption {
    /// What is stored.
    pub value: String,
    /// What is shown.
    pub label: String,
}

/// A choice among a few; use [`Combobox`](crate::Combobox) for many.
#[component]
pub fn Select(
    /// The value of the chosen option, both ways.
    value: RwSignal<String>,
    /// The choices in the order to show.
    #[prop(into)]
    options: Signal<Vec<SelectOption>>,
    /// Cannot be changed.
    #[prop(optional, into)]
    disabled: Signal<bool>,
) -> impl IntoView {
    let Ties { id, described_by, invalid } = ties();
    let choices = move || {
        let choice = |SelectOption { value: own, label }: SelectOption| {
            let chosen = {
                let own = own.clone();
                move || value.with(|value| *value == own)
            };
            view! { <option value=own.clone() prop:selected=chosen>{label}</option> }
        };
        options.get().into_iter().map(choice).collect_view()
    };
    view! {
        <select
            class="input"
            id=id
            disabled=move || disabled.get()
            aria-describedby=move || described_by.get()
            aria-invalid=move || invalid.get()
            on:change=move |event| value.set(event_target_value(&event))
        >
            {choices}
        </select>
    }
}
