//! The head of the conversation: what it is about, its state, its owner, and what can be done with it.

use leptos::prelude::*;
use leptos_i18n::t_string;
use leptos_router::components::A;
use types::conversations::ThreadStatus;
use types::{Permission, ThreadId};
use ui::{Button, IconButton, IconName, Menu, MenuItem, Pill, Tone};

use super::of_thread;
use super::owner::OwnerMenu;
use crate::commands::{Command, shortcut};
use crate::context::{App, use_app};
use crate::inbox::actions;
use crate::inbox::page::{close_and_go_on, use_place};
use crate::inbox::toggle_details;
use crate::preferences;
use crate::texts::text;

/// The head of a conversation.
#[component]
pub fn Header(id: ThreadId) -> impl IntoView {
    let app = use_app();
    let i18n = app.i18n;
    let place = use_place();
    let title = Memo::new(move |_| {
        of_thread(app, id, |thread| thread.subject.clone().unwrap_or_else(|| thread.contact_name.clone()))
    });
    let may_read = app.may(Permission::ReadContacts);
    let contact_path = move || match of_thread(app, id, |thread| Some(thread.contact_id)) {
        Some(contact) => format!("/contacts/{contact}"),
        None => String::new(),
    };
    let is_open = Memo::new(move |_| of_thread(app, id, |thread| thread.status == ThreadStatus::Open));
    let tone = Signal::derive(move || if is_open.get() { Tone::Ok } else { Tone::Neutral });
    let status = move || match is_open.get() {
        true => t_string!(i18n, inbox.status_open),
        false => t_string!(i18n, inbox.status_closed),
    };
    view! {
        <header>
            <span class="narrow-only">
                <IconButton label=text!(i18n, words.back) icon=IconName::Back on_press=move |_| place.open(None) />
            </span>
            <OwnerMenu id />
            <h2 class="trunc" title=move || title.get()>
                <Show when=move || may_read.get() fallback=move || title.get()>
                    <A href=contact_path>{move || title.get()}</A>
                </Show>
            </h2>
            <Pill tone>{status}</Pill>
            <CloseOrReopen id is_open />
            <More id />
            <Show when=move || !preferences::mine(app, |mine| mine.details_shown)>
                <span class="wide-only">
                    <IconButton
                        label=text!(i18n, inbox.show_details)
                        icon=IconName::User
                        kbd=shortcut(Command::ToggleDetails).unwrap_or_default()
                        on_press=move |_| toggle_details(app)
                    />
                </span>
            </Show>
        </header>
    }
}

#[component]
fn CloseOrReopen(id: ThreadId, is_open: Memo<bool>) -> impl IntoView {
    let app = use_app();
    let i18n = app.i18n;
    let place = use_place();
    let may_close = app.may(Permission::CloseThreads);
    let close = move || {
        let kbd = shortcut(Command::CloseConversation).unwrap_or_default();
        view! {
            <Button icon=IconName::Check kbd attr:title=text!(i18n, inbox.close_conversation) on_press=move |_| close_and_go_on(app, place, id)>
                <span class="label">{text!(i18n, inbox.close)}</span>
            </Button>
        }
    };
    view! {
        <Show when=move || may_close.get()>
            <Show when=move || !is_open.get() fallback=close>
                <Button icon=IconName::Refresh attr:title=text!(i18n, inbox.reopen_conversation) on_press=move |_| actions::reopen(app, id)>
                    <span class="label">{text!(i18n, inbox.reopen)}</span>
                </Button>
            </Show>
        </Show>
    }
}

#[component]
fn More(id: ThreadId) -> impl IntoView {
    let app = use_app();
    let i18n = app.i18n;
    let place = use_place();
    let unread = move |()| {
        actions::mark_unread(app, id);
        place.open(None);
    };
    view! {
        <Menu label=text!(i18n, inbox.more_actions) icon=IconName::More icon_only=true>
            <MenuItem icon=IconName::Mail kbd=shortcut(Command::MarkUnread).unwrap_or_default() on_select=unread>
                {text!(i18n, inbox.mark_unread)}
            </MenuItem>
            <MenuItem
                icon=IconName::Link
                kbd=shortcut(Command::CopyLink).unwrap_or_default()
                on_select=move |()| actions::copy_link(app, id, None)
            >
                {text!(i18n, inbox.copy_link)}
            </MenuItem>
            {assign_to_me(app, id)}
        </Menu>
    }
}

fn assign_to_me(app: App, id: ThreadId) -> impl IntoView {
    let i18n = app.i18n;
    let may_assign = app.may(Permission::AssignThreads);
    let assign = move |()| {
        let me = app.peek(state::State::my_id);
        actions::assign(app, id, actions::Owner { user: me, team: None });
    };
    view! {
        <Show when=move || may_assign.get()>
            <MenuItem icon=IconName::Assign kbd=shortcut(Command::AssignToMe).unwrap_or_default() on_select=assign>
                {text!(i18n, commands.assign_to_me)}
            </MenuItem>
        </Show>
    }
}
