//! Tabs (WAI-ARIA: tabs with automatic activation).

use leptos::{ev::KeyboardEvent, prelude::*, text_prop::TextProp};
use wasm_bindgen::JsCast;
use web_sys::Element;

use crate::keyboard;

/// One tab.
#[derive(Clone, Debug)]
pub struct Tab {
    /// Its name in the code, unique within the group.
    pub name: &'static str,
    /// Its text.
    pub label: TextProp,
}

/// A row of tabs. The arrows choose among them; each needs a [`TabPanel`] of the same group.
#[component]
pub fn Tabs(
    /// Ties tabs and panels together; unique on the page.
    group: &'static str,
    /// What the tabs switch between, for screen readers.
    #[prop(into)]
    label: TextProp,
    /// The tabs in the order to show.
    tabs: Vec<Tab>,
    /// The name of the chosen tab, both ways.
    selected: RwSignal<&'static str>,
) -> impl IntoView {
    let names: Vec<&'static str> = tabs.iter().map(|tab| tab.name).collect();
    let move_focus = move |event: KeyboardEvent| {
        let Some(list) = event.current_target().and_then(|target| target.dyn_into::<Element>().ok()) else {
            return;
        };
        let items = keyboard::items(&list, "[role=tab]");
        let Some(index) = keyboard::step(&event.key(), keyboard::focused(&items), items.len()) else {
            return;
        };
        event.prevent_default();
        if let (Some(item), Some(name)) = (items.get(index), names.get(index)) {
            selected.set(name);
            let _ = item.focus();
        }
    };
    let tab = move |Tab { name, label }: Tab| {
        let chosen = move || selected.get() == name;
        view! {
            <button
                type="button"
                role="tab"
                id=tab_id(group, name)
                aria-controls=move || chosen().then(|| panel_id(group, name))
                aria-selected=move || chosen().to_string()
                tabindex=move || if chosen() { "0" } else { "-1" }
                on:click=move |_| selected.set(name)
            >
                {move || label.get()}
            </button>
        }
    };
    view! {
        <div class="tabs" role="tablist" aria-label=move || label.get().to_string() on:keydown=move_focus>
            {tabs.into_iter().map(tab).collect_view()}
        </div>
    }
}

/// What a tab shows while it is chosen.
#[component]
pub fn TabPanel(
    /// The group of the tab.
    group: &'static str,
    /// The name of the tab.
    name: &'static str,
    /// The name of the chosen tab.
    #[prop(into)]
    selected: Signal<&'static str>,
    /// The content, made anew each time the tab is chosen.
    children: ChildrenFn,
) -> impl IntoView {
    view! {
        <Show when=move || selected.get() == name>
            <div role="tabpanel" id=panel_id(group, name) aria-labelledby=tab_id(group, name)>{children()}</div>
        </Show>
    }
}

fn tab_id(group: &str, name: &str) -> String {
    format!("{group}-{name}-tab")
}

fn panel_id(group: &str, name: &str) -> String {
    format!("{group}-{name}-panel")
}
