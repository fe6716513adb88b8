//! A button with a list of actions (WAI-ARIA: menu button).

use std::sync::Arc;

use leptos::{
    ev::{KeyboardEvent, MouseEvent},
    prelude::*,
    text_prop::TextProp,
};
use wasm_bindgen::JsCast;
use web_sys::{Element, HtmlElement};

use crate::{
    ButtonKind, Icon, IconName, keyboard,
    popover::{Trigger, panel},
};

const ITEMS: &str = "[role^=menuitem]:not(:disabled)";

/// A button that opens a list of actions: put [`MenuItem`]s and [`MenuSeparator`]s inside.
///
/// Arrows, Home, End and first letters move among the items; Escape closes and returns the focus.
#[component]
pub fn Menu(
    /// What the button says, or what is read out when it shows an icon only.
    #[prop(into)]
    label: TextProp,
    /// How much the button stands out.
    #[prop(default = ButtonKind::Quiet)]
    kind: ButtonKind,
    /// An icon on the button.
    #[prop(optional)]
    icon: Option<IconName>,
    /// Shows the icon without the text.
    #[prop(optional)]
    icon_only: bool,
    /// Whether it is open, both ways: a shortcut may open it.
    #[prop(optional)]
    open: RwSignal<bool>,
    /// The items.
    children: ChildrenFn,
) -> impl IntoView {
    let focus_first = |panel: HtmlElement| {
        // The items are drawn after the panel has opened.
        request_animation_frame(move || {
            if let Some(first) = keyboard::items(&panel, ITEMS).first() {
                let _ = first.focus();
            }
        });
    };
    let items: ChildrenFn = Arc::new(move || {
        view! { <div role="presentation" on:keydown=move_focus>{children()}</div> }.into_any()
    });
    panel(Trigger { label, kind, icon, icon_only }, "menu", open, items, focus_first)
}

fn move_focus(event: KeyboardEvent) {
    let Some(menu) = event.current_target().and_then(|target| target.dyn_into::<Element>().ok()) else {
        return;
    };
    let items = keyboard::items(&menu, ITEMS);
    let current = keyboard::focused(&items);
    let key = event.key();
    let target = keyboard::step(&key, current, items.len()).or_else(|| by_letter(&items, current, &key));
    if let Some(item) = target.and_then(|index| items.get(index)) {
        event.prevent_default();
        event.stop_propagation();
        let _ = item.focus();
    }
}

/// The next item whose text begins with the letter that was typed.
fn by_letter(items: &[HtmlElement], current: Option<usize>, key: &str) -> Option<usize> {
    let mut typed = key.chars();
    let letter = typed.next().filter(|c| c.is_alphanumeric() && typed.next().is_none())?;
    let start = current.map_or(0, |index| index + 1);
    let begins = |index: &usize| {
        let text = items.get(*index).and_then(|item| item.text_content()).unwrap_or_default();
        text.trim().to_lowercase().starts_with(&letter.to_lowercase().to_string())
    };
    (start..items.len()).chain(0..start).find(begins)
}

/// One action of a [`Menu`].
#[component]
pub fn MenuItem(
    /// Does it; the menu closes first.
    #[prop(into)]
    on_select: Callback<()>,
    /// An icon before the text.
    #[prop(optional)]
    icon: Option<IconName>,
    /// The shortcut to show.
    #[prop(optional, into)]
    kbd: Option<String>,
    /// Whether this choice is the current one, for a menu of choices.
    #[prop(optional, into)]
    checked: Option<Signal<bool>>,
    /// Destroys something.
    #[prop(optional)]
    danger: bool,
    /// Cannot be chosen.
    #[prop(optional, into)]
    disabled: Signal<bool>,
    /// The text.
    children: Children,
) -> impl IntoView {
    let select = move |event: MouseEvent| {
        close_around(&event);
        on_select.run(());
    };
    view! {
        <button
            type="button"
            class="menu-item"
            class:danger=danger
            role=if checked.is_some() { "menuitemradio" } else { "menuitem" }
            aria-checked=move || checked.map(|checked| checked.get().to_string())
            tabindex="-1"
            disabled=move || disabled.get()
            on:click=select
        >
            {icon.map(|name| view! { <Icon name /> })}
            <span class="text">{children()}</span>
            {kbd.map(|kbd| view! { <kbd aria-hidden="true">{kbd}</kbd> })}
            <Show when=move || checked.is_some_and(|checked| checked.get())>
                <Icon name=IconName::Check />
            </Show>
        </button>
    }
}

/// Closes the menu around an item, which returns the focus to its button.
fn close_around(event: &MouseEvent) {
    let item = event.current_target().and_then(|target| target.dyn_into::<Element>().ok());
    let panel = item.and_then(|item| item.closest("[popover]").ok().flatten());
    if let Some(panel) = panel.and_then(|panel| panel.dyn_into::<HtmlElement>().ok()) {
        // An error means that it is closed already.
        let _ = panel.hide_popover();
    }
}

/// A line between groups of items.
#[component]
pub fn MenuSeparator() -> impl IntoView {
    view! { <div class="menu-separator" role="separator"></div> }
}
