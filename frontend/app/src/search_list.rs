//! A field and the list of what matches it, walked with the arrows (WAI-ARIA: combobox with a list).

use leptos::{ev::KeyboardEvent, prelude::*, text_prop::TextProp};
use ui::{Icon, IconName};

use crate::browser;

/// One line of a [`SearchList`].
#[derive(Clone, PartialEq)]
pub struct SearchOption {
    /// What choosing it means.
    pub value: String,
    /// An icon before the text.
    pub icon: IconName,
    /// What is shown.
    pub label: String,
    /// A shortcut at its end.
    pub keys: Option<String>,
    /// Whether it is the current choice.
    pub chosen: bool,
}

/// A search field over its list. The caller filters by `query`.
#[component]
pub fn SearchList(
    /// Unique on the page.
    id: &'static str,
    /// What is chosen here.
    #[prop(into)]
    label: TextProp,
    /// What can be typed.
    #[prop(into)]
    placeholder: TextProp,
    /// What to say when nothing matches.
    #[prop(into)]
    no_match: TextProp,
    /// What is typed, both ways.
    query: RwSignal<String>,
    /// The lines that match.
    #[prop(into)]
    options: Signal<Vec<SearchOption>>,
    /// Called with the value of the chosen line.
    on_choose: Callback<String>,
) -> impl IntoView {
    let active = RwSignal::new(0_usize);
    let on_key = move |event: KeyboardEvent| {
        let count = options.with(Vec::len);
        match event.key().as_str() {
            "ArrowDown" if count > 0 => active.update(|index| *index = (*index + 1) % count),
            "ArrowUp" if count > 0 => active.update(|index| *index = (*index + count - 1) % count),
            "Enter" => {
                if let Some(value) = options.with(|o| o.get(active.get_untracked()).map(|o| o.value.clone()))
                {
                    on_choose.run(value);
                }
            }
            _ => return,
        }
        event.prevent_default();
        browser::scroll_into_view(&format!("#{id}-{}", active.get_untracked()));
    };
    let active_id = move || options.with(|o| !o.is_empty()).then(|| format!("{id}-{}", active.get()));
    // Once it is drawn.
    request_animation_frame(move || browser::focus(&format!("#{id}-input")));
    let list_label = label.clone();
    let rows = move || {
        let row = |(index, option)| row(id, index, option, active, on_choose);
        options.get().into_iter().enumerate().map(row).collect_view()
    };
    view! {
        <div class="search-list">
            <input
                id=format!("{id}-input")
                class="input"
                role="combobox"
                aria-expanded="true"
                aria-controls=format!("{id}-list")
                aria-autocomplete="list"
                aria-activedescendant=active_id
                aria-label=move || label.get().to_string()
                placeholder=move || placeholder.get().to_string()
                autocomplete="off"
                prop:value=move || query.get()
                on:input=move |event| { query.set(event_target_value(&event)); active.set(0) }
                on:keydown=on_key
            />
            <ul id=format!("{id}-list") role="listbox" aria-label=move || list_label.get().to_string()>{rows}</ul>
            <Show when=move || options.with(Vec::is_empty)>
                <p class="muted" role="status">{ let text = no_match.clone(); move || text.get() }</p>
            </Show>
        </div>
    }
}

fn row(
    id: &'static str,
    index: usize,
    option: SearchOption,
    active: RwSignal<usize>,
    on_choose: Callback<String>,
) -> impl IntoView {
    let SearchOption { value, icon, label, keys, chosen } = option;
    let title = label.clone();
    view! {
        <li
            role="option"
            id=format!("{id}-{index}")
            class:active=move || active.get() == index
            aria-selected=chosen.to_string()
            on:click=move |_| on_choose.run(value.clone())
        >
            <Icon name=icon />
            <span class="trunc" title=title>{label}</span>
            {keys.map(|keys| view! { <kbd aria-hidden="true">{keys}</kbd> })}
            {chosen.then(|| view! { <Icon name=IconName::Check /> })}
        </li>
    }
}
