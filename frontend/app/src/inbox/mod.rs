//! The inbox: views, the list of conversations, the open conversation with its composer, and the contact.
//!
//! The address decides what is shown ([`route`]), [`loading`] fetches it into the state, and the panes draw the state.
//! Acts on a conversation are in [`actions`]; what they change arrives as an event like everybody else's changes.

mod actions;
mod composer;
mod details;
mod list;
mod loading;
mod page;
mod route;
mod row;
mod thread;
mod views;

use client::ClientError;
use leptos::prelude::*;
use state::{ListKey, PendingMessage};
use types::conversations::{Thread, ThreadStatus, View};
use types::{MessageId, ThreadId};

pub use composer::DRAFTS;
pub use loading::{load_contact, reload_list, reload_open_thread};
pub use page::InboxPage;

use crate::context::App;
use crate::preferences;
use route::InboxRoute;

/// How far something that is fetched has come.
#[derive(Clone, Debug, PartialEq)]
pub enum Loading {
    /// On its way.
    Waiting,
    /// There.
    Ready,
    /// It failed.
    Failed(ClientError),
}

/// What the inbox shows, beside what the app knows.
#[derive(Clone, Copy)]
pub struct Inbox {
    /// The list that is wanted.
    key: RwSignal<Option<ListKey>>,
    /// How far the list has come.
    list: RwSignal<Loading>,
    /// The conversation that is wanted.
    thread: RwSignal<Option<ThreadId>>,
    /// How far it has come.
    thread_loading: RwSignal<Loading>,
    /// The message to jump to.
    target: RwSignal<Option<MessageId>>,
    /// A conversation that the user has marked unread: looking at it does not mark it read again.
    kept_unread: RwSignal<Option<ThreadId>>,
    /// A reply that the server refused because there are newer messages.
    refused: RwSignal<Option<(ThreadId, PendingMessage)>>,
    /// Counts how often the user showed to be writing.
    typing_signs: StoredValue<u32>,
}

impl Inbox {
    /// Nothing is shown yet.
    pub fn new() -> Self {
        Self {
            key: RwSignal::new(None),
            list: RwSignal::new(Loading::Waiting),
            thread: RwSignal::new(None),
            thread_loading: RwSignal::new(Loading::Waiting),
            target: RwSignal::new(None),
            kept_unread: RwSignal::new(None),
            refused: RwSignal::new(None),
            typing_signs: StoredValue::new(0),
        }
    }
}

fn toggle_views(app: App) {
    preferences::change(app, |mine| mine.views_shown = !mine.views_shown);
}

fn toggle_details(app: App) {
    preferences::change(app, |mine| mine.details_shown = !mine.details_shown);
}

/// The path that opens a conversation, at a message if one is named.
pub fn path_of_message(app: App, id: ThreadId, message: Option<MessageId>) -> String {
    let known = app.peek(|state| state.threads.get(id).map(|item| key_of(&item.thread)));
    let key = known.unwrap_or(ListKey { inbox: None, view: View::AllOpen });
    InboxRoute { key, thread: Some(id), message }.path()
}

/// The path that opens a conversation.
pub fn path_of_thread(thread: &Thread) -> String {
    InboxRoute { key: key_of(thread), thread: Some(thread.id), message: None }.path()
}

/// A list that the conversation is in.
fn key_of(thread: &Thread) -> ListKey {
    let view = match thread.status {
        ThreadStatus::Open => View::AllOpen,
        ThreadStatus::Closed => View::AllClosed,
    };
    ListKey { inbox: Some(thread.inbox_id), view }
}
