//! A choice among many, found by typing (WAI-ARIA: combobox with a list).

use leptos::{
    ev::{KeyboardEvent, MouseEvent},
    prelude::*,
    text_prop::TextProp,
};

use crate::{element_id::unique_id, field::field_context, keyboard};

/// One choice of a [`Combobox`].
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ComboboxOption {
    /// What is stored.
    pub value: String,
    /// What is shown and searched.
    pub label: String,
}

/// What a combobox is doing.
#[derive(Clone, Copy)]
struct State {
    value: RwSignal<Option<String>>,
    /// What was typed since the last choice.
    typed: RwSignal<Option<String>>,
    open: RwSignal<bool>,
    /// The position of the highlighted match.
    active: RwSignal<usize>,
    matches: Memo<Vec<ComboboxOption>>,
}

impl State {
    fn new(
        value: RwSignal<Option<String>>,
        options: Signal<Vec<ComboboxOption>>,
        search_labels: bool,
    ) -> Self {
        let typed = RwSignal::new(None::<String>);
        let matches = Memo::new(move |_| {
            let needle = typed.get().unwrap_or_default().to_lowercase();
            let mut options = options.get();
            if search_labels {
                options.retain(|option| option.label.to_lowercase().contains(&needle));
            }
            options
        });
        Self { value, typed, open: RwSignal::new(false), active: RwSignal::new(0), matches }
    }

    fn type_text(self, text: String) {
        if text.is_empty() {
            self.value.set(None);
        }
        self.typed.set(Some(text));
        self.active.set(0);
        self.open.set(true);
    }

    fn choose(self, option: ComboboxOption) {
        self.value.set(Some(option.value));
        self.close();
    }

    fn close(self) {
        self.typed.set(None);
        self.open.set(false);
    }

    fn press(self, event: &KeyboardEvent) {
        let open = self.open.get_untracked();
        match event.key().as_str() {
            key @ ("ArrowDown" | "ArrowUp") => {
                let current = open.then(|| self.active.get_untracked());
                let count = self.matches.with_untracked(Vec::len);
                self.active.set(keyboard::step(key, current, count).unwrap_or_default());
                self.open.set(true);
            }
            "Enter" if open => {
                let active = self.active.get_untracked();
                if let Some(option) = self.matches.with_untracked(|matches| matches.get(active).cloned()) {
                    self.choose(option);
                }
            }
            "Escape" if open => {
                event.stop_propagation();
                self.close();
            }
            _ => return,
        }
        event.prevent_default();
    }

    fn shows_matches(self) -> bool {
        self.open.get() && self.matches.with(|matches| !matches.is_empty())
    }
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
    /// What the list holds, for screen readers; usually the label of the field.
    #[prop(into)]
    list_label: TextProp,
    /// What to say when nothing matches.
    #[prop(into)]
    no_match: TextProp,
) -> impl IntoView {
    let list_id = StoredValue::new(unique_id("listbox"));
    let state = State::new(value, options, query.is_none());
    let field = field_context();
    let described_by = field.clone().map(|field| move || field.described_by.get());
    let invalid = field.clone().map(|field| move || field.invalid.get().then_some("true"));
    let chosen_label = move || {
        let chosen = value.get()?;
        options.with(|options| Some(options.iter().find(|option| option.value == chosen)?.label.clone()))
    };
    let on_input = move |text: String| {
        if let Some(query) = query {
            query.set(text.clone());
        }
        state.type_text(text);
    };
    let active_id = move || state.shows_matches().then(|| option_id(list_id, state.active.get()));
    view! {
        <div class="combobox">
            <input
                class="input"
                type="text"
                role="combobox"
                id=field.map(|field| field.control_id)
                autocomplete="off"
                aria-autocomplete="list"
                aria-expanded=move || state.open.get().to_string()
                aria-controls=move || state.shows_matches().then(|| list_id.get_value())
                aria-activedescendant=active_id
                aria-describedby=described_by
                aria-invalid=invalid
                placeholder=move || placeholder.get().to_string()
                prop:value=move || state.typed.get().or_else(chosen_label).unwrap_or_default()
                on:input=move |event| on_input(event_target_value(&event))
                on:click=move |_| state.open.set(true)
                on:blur=move |_| state.close()
                on:keydown=move |event| state.press(&event)
            />
            <Show when=move || state.shows_matches()>{matches_view(state, list_id, list_label.clone())}</Show>
            <Show when=move || state.open.get() && !state.shows_matches()>
                <div class="none" role="status">{ let no_match = no_match.clone(); move || no_match.get() }</div>
            </Show>
        </div>
    }
}

fn option_id(list_id: StoredValue<String>, index: usize) -> String {
    list_id.with_value(|list_id| format!("{list_id}-{index}"))
}

/// The list of matches.
fn matches_view(state: State, list_id: StoredValue<String>, label: TextProp) -> impl IntoView {
    let option = move |(index, option): (usize, ComboboxOption)| {
        let chosen = state.value.with(|value| value.as_deref() == Some(option.value.as_str()));
        let label = option.label.clone();
        let choose = move |event: MouseEvent| {
            // Before the field loses the focus, which would close the list.
            event.prevent_default();
            state.choose(option.clone());
        };
        view! {
            <li
                role="option"
                id=option_id(list_id, index)
                class:active=move || state.active.get() == index
                aria-selected=chosen.to_string()
                on:mousedown=choose
            >
                {label}
            </li>
        }
    };
    view! {
        <ul role="listbox" id=list_id.get_value() aria-label=move || label.get().to_string()>
            {move || state.matches.get().into_iter().enumerate().map(option).collect_view()}
        </ul>
    }
}
