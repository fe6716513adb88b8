//! A choice among many, found by typing (WAI-ARIA: combobox with a list).

use leptos::{ev::KeyboardEvent, prelude::*, text_prop::TextProp};

use crate::{element_id::unique_id, field::field_context, keyboard};

/// One choice of a [`Combobox`].
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ComboboxOption {
    /// What is stored.
    pub value: String,
    /// What is shown and searched.
    pub label: String,
}

/// A text field that lists the options matching what is typed.
///
/// Give `query` and change `options` with it to search on the server; without it, the labels are searched here.
#[component]
pub fn Combobox(
    /// The value of the chosen option, both ways.
    value: RwSignal<Option<String>>,
    /// The choices in the order to show.
    #[prop(into)]
    options: Signal<Vec<ComboboxOption>>,
    /// Receives what is typed, when the server searches.
    #[prop(optional, into)]
    query: Option<RwSignal<String>>,
    /// An example, shown while nothing is chosen.
    #[prop(optional, into)]
    placeholder: TextProp,
    /// What to say when nothing matches.
    #[prop(into)]
    no_match: TextProp,
) -> impl IntoView {
    let list_id = unique_id("listbox");
    let field = field_context();
    let (typed, open, active) = (RwSignal::new(None::<String>), RwSignal::new(false), RwSignal::new(0_usize));
    let matches = Memo::new(move |_| {
        let needle = typed.get().unwrap_or_default().to_lowercase();
        let mut options = options.get();
        if query.is_none() {
            options.retain(|option| option.label.to_lowercase().contains(&needle));
        }
        options
    });
    let chosen_label = move || {
        let chosen = value.get()?;
        options.with(|options| options.iter().find(|option| option.value == chosen).map(|o| o.label.clone()))
    };
    let choose = move |option: ComboboxOption| {
        value.set(Some(option.value));
        typed.set(None);
        open.set(false);
    };
    let close = move || {
        typed.set(None);
        open.set(false);
    };
    let on_input = move |text: String| {
        if text.is_empty() {
            value.set(None);
        }
        if let Some(query) = query {
            query.set(text.clone());
        }
        typed.set(Some(text));
        active.set(0);
        open.set(true);
    };
    let on_key = move |event: KeyboardEvent| {
        let count = matches.with(Vec::len);
        match event.key().as_str() {
            key @ ("ArrowDown" | "ArrowUp") => {
                event.prevent_default();
                let current = open.get_untracked().then(|| active.get_untracked());
                active.set(keyboard::step(key, current, count).unwrap_or_default());
                open.set(true);
            }
            "Enter" if open.get_untracked() => {
                event.prevent_default();
                if let Some(option) = matches.with(|matches| matches.get(active.get_untracked()).cloned()) {
                    choose(option);
                }
            }
            "Escape" if open.get_untracked() => {
                event.stop_propagation();
                event.prevent_default();
                close();
            }
            _ => {}
        }
    };
    let option_id = {
        let list_id = list_id.clone();
        move |index: usize| format!("{list_id}-{index}")
    };
    let active_id = {
        let option_id = option_id.clone();
        move || (open.get() && matches.with(|m| !m.is_empty())).then(|| option_id(active.get()))
    };
    let described_by = field.clone().map(|field| move || field.described_by.get());
    let invalid = field.clone().map(|field| move || field.invalid.get().then_some("true"));
    let list = {
        let list_id = list_id.clone();
        move || {
            let option = |(index, option): (usize, ComboboxOption)| {
                let is_chosen = value.with(|value| value.as_deref() == Some(option.value.as_str()));
                let label = option.label.clone();
                view! {
                    <li
                        role="option"
                        id=option_id(index)
                        class:active=move || active.get() == index
                        aria-selected=is_chosen.to_string()
                        // Before the field loses the focus, which would close the list.
                        on:mousedown=move |event| { event.prevent_default(); choose(option.clone()) }
                    >
                        {label}
                    </li>
                }
            };
            view! { <ul role="listbox" id=list_id.clone() aria-label=list_id.clone()>{matches.get().into_iter().enumerate().map(option).collect_view()}</ul> }
        }
    };
    view! {
        <div class="combobox">
            <input
                class="input"
                type="text"
                role="combobox"
                id=field.map(|field| field.control_id)
                autocomplete="off"
                aria-autocomplete="list"
                aria-expanded=move || open.get().to_string()
                aria-controls=move || open.get().then(|| list_id.clone())
                aria-activedescendant=active_id
                aria-describedby=described_by
                aria-invalid=invalid
                placeholder=move || placeholder.get().to_string()
                prop:value=move || typed.get().or_else(chosen_label).unwrap_or_default()
                on:input=move |event| on_input(event_target_value(&event))
                on:click=move |_| open.set(true)
                on:blur=move |_| close()
                on:keydown=on_key
            />
            <Show when=move || open.get() && !matches.with(Vec::is_empty)>{list.clone()}</Show>
            <Show when=move || open.get() && matches.with(Vec::is_empty)>
                <div class="none" role="status">{ let no_match = no_match.clone(); move || no_match.get() }</div>
            </Show>
        </div>
    }
}
