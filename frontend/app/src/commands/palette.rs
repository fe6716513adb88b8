//! Every command, inbox and contact by typing a few letters (WAI-ARIA: combobox with a list).

use leptos::{ev::KeyboardEvent, prelude::*, task::spawn_local};
use leptos_router::NavigateOptions;
use leptos_router::hooks::use_navigate;
use types::Permission;
use types::crm::ListContacts;
use ui::{Dialog, Icon, IconName};

use super::{COMMANDS, Command, shortcut, title};
use crate::browser;
use crate::context::{App, use_app};
use crate::texts::text;

/// How many contacts are looked up.
const CONTACTS: u16 = 5;

/// What choosing a line does.
#[derive(Clone, PartialEq)]
enum Choice {
    Run(Command),
    Go(String),
}

/// One line of the palette.
#[derive(Clone, PartialEq)]
struct Line {
    icon: IconName,
    label: String,
    keys: Option<String>,
    choice: Choice,
}

/// The palette: opened by its shortcut.
#[component]
pub fn PaletteDialog() -> impl IntoView {
    let app = use_app();
    let i18n = app.i18n;
    let open = app.commands.palette_open;
    view! {
        <Dialog open title=text!(i18n, commands.palette_title) close_label=text!(i18n, words.close)>
            <Palette open />
        </Dialog>
    }
}

#[component]
fn Palette(open: RwSignal<bool>) -> impl IntoView {
    let app = use_app();
    let i18n = app.i18n;
    let (query, active) = (RwSignal::new(String::new()), RwSignal::new(0_usize));
    let contacts = contacts(app, query);
    let lines = Memo::new(move |_| {
        let mut lines = lines(app, &query.get());
        lines.extend(contacts.get());
        lines
    });
    let navigate = use_navigate();
    let choose = Callback::new(move |choice: Choice| {
        open.set(false);
        match choice {
            Choice::Run(command) => {
                app.commands.run(command);
            }
            Choice::Go(path) => navigate(&path, NavigateOptions::default()),
        }
    });
    let on_key = move |event: KeyboardEvent| {
        let count = lines.with(Vec::len);
        match event.key().as_str() {
            "ArrowDown" if count > 0 => active.update(|index| *index = (*index + 1) % count),
            "ArrowUp" if count > 0 => active.update(|index| *index = (*index + count - 1) % count),
            "Enter" => {
                if let Some(line) = lines.with(|lines| lines.get(active.get_untracked()).cloned()) {
                    choose.run(line.choice);
                }
            }
            _ => return,
        }
        event.prevent_default();
    };
    // Once the dialog is drawn.
    request_animation_frame(|| browser::focus("#palette-input"));
    view! {
        <div class="palette">
            <input
                id="palette-input"
                class="input"
                role="combobox"
                aria-expanded="true"
                aria-controls="palette-list"
                aria-autocomplete="list"
                aria-activedescendant=move || lines.with(|l| !l.is_empty()).then(|| format!("palette-{}", active.get()))
                aria-label=text!(i18n, commands.palette_title)
                placeholder=text!(i18n, commands.palette_hint)
                autocomplete="off"
                prop:value=move || query.get()
                on:input=move |event| { query.set(event_target_value(&event)); active.set(0) }
                on:keydown=on_key
            />
            <ul id="palette-list" role="listbox" aria-label=text!(i18n, commands.palette_title)>
                {move || lines.get().into_iter().enumerate().map(|(index, line)| row(index, line, active, choose)).collect_view()}
            </ul>
            <Show when=move || lines.with(Vec::is_empty)><p class="muted">{text!(i18n, commands.nothing_found)}</p></Show>
        </div>
    }
}

fn row(index: usize, line: Line, active: RwSignal<usize>, choose: Callback<Choice>) -> impl IntoView {
    let Line { icon, label, keys, choice } = line;
    view! {
        <li
            role="option"
            id=format!("palette-{index}")
            class:active=move || active.get() == index
            aria-selected=move || (active.get() == index).to_string()
            on:click=move |_| choose.run(choice.clone())
        >
            <Icon name=icon />
            <span class="trunc">{label}</span>
            {keys.map(|keys| view! { <kbd aria-hidden="true">{keys}</kbd> })}
        </li>
    }
}

/// The commands that are offered and the inboxes, as far as they match.
fn lines(app: App, query: &str) -> Vec<Line> {
    let needle = query.trim().to_lowercase();
    let matches = |label: &str| label.to_lowercase().contains(&needle);
    let commands = COMMANDS
        .iter()
        .filter(|entry| entry.command != Command::Palette && app.commands.is_offered(entry.command))
        .map(|entry| Line {
            icon: IconName::Command,
            label: title(app.i18n, entry.command).to_owned(),
            keys: shortcut(entry.command),
            choice: Choice::Run(entry.command),
        });
    let inboxes = app.state.with(|state| state.directory.inboxes_by_name()).into_iter().map(|inbox| Line {
        icon: IconName::Inbox,
        choice: Choice::Go(format!("/inbox/{}", inbox.id)),
        label: inbox.name,
        keys: None,
    });
    commands.chain(inboxes).filter(|line| matches(&line.label)).collect()
}

/// The contacts whose name or address begins with what is typed.
fn contacts(app: App, query: RwSignal<String>) -> RwSignal<Vec<Line>> {
    let found = RwSignal::new(Vec::new());
    let may_read = app.may(Permission::ReadContacts);
    Effect::new(move |_| {
        let typed = query.get().trim().to_owned();
        if typed.chars().count() < 2 || !may_read.get() {
            found.set(Vec::new());
            return;
        }
        spawn_local(async move {
            let wanted =
                ListContacts { limit: Some(CONTACTS), q: Some(typed.clone()), ..ListContacts::default() };
            // Without an answer the palette shows commands alone.
            let Ok(page) = app.api().list_contacts(&wanted).await else { return };
            if query.try_get_untracked().is_some_and(|now| now.trim() == typed) {
                let line = |contact: types::crm::Contact| Line {
                    icon: IconName::User,
                    choice: Choice::Go(format!("/contacts/{}", contact.id)),
                    label: contact
                        .email
                        .map_or(contact.name.clone(), |email| format!("{} · {email}", contact.name)),
                    keys: None,
                };
                found.set(page.items.into_iter().map(line).collect());
            }
        });
    });
    found
}
