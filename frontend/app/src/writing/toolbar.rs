//! The buttons that format the text.

use leptos::prelude::*;
use leptos_i18n::t_string;
use ui::{IconButton, IconName, RichTextHandle};

use crate::context::use_app;
use crate::texts::I18n;

/// The formats by their name in the editor.
const FORMATS: [(&str, IconName); 7] = [
    ("bold", IconName::Bold),
    ("italic", IconName::Italic),
    ("bullet_list", IconName::BulletList),
    ("ordered_list", IconName::OrderedList),
    ("blockquote", IconName::Quote),
    ("code", IconName::Code),
    ("link", IconName::Link),
];

fn label(i18n: I18n, format: &str) -> &'static str {
    match format {
        "bold" => t_string!(i18n, inbox.bold),
        "italic" => t_string!(i18n, inbox.italic),
        "bullet_list" => t_string!(i18n, inbox.bullet_list),
        "ordered_list" => t_string!(i18n, inbox.ordered_list),
        "blockquote" => t_string!(i18n, inbox.quote),
        "code" => t_string!(i18n, inbox.code),
        _ => t_string!(i18n, inbox.link),
    }
}

/// One button a format; the link asks for its address.
#[component]
pub fn Toolbar(
    /// The editor.
    editor: RichTextHandle,
    /// Set to ask for the address of a link.
    link_open: RwSignal<bool>,
) -> impl IntoView {
    let i18n = use_app().i18n;
    let button = move |(format, icon): (&'static str, IconName)| {
        let pressed =
            Signal::derive(move || editor.formats().with(|formats| formats.iter().any(|f| f == format)));
        let press = move |_| match format {
            "link" => link_open.set(true),
            _ => editor.toggle(format),
        };
        // Pressing a button must not take the selection from the text.
        view! {
            <IconButton
                label=move || label(i18n, format)
                icon
                pressed
                on:mousedown=|event: leptos::ev::MouseEvent| event.prevent_default()
                on_press=press
            />
        }
    };
    view! { <div class="formats" role="group" aria-label=move || t_string!(i18n, inbox.formatting)>{FORMATS.map(button)}</div> }
}
