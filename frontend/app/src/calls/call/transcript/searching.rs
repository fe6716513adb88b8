//! The search field above the lines.

use leptos::{ev::KeyboardEvent, prelude::*};
use leptos_i18n::t_string;
use ui::{Icon, IconButton, IconName};

use super::super::open_call::{OpenCall, use_call};
use super::super::search::FIELD;
use crate::commands::{Command, shortcut};
use crate::texts::text;

/// What is typed, how many hits there are, and the way from one to the next.
#[component]
pub fn SearchField() -> impl IntoView {
    let open = use_call();
    let (i18n, search) = (open.app.i18n, open.search);
    let on_key = move |event: KeyboardEvent| match event.key().as_str() {
        "Enter" => {
            event.prevent_default();
            search.step(if event.shift_key() { -1 } else { 1 });
        }
        "Escape" => search.query.set(String::new()),
        _ => {}
    };
    let count = move || {
        let count = search.hits.with(Vec::len);
        match search.current.get() {
            Some(current) => format!("{}/{count}", current + 1),
            None if count > 0 => count.to_string(),
            None => String::new(),
        }
    };
    let spoken = move || {
        if search.is_fruitless.get() {
            return t_string!(i18n, call.nothing_said).to_owned();
        }
        match search.hits.with(Vec::len) {
            0 => String::new(),
            count => t_string!(i18n, call.hits, count = count).to_string(),
        }
    };
    view! {
        <div class="transcript-search" role="search">
            <Icon name=IconName::Search />
            <input
                id=FIELD
                type="search"
                autocomplete="off"
                aria-label=text!(i18n, call.search_transcript)
                placeholder=text!(i18n, call.search_transcript)
                prop:value=move || search.query.get()
                on:input=move |event| search.query.set(event_target_value(&event))
                on:keydown=on_key
            />
            <span class="faint num" aria-hidden="true">{count}</span>
            <span class="sr-only" role="status">{spoken}</span>
            <Steps open />
        </div>
        <Show when=move || search.is_fruitless.get()>
            <p class="transcript-hint muted" aria-hidden="true">{text!(i18n, call.nothing_said)}</p>
        </Show>
    }
}

/// The buttons from hit to hit.
#[component]
fn Steps(open: OpenCall) -> impl IntoView {
    let (i18n, search) = (open.app.i18n, open.search);
    let has_hits = move || search.hits.with(|hits| !hits.is_empty());
    view! {
        <Show when=has_hits>
            <IconButton
                label=text!(i18n, commands.previous_hit)
                kbd=shortcut(Command::PreviousHit).unwrap_or_default()
                icon=IconName::ChevronUp
                on_press=move |_| search.step(-1)
            />
            <IconButton
                label=text!(i18n, commands.next_hit)
                kbd=shortcut(Command::NextHit).unwrap_or_default()
                icon=IconName::ChevronDown
                on_press=move |_| search.step(1)
            />
        </Show>
    }
}
