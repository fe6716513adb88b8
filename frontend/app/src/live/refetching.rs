//! Fetches what events do not tell: soon, together, and again when it failed.

use std::collections::BTreeSet;
use std::time::Duration;

use client::ClientError;
use leptos::{prelude::*, task::spawn_local};
use state::Refetch;
use types::accounts::ListUsers;
use types::conversations::{GetViewCounts, ThreadItem, ThreadPath};
use types::page::PageQuery;
use types::{Permission, ThreadId};

use crate::context::App;
use crate::inbox;
use crate::preferences;

/// Wishes within this time are served by one request.
const COLLECT: Duration = Duration::from_millis(200);
/// After a failure.
const RETRY: Duration = Duration::from_secs(5);
/// The largest page the server gives.
const PAGE: u16 = 200;

/// What has to be fetched again.
#[derive(Clone, Copy)]
pub struct Refetching {
    wanted: StoredValue<BTreeSet<Refetch>>,
    scheduled: StoredValue<bool>,
}

impl Refetching {
    /// Nothing yet.
    pub fn new() -> Self {
        Self { wanted: StoredValue::new(BTreeSet::new()), scheduled: StoredValue::new(false) }
    }

    /// Fetches everything that is on the screen.
    pub fn everything(self, app: App) {
        self.request(app, [Refetch::Everything]);
    }

    /// Fetches these soon.
    pub fn request(self, app: App, wishes: impl IntoIterator<Item = Refetch>) {
        self.wanted.update_value(|wanted| wanted.extend(wishes));
        let idle = self.wanted.with_value(|wanted| !wanted.is_empty()) && !self.scheduled.get_value();
        if idle {
            self.schedule(app, COLLECT);
        }
    }

    fn schedule(self, app: App, delay: Duration) {
        self.scheduled.set_value(true);
        set_timeout(move || spawn_local(async move { self.run(app).await }), delay);
    }

    async fn run(self, app: App) {
        let mut wanted = self.wanted.try_update_value(std::mem::take).unwrap_or_default();
        if wanted.contains(&Refetch::Everything) {
            wanted = BTreeSet::from([Refetch::Everything]);
        }
        let mut failed = BTreeSet::new();
        for wish in wanted {
            if let Err(error) = fetch(app, wish).await
                && error.status().is_none_or(|status| status >= 500 || status == 429)
            {
                failed.insert(wish);
            }
        }
        self.scheduled.set_value(false);
        if app.session.token().get_untracked().is_none() {
            return;
        }
        if failed.is_empty() {
            self.request(app, []);
        } else {
            self.wanted.update_value(|wanted| wanted.extend(failed));
            self.schedule(app, RETRY);
        }
    }
}

async fn fetch(app: App, wish: Refetch) -> Result<(), ClientError> {
    match wish {
        Refetch::Everything => everything(app).await,
        Refetch::Me => me(app).await,
        Refetch::Counts => counts(app).await,
        Refetch::List => inbox::reload_list(app).await,
        Refetch::OpenThread => inbox::reload_open_thread(app).await,
        Refetch::Thread(id) => thread(app, id).await,
        Refetch::UnreadNotifications => unread_notifications(app).await,
    }
}

async fn everything(app: App) -> Result<(), ClientError> {
    app.change(|state| state.threads.begin_refresh());
    directory(app).await?;
    unless_refused(inbox::reload_list(app).await)?;
    unless_refused(inbox::reload_open_thread(app).await)?;
    app.change(|state| state.threads.end_refresh(state.open.as_ref().map(|open| open.id)));
    unless_refused(counts(app).await)?;
    unread_notifications(app).await?;
    app.change(|state| {
        state.refreshes += 1;
        state.mails_revision += 1;
        state.webhooks_revision += 1;
        state.domains_revision += 1;
        state.jobs_revision += 1;
        state.clips_revision += 1;
    });
    Ok(())
}

/// What the user may not see, or what is gone, is empty: it must not keep the rest from being fetched.
fn unless_refused<T: Default>(reply: Result<T, ClientError>) -> Result<T, ClientError> {
    match reply {
        Err(error) if matches!(error.status(), Some(403 | 404)) => Ok(T::default()),
        reply => reply,
    }
}

async fn me(app: App) -> Result<(), ClientError> {
    let me = app.api().get_me().await?;
    preferences::show(app.i18n, &me.preferences);
    app.change(|state| state.me = Some(me));
    Ok(())
}

async fn directory(app: App) -> Result<(), ClientError> {
    let api = app.api();
    let mut users = Vec::new();
    let mut query = ListUsers { limit: Some(PAGE), ..ListUsers::default() };
    loop {
        let page = api.list_users(&query).await?;
        users.extend(page.items);
        query.cursor = page.next_cursor;
        if query.cursor.is_none() {
            break;
        }
    }
    let page = PageQuery { cursor: None, limit: Some(PAGE) };
    let teams = api.list_teams(&page).await?.items;
    let inboxes = unless_refused(api.list_inboxes(&page).await.map(|page| page.items))?;
    let roles = unless_refused(api.list_roles(&page).await.map(|page| page.items))?;
    app.change(|state| {
        let directory = &mut state.directory;
        directory.users = users.into_iter().map(|user| (user.id, user)).collect();
        directory.teams = teams.into_iter().map(|team| (team.id, team)).collect();
        directory.inboxes = inboxes.into_iter().map(|inbox| (inbox.id, inbox)).collect();
        directory.roles = roles.into_iter().map(|role| (role.id, role)).collect();
    });
    Ok(())
}

async fn counts(app: App) -> Result<(), ClientError> {
    if !app.peek(|state| state.may(Permission::ReadThreads)) {
        return Ok(());
    }
    let Some(inbox_id) = app.peek(|s| s.threads.list().map(|list| list.key.inbox)) else {
        return Ok(());
    };
    let counts = app.api().get_view_counts(&GetViewCounts { inbox_id }).await?;
    app.change(|state| state.threads.set_counts(counts));
    Ok(())
}

async fn thread(app: App, thread_id: ThreadId) -> Result<(), ClientError> {
    let detail = app.api().get_thread(&ThreadPath { thread_id }).await?;
    let item = ThreadItem { thread: detail.thread, read_seq: detail.read_seq };
    app.change(|state| state.threads.insert(item));
    Ok(())
}

async fn unread_notifications(app: App) -> Result<(), ClientError> {
    let unread = app.api().count_unread_notifications().await?;
    app.change(|state| state.notifications.unread = unread.count);
    Ok(())
}
