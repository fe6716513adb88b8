//! The notifications of the signed-in user.

use client::ClientError;
use leptos::{prelude::*, task::spawn_local};
use types::accounts::{Notification, ReadNotifications};
use types::page::PageQuery;
use ui::{Avatar, Button, ButtonKind, EmptyState, IconName, Popover, RelativeTime, Skeleton};

use crate::alerts::{headline, path_of};
use crate::context::{App, use_app};
use crate::errors::LoadError;
use crate::forms::use_leave;
use crate::texts::text;

/// The bell with the number of unread notifications, and their list.
#[component]
pub fn Bell() -> impl IntoView {
    let app = use_app();
    let i18n = app.i18n;
    let open = RwSignal::new(false);
    let unread = Memo::new(move |_| app.read(|state| state.notifications.unread));
    let label = move || match unread.get() {
        0 => leptos_i18n::t_string!(i18n, shell.notifications).to_owned(),
        count => leptos_i18n::t_string!(i18n, shell.notifications_unread, count = count).to_string(),
    };
    view! {
        <div class="bell">
            <Popover label icon=IconName::Bell icon_only=true open>
                <List open />
            </Popover>
            <Show when=move || { unread.get() > 0 }>
                <span class="count num" aria-hidden="true">{move || shown_count(unread.get())}</span>
            </Show>
        </div>
    }
}

/// A count as badges show it: capped at 99.
fn shown_count(count: i64) -> String {
    if count > 99 { "99+".to_owned() } else { count.to_string() }
}

#[component]
fn List(open: RwSignal<bool>) -> impl IntoView {
    let app = use_app();
    let i18n = app.i18n;
    let (loading, error) = (RwSignal::new(true), RwSignal::new(None::<ClientError>));
    let load = move || {
        spawn_local(async move {
            let result = app.api().list_notifications(&PageQuery::default()).await;
            let _ = loading.try_set(false);
            match result {
                Ok(page) => app.change(|state| state.notifications.start(page)),
                Err(failure) => {
                    let _ = error.try_set(Some(failure));
                }
            }
        })
    };
    load();
    let items = Memo::new(move |_| app.read(|state| state.notifications.items.clone()));
    let has_more = Memo::new(move |_| app.read(|state| state.notifications.next_cursor.is_some()));
    let body = move || {
        if let Some(failure) = error.get() {
            let again = move |()| {
                error.set(None);
                load()
            };
            return view! { <LoadError error=failure on_retry=again /> }.into_any();
        }
        if items.with(Vec::is_empty) && loading.get() {
            return view! { <Skeleton label=text!(i18n, words.loading) lines=4 /> }.into_any();
        }
        if items.with(Vec::is_empty) {
            return view! { <EmptyState icon=IconName::Bell title=text!(i18n, shell.no_notifications) /> }
                .into_any();
        }
        view! { <ul>{move || items.get().into_iter().map(|item| row(app, open, item)).collect_view()}</ul> }
            .into_any()
    };
    view! {
        <div class="notifications">
            <header>
                <h2>{text!(i18n, shell.notifications)}</h2>
                <Button kind=ButtonKind::Quiet on_press=move |_| mark_read(app, ALL)>{text!(i18n, shell.mark_all_read)}</Button>
            </header>
            {body}
            <Show when=move || has_more.get()>
                <Button kind=ButtonKind::Quiet on_press=move |_| load_more(app)>{text!(i18n, words.show_more)}</Button>
            </Show>
        </div>
    }
}

fn row(app: App, open: RwSignal<bool>, item: Notification) -> impl IntoView {
    let leave = use_leave();
    let (title, key) = (headline(app, &item), item.from_name.clone());
    let at = item.created_at.0 as f64 / 1000.0;
    let (path, was_read) = (path_of(app, &item), item.read);
    let meant = ReadNotifications { up_to: None, thread_id: item.thread_id, call_id: item.call_id };
    let go = move |_| {
        open.set(false);
        if !was_read {
            mark_read(app, meant.clone());
        }
        leave.run(path.clone());
    };
    view! {
        <li>
            <button type="button" class="notification" class:unread=!was_read on:click=go>
                <Avatar name=key />
                <span class="trunc">{title}</span>
                <RelativeTime unix_ms=at />
                <span class="preview trunc muted">{item.preview}</span>
            </button>
        </li>
    }
}

const ALL: ReadNotifications = ReadNotifications { up_to: None, thread_id: None, call_id: None };

fn mark_read(app: App, meant: ReadNotifications) {
    spawn_local(async move {
        // The event that follows changes the list.
        if let Err(error) = app.api().read_notifications(&meant).await {
            app.fail(&error);
        }
    });
}

fn load_more(app: App) {
    spawn_local(async move {
        let cursor = app.peek(|state| state.notifications.next_cursor.clone());
        match app.api().list_notifications(&PageQuery { cursor, limit: None }).await {
            Ok(page) => app.change(|state| state.notifications.extend(page)),
            Err(error) => app.fail(&error),
        }
    });
}
