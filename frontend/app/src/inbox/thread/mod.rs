//! The open conversation: header, entries, who else is here, composer.

mod activity;
mod attachments;
mod bubble;
mod entries;
mod header;
mod message_menu;
mod owner;
mod pending;
mod presence;
mod scrolling;

use client::ClientError;
use leptos::prelude::*;
use types::conversations::{Thread, ThreadStatus};
use types::{Permission, ThreadId};
use ui::{EmptyState, IconName, Skeleton};

use super::Loading;
use super::composer::Composer;
use super::loading;
use super::page::use_place;
use crate::commands::{Command, shortcut};
use crate::context::{App, use_app};
use crate::errors::LoadError;
use crate::texts::text;
use entries::Entries;
use header::Header;
use presence::{PresenceLine, announce_presence};

pub use presence::show_typing;

/// The conversation that the address names.
#[component]
pub fn ThreadPane() -> impl IntoView {
    let app = use_app();
    let i18n = app.i18n;
    let place = use_place();
    let id = Memo::new(move |_| place.route.with(|route| route.thread));
    let is_open = Memo::new(move |_| app.read(|state| state.open.as_ref().map(|open| open.id)) == id.get());
    let shown = Memo::new(move |_| match (id.get(), app.inbox.thread_loading.get()) {
        (None, _) => Shown::Nothing,
        (Some(id), _) if is_open.get() => Shown::Conversation(id),
        (Some(id), Loading::Failed(error)) => Shown::Error(id, error),
        (Some(_), Loading::Waiting) => Shown::Skeleton,
        (Some(_), Loading::Ready) => Shown::Gone,
    });
    let body = move || match shown.get() {
        Shown::Nothing => nothing_open(app).into_any(),
        Shown::Conversation(id) => view! { <OpenConversation id /> }.into_any(),
        Shown::Error(id, error) => {
            let again = move |()| loading::open_thread(app, id, None);
            view! { <LoadError error on_retry=again /> }.into_any()
        }
        Shown::Skeleton => view! { <Skeleton label=text!(i18n, words.loading) lines=9 /> }.into_any(),
        Shown::Gone => {
            let (title, body) = (text!(i18n, errors.not_found_title), text!(i18n, errors.not_found));
            view! { <EmptyState icon=IconName::Lock title body /> }.into_any()
        }
    };
    view! { <section class="thread" aria-label=text!(i18n, inbox.conversation)>{body}</section> }
}

/// What stands in the pane.
#[derive(Clone, PartialEq)]
enum Shown {
    Nothing,
    Conversation(ThreadId),
    Error(ThreadId, ClientError),
    Skeleton,
    /// It was there and has been taken away: the inbox or the contact is gone.
    Gone,
}

fn nothing_open(app: App) -> impl IntoView {
    let i18n = app.i18n;
    let hint = move || {
        let (next, help) = (shortcut(Command::NextConversation), shortcut(Command::Help));
        let (next, help) = (next.unwrap_or_default(), help.unwrap_or_default());
        leptos_i18n::t_string!(i18n, inbox.nothing_open, next = next, help = help).to_string()
    };
    view! { <EmptyState icon=IconName::Chat title=text!(i18n, inbox.nothing_open_title) body=hint /> }
}

/// Something of the conversation that is open. Tracked.
fn of_thread<T: Default>(app: App, id: ThreadId, read: impl Fn(&Thread) -> T) -> T {
    app.read(|state| state.threads.get(id).map(|item| read(&item.thread)).unwrap_or_default())
}

#[component]
fn OpenConversation(id: ThreadId) -> impl IntoView {
    let app = use_app();
    let i18n = app.i18n;
    announce_presence(app, id);
    let may_write =
        Memo::new(move |_| app.read(|state| state.may(Permission::Reply) || state.may(Permission::Comment)));
    let closed = Memo::new(move |_| of_thread(app, id, |thread| thread.status == ThreadStatus::Closed));
    view! {
        <Header id />
        <Entries id />
        <PresenceLine id />
        <Show when=move || closed.get()>
            <p class="closed-note">{text!(i18n, inbox.closed_note)}</p>
        </Show>
        <Show
            when=move || may_write.get()
            fallback=move || view! { <p class="closed-note">{text!(i18n, inbox.read_only)}</p> }
        >
            <Composer id />
        </Show>
    }
}
