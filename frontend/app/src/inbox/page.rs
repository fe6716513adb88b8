//! The panes of the inbox side by side; one at a time on a phone.

use leptos::prelude::*;
use leptos_router::NavigateOptions;
use leptos_router::hooks::{use_navigate, use_params_map, use_query_map};
use types::conversations::ThreadStatus;
use types::{Permission, ThreadId};
use ui::{EmptyState, IconName};

use super::actions::{self, Owner};
use super::details::Details;
use super::list::List;
use super::loading;
use super::route::InboxRoute;
use super::thread::ThreadPane;
use super::views::Views;
use super::{toggle_details, toggle_views};
use crate::browser;
use crate::commands::Command;
use crate::context::{App, use_app};
use crate::preferences;
use crate::texts::text;

/// Where the inbox stands and how it moves: handed down to the panes.
#[derive(Clone, Copy)]
pub struct Place {
    /// What the address says.
    pub route: Memo<InboxRoute>,
    go: Callback<InboxRoute>,
}

impl Place {
    /// Goes to another place of the inbox.
    pub fn go(self, route: InboxRoute) {
        self.go.run(route);
    }

    /// Opens a conversation of the list, or none.
    pub fn open(self, thread: Option<ThreadId>) {
        self.go(self.route.get_untracked().with_thread(thread));
    }
}

/// The place that the current component belongs to.
pub fn use_place() -> Place {
    expect_context()
}

/// The inbox.
#[component]
pub fn InboxPage() -> impl IntoView {
    let app = use_app();
    let i18n = app.i18n;
    let (params, query) = (use_params_map(), use_query_map());
    let route = Memo::new(move |_| params.with(|params| query.with(|query| InboxRoute::read(params, query))));
    let navigate = use_navigate();
    let go = Callback::new(move |route: InboxRoute| navigate(&route.path(), NavigateOptions::default()));
    let place = Place { route, go };
    provide_context(place);
    follow(app, place);
    offer_commands(app, place);
    let may_read = app.may(Permission::ReadThreads);
    let panels = Memo::new(move |_| preferences::mine(app, |mine| (mine.views_shown, mine.details_shown)));
    let class = move || {
        let (views_shown, details_shown) = panels.get();
        let thread = if route.with(|route| route.thread.is_some()) { " has-thread" } else { "" };
        let views = if views_shown { "" } else { " no-views" };
        let details = if details_shown { "" } else { " no-details" };
        format!("inbox{thread}{views}{details}")
    };
    view! {
        <Show
            when=move || may_read.get()
            fallback=move || view! {
                <main class="screen">
                    <h1 class="sr-only">{text!(i18n, shell.inbox)}</h1>
                    <EmptyState icon=IconName::Lock title=text!(i18n, inbox.no_permission_title) body=text!(i18n, inbox.no_permission) />
                </main>
            }
        >
            <main class=class>
                <h1 class="sr-only">{text!(i18n, shell.inbox)}</h1>
                <Views />
                <List />
                <ThreadPane />
                <Details />
            </main>
        </Show>
    }
}

/// Fetches what the address asks for, whenever it changes.
fn follow(app: App, place: Place) {
    let key = Memo::new(move |_| place.route.with(|route| route.key));
    Effect::new(move |_| loading::show_list(app, key.get()));
    Effect::new(move |_| {
        let InboxRoute { thread, message, .. } = place.route.get();
        match thread {
            Some(thread) => loading::open_thread(app, thread, message),
            None => loading::leave_thread(app),
        }
    });
    // A mailed link names a conversation alone. Ids are unique over all kinds of things.
    Effect::new(move |_| {
        let Some(inbox) = key.with(|key| key.inbox) else { return };
        let is_other = app
            .read(|state| !state.directory.users.is_empty() && !state.directory.inboxes.contains_key(&inbox));
        let route = place.route.get_untracked();
        if is_other && route.thread.is_none() {
            let key = state::ListKey { inbox: None, ..route.key };
            place.go(InboxRoute { key, thread: Some(ThreadId(inbox.0)), message: route.message });
        }
    });
    on_cleanup(move || loading::leave_thread(app));
}

/// The conversation `step` rows below the open one; the first one when none is open.
fn neighbour(app: App, open: Option<ThreadId>, step: isize) -> Option<ThreadId> {
    let rows = app.peek(|state| state.threads.rows(state.my_id()));
    let position = open.and_then(|open| rows.iter().position(|row| row.thread.id == open));
    let index = match position {
        Some(position) => position.checked_add_signed(step)?,
        None => 0,
    };
    rows.get(index).map(|row| row.thread.id)
}

fn offer_commands(app: App, place: Place) {
    let commands = app.commands;
    let open = move || place.route.get_untracked().thread;
    let step = move |step: isize| {
        move || {
            if let Some(next) = neighbour(app, open(), step) {
                place.open(Some(next));
            }
        }
    };
    commands.offer(Command::NextConversation, step(1));
    commands.offer(Command::PreviousConversation, step(-1));
    commands.offer(Command::ToggleViews, move || toggle_views(app));
    commands.offer(Command::ToggleDetails, move || toggle_details(app));
    let on_open = move |command: Command, permission: Permission, act: fn(App, Place, ThreadId)| {
        commands.offer(command, move || {
            let may = app.peek(|state| state.may(permission));
            if let (Some(id), true) = (open(), may) {
                act(app, place, id);
            }
        });
    };
    on_open(Command::CloseConversation, Permission::CloseThreads, close_and_go_on);
    on_open(Command::ReopenConversation, Permission::CloseThreads, |app, _, id| actions::reopen(app, id));
    on_open(Command::AssignToMe, Permission::AssignThreads, |app, _, id| {
        let me = app.peek(state::State::my_id);
        actions::assign(app, id, Owner { user: me, team: None });
    });
    on_open(Command::MarkUnread, Permission::ReadThreads, |app, place, id| {
        actions::mark_unread(app, id);
        place.open(None);
    });
    on_open(Command::CopyLink, Permission::ReadThreads, |app, _, id| actions::copy_link(app, id, None));
}

/// Closes a conversation and opens the next one of the list; the one above when it was the last.
pub fn close_and_go_on(app: App, place: Place, id: ThreadId) {
    let status = app.peek(|state| state.threads.get(id).map(|item| item.thread.status));
    if status != Some(ThreadStatus::Open) {
        return;
    }
    let next =
        neighbour(app, Some(id), 1).or_else(|| neighbour(app, Some(id), -1)).filter(|next| *next != id);
    actions::close(app, id);
    if browser::is_narrow() { place.open(None) } else { place.open(next) }
}
