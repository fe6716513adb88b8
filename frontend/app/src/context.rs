//! What every screen can reach.

use client::ClientError;
use leptos::prelude::*;
use state::State;
use types::{Permission, ThreadId};
use ui::Toasts;

use crate::alerts::Alerts;
use crate::calls::Uploads;
use crate::commands::Commands;
use crate::errors::error_text;
use crate::forms::Unsaved;
use crate::i18n::use_i18n;
use crate::inbox::Inbox;
use crate::live::Live;
use crate::session::{Api, Session};
use crate::texts::I18n;

/// The app: cheap to copy, the same everywhere. Get it with [`use_app`].
#[derive(Clone, Copy)]
pub struct App {
    /// Signed in or not, and the way to the server.
    pub session: Session,
    /// What the app knows of the server, kept up to date by the live stream.
    pub state: RwSignal<State>,
    /// The live stream.
    pub live: Live,
    /// Short messages about what was done.
    pub toasts: Toasts,
    /// Commands and shortcuts.
    pub commands: Commands,
    /// What was changed on a page and is not saved yet.
    pub unsaved: Unsaved,
    /// Browser notifications, sound and the number in the title.
    pub alerts: Alerts,
    /// What the inbox shows.
    pub inbox: Inbox,
    /// Recordings on their way to the server.
    pub uploads: Uploads,
    /// The language.
    pub i18n: I18n,
}

impl App {
    /// A new app in which nothing is known. Call it inside the provider of translations.
    pub fn new() -> Self {
        Self {
            session: Session::new(),
            state: RwSignal::new(State::default()),
            live: Live::new(),
            toasts: Toasts::new(),
            commands: Commands::new(),
            unsaved: Unsaved::new(),
            alerts: Alerts::new(),
            inbox: Inbox::new(),
            uploads: Uploads::new(),
            i18n: use_i18n(),
        }
    }

    /// The typed client of the API.
    pub fn api(self) -> Api {
        self.session.api()
    }

    /// Reads what the app knows. Tracked.
    pub fn read<R>(self, read: impl FnOnce(&State) -> R) -> R {
        // The guard makes all but the closure the same code for every reader.
        read(&self.state.read())
    }

    /// Reads what the app knows at the moment. Not tracked.
    pub fn peek<R>(self, read: impl FnOnce(&State) -> R) -> R {
        read(&self.state.read_untracked())
    }

    /// Changes what the app knows, and tells whoever reads it.
    pub fn change<R>(self, change: impl FnOnce(&mut State) -> R) -> R {
        change(&mut self.state.write())
    }

    /// Whether the signed-in user may do this. Tracked: follows a change of role.
    pub fn may(self, permission: Permission) -> Signal<bool> {
        Memo::new(move |_| self.read(|state| state.may(permission))).into()
    }

    /// Rises when events were missed and everything is fetched again: track it in what a screen fetches for itself.
    pub fn refreshes(self) -> Signal<u64> {
        Memo::new(move |_| self.read(|state| state.refreshes)).into()
    }

    /// Says in a toast that something failed.
    pub fn fail(self, error: &ClientError) {
        // Being signed out is told by the sign-in page.
        if error.status() != Some(401) {
            self.toasts.show_error(untrack(|| error_text(self.i18n, error)));
        }
    }

    /// The conversation that is open, if any. Not tracked.
    pub fn open_thread_id(self) -> Option<ThreadId> {
        self.peek(|state| state.open.as_ref().map(|open| open.id))
    }
}

/// The app that the current component belongs to.
pub fn use_app() -> App {
    expect_context()
}
