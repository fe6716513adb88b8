//! Acts on a conversation: at once on the screen, taken back when the server refuses, with "Undo" afterwards.

use client::ClientError;
use leptos::{prelude::*, task::spawn_local};
use leptos_i18n::t_string;
use types::conversations::{AssignThread, ReadThread, Thread, ThreadItem, ThreadPath, ThreadStatus};
use types::{TeamId, ThreadId, UserId};

use super::path_of_message;
use crate::browser;
use crate::context::App;

/// Whom a conversation belongs to.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Owner {
    /// A user.
    pub user: Option<UserId>,
    /// A team.
    pub team: Option<TeamId>,
}

impl Owner {
    /// Whom this conversation belongs to.
    pub fn of(thread: &Thread) -> Self {
        Self { user: thread.owner_user_id, team: thread.owner_team_id }
    }

    /// The name; `None` for nobody. Tracked.
    pub fn name(self, app: App) -> Option<String> {
        app.read(|state| {
            let user = self.user.and_then(|id| state.user_name(id));
            user.or_else(|| self.team.and_then(|id| state.directory.team_name(id))).map(ToOwned::to_owned)
        })
    }
}

fn thread(app: App, id: ThreadId) -> Option<ThreadItem> {
    app.peek(|state| state.threads.get(id).cloned())
}

/// Puts what the server answered, or what was before, into the state.
fn put(app: App, item: ThreadItem) {
    app.change(|state| state.threads.insert(item));
}

/// Changes a conversation on the screen, asks the server, and takes the change back when it refuses.
fn change(
    app: App,
    id: ThreadId,
    change: impl FnOnce(&mut Thread),
    request: impl Future<Output = Result<Thread, ClientError>> + 'static,
    then: impl FnOnce(ThreadItem) + 'static,
) {
    let Some(before) = thread(app, id) else { return };
    let mut after = before.clone();
    change(&mut after.thread);
    put(app, after);
    spawn_local(async move {
        match request.await {
            Ok(thread) => {
                put(app, ThreadItem { thread, read_seq: before.read_seq });
                then(before);
            }
            Err(error) => {
                put(app, before);
                app.fail(&error);
            }
        }
    });
}

fn undo(app: App, text: &str, action: impl Fn() + Send + Sync + 'static) {
    let label = untrack(|| t_string!(app.i18n, words.undo));
    app.toasts.show_with_action(text, label, action);
}

/// Closes a conversation. "Undo" opens it again.
pub fn close(app: App, id: ThreadId) {
    let request = async move { app.api().close_thread(&ThreadPath { thread_id: id }).await };
    change(
        app,
        id,
        |thread| thread.status = ThreadStatus::Closed,
        request,
        move |_| {
            let text = untrack(|| t_string!(app.i18n, inbox.closed_toast));
            undo(app, text, move || reopen(app, id));
        },
    );
}

/// Opens a closed conversation again.
pub fn reopen(app: App, id: ThreadId) {
    let request = async move { app.api().reopen_thread(&ThreadPath { thread_id: id }).await };
    change(
        app,
        id,
        |thread| thread.status = ThreadStatus::Open,
        request,
        move |_| {
            app.toasts.show(untrack(|| t_string!(app.i18n, inbox.reopened_toast)));
        },
    );
}

/// Gives a conversation to somebody, or takes it from its owner. "Undo" gives it back.
pub fn assign(app: App, id: ThreadId, owner: Owner) {
    assign_and_tell(app, id, owner, true);
}

fn assign_and_tell(app: App, id: ThreadId, owner: Owner, with_undo: bool) {
    let body = AssignThread { user_id: owner.user, team_id: owner.team };
    let request = async move { app.api().assign_thread(&ThreadPath { thread_id: id }, &body).await };
    let set = move |thread: &mut Thread| {
        (thread.owner_user_id, thread.owner_team_id) = (owner.user, owner.team);
    };
    change(app, id, set, request, move |before| {
        let i18n = app.i18n;
        let text = untrack(|| match owner.name(app) {
            Some(name) => t_string!(i18n, inbox.assigned_toast, name = name).to_string(),
            None => t_string!(i18n, inbox.unassigned_toast).to_owned(),
        });
        let former = Owner::of(&before.thread);
        if with_undo {
            undo(app, &text, move || assign_and_tell(app, id, former, false));
        } else {
            app.toasts.show(text);
        }
    });
}

/// Marks what has been read. Failing is harmless: the next look tries again.
pub fn mark_read(app: App, id: ThreadId, seq: i64) {
    spawn_local(async move {
        let _ = app.api().read_thread(&ThreadPath { thread_id: id }, &ReadThread { seq }).await;
    });
}

/// Marks the last message as unread, until the conversation is opened again.
pub fn mark_unread(app: App, id: ThreadId) {
    let Some(item) = thread(app, id) else { return };
    app.inbox.kept_unread.set(Some(id));
    let seq = (item.thread.last_message_seq - 1).max(0);
    spawn_local(async move {
        match app.api().read_thread(&ThreadPath { thread_id: id }, &ReadThread { seq }).await {
            Ok(_) => app.toasts.show(untrack(|| t_string!(app.i18n, inbox.unread_toast))),
            Err(error) => app.fail(&error),
        }
    });
}

/// Copies the address of a conversation or of one of its messages.
pub fn copy_link(app: App, thread: ThreadId, message: Option<types::MessageId>) {
    let address = browser::address_of(&path_of_message(app, thread, message));
    spawn_local(async move {
        if browser::copy(&address).await {
            app.toasts.show(untrack(|| t_string!(app.i18n, inbox.link_copied)));
        } else {
            app.toasts
                .show_error(format!("{} {address}", untrack(|| t_string!(app.i18n, inbox.link_not_copied))));
        }
    });
}
