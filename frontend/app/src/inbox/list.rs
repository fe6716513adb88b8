//! The list of conversations.

use client::ClientError;
use leptos::prelude::*;
use types::ThreadId;
use types::conversations::{ThreadItem, View};
use ui::{EmptyState, IconButton, IconName, Skeleton, VirtualList};

use super::Loading;
use super::loading;
use super::page::use_place;
use super::row::row;
use super::toggle_views;
use super::views::view_name;
use crate::commands::{Command, shortcut};
use crate::context::{App, use_app};
use crate::errors::LoadError;
use crate::preferences;
use crate::texts::text;

/// The height of a row in CSS pixels; the same as in `inbox-list.css`.
const ROW: f64 = 83.0;

/// The conversations of the view, the newest message first.
#[component]
pub fn List() -> impl IntoView {
    let app = use_app();
    let i18n = app.i18n;
    let place = use_place();
    let view = Memo::new(move |_| place.route.with(|route| route.key.view));
    view! {
        <section class="list" aria-label=text!(i18n, inbox.conversations)>
            <header>
                <Show when=move || !preferences::mine(app, |mine| mine.views_shown)>
                    <IconButton
                        label=text!(i18n, inbox.show_views)
                        icon=IconName::Menu
                        kbd=shortcut(Command::ToggleViews).unwrap_or_default()
                        on_press=move |_| toggle_views(app)
                    />
                </Show>
                <h2 class="trunc">{move || view_name(i18n, view.get())}</h2>
            </header>
            <Body />
        </section>
    }
}

#[component]
fn Body() -> impl IntoView {
    let app = use_app();
    let i18n = app.i18n;
    let place = use_place();
    let rows = Memo::new(move |_| app.read(|state| state.threads.rows(state.my_id())));
    let is_empty = Memo::new(move |_| rows.with(Vec::is_empty));
    let is_wanted = Memo::new(move |_| {
        let shown = app.read(|state| state.threads.list().map(|list| list.key));
        shown.is_some() && shown == app.inbox.key.get()
    });
    let selected = Memo::new(move |_| place.route.with(|route| route.thread));
    let shown = Memo::new(move |_| match app.inbox.list.get() {
        _ if is_wanted.get() && is_empty.get() => Shown::Empty,
        _ if is_wanted.get() => Shown::Rows,
        Loading::Failed(error) => Shown::Error(error),
        Loading::Waiting | Loading::Ready => Shown::Skeleton,
    });
    move || match shown.get() {
        Shown::Error(error) => view! { <LoadError error on_retry=move |()| again(app) /> }.into_any(),
        Shown::Skeleton => view! { <Skeleton label=text!(i18n, words.loading) lines=12 /> }.into_any(),
        Shown::Empty => empty(app).into_any(),
        Shown::Rows => view! {
            <VirtualList
                label=text!(i18n, inbox.conversations)
                items=rows
                key=id_of
                row_height=ROW
                selected
                on_end=move |()| loading::load_more(app)
                row
            />
        }
        .into_any(),
    }
}

/// What stands in the place of the list.
#[derive(Clone, PartialEq)]
enum Shown {
    Skeleton,
    Rows,
    Empty,
    Error(ClientError),
}

fn id_of(item: &ThreadItem) -> ThreadId {
    item.thread.id
}

fn again(app: App) {
    if let Some(key) = app.inbox.key.get_untracked() {
        loading::show_list(app, key);
    }
}

/// What the view will hold, and how it gets there.
fn empty(app: App) -> impl IntoView {
    let i18n = app.i18n;
    let place = use_place();
    let body = move || match place.route.with(|route| route.key.view) {
        View::Unassigned => leptos_i18n::t_string!(i18n, inbox.empty_unassigned),
        View::Mine => leptos_i18n::t_string!(i18n, inbox.empty_mine),
        View::AllOpen => leptos_i18n::t_string!(i18n, inbox.empty_all_open),
        View::Chat => leptos_i18n::t_string!(i18n, inbox.empty_chat),
        View::AllClosed => leptos_i18n::t_string!(i18n, inbox.empty_all_closed),
    };
    view! { <EmptyState icon=IconName::Inbox title=text!(i18n, inbox.empty_title) body /> }
}
