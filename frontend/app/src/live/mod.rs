//! The stream of events: connects, resumes where it stopped, falls back to polling, and says when it is offline.

mod polling;
mod refetching;
mod socket;

use std::time::Duration;

use leptos::{ev, prelude::*, task::spawn_local};
use types::Event;
use web_sys::WebSocket;

pub use refetching::Refetching;

use crate::browser;
use crate::context::App;
use crate::session::Phase;

/// After this many failed sockets in a row, events are fetched by polling too.
const FAILURES_BEFORE_POLLING: u32 = 3;
/// Events that come within this time are applied together.
const BATCH: Duration = Duration::from_millis(12);

/// Whether events arrive.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum LiveStatus {
    /// Not yet.
    Connecting,
    /// They do.
    Online,
    /// They did, until this time (milliseconds since 1970-01-01 UTC).
    Offline {
        /// Since when.
        since_ms: f64,
    },
}

/// How a connection went.
#[derive(Clone, Copy, Default)]
struct Connection {
    /// The server accepted the credential.
    was_ready: bool,
    /// The server ended the session; otherwise the connection was cut, or never came about.
    was_ended: bool,
}

/// The stream of events.
#[derive(Clone, Copy)]
pub struct Live {
    /// Whether events arrive.
    pub status: RwSignal<LiveStatus>,
    /// The release of the server, once it is known to be another one than this app was loaded from.
    pub new_version: RwSignal<Option<String>>,
    /// What has to be fetched again.
    pub refetching: Refetching,
    version: StoredValue<Option<String>>,
    cursor: StoredValue<Option<String>>,
    queue: StoredValue<Vec<Event>>,
    /// Rises with each sign-in and sign-out, so that a loop of before stops.
    generation: StoredValue<u32>,
    /// The connection at the moment.
    socket: StoredValue<Option<WebSocket>, LocalStorage>,
    /// Set when it may be worth trying to connect at once.
    nudge: RwSignal<u32>,
}

impl Live {
    /// Not connected.
    pub fn new() -> Self {
        Self {
            status: RwSignal::new(LiveStatus::Connecting),
            new_version: RwSignal::new(None),
            refetching: Refetching::new(),
            version: StoredValue::new(None),
            cursor: StoredValue::new(None),
            queue: StoredValue::new(Vec::new()),
            generation: StoredValue::new(0),
            socket: StoredValue::new_local(None),
            nudge: RwSignal::new(0),
        }
    }

    /// Connects whenever somebody is signed in.
    pub fn start(self, app: App) {
        let signed_in = Memo::new(move |_| app.session.phase.get() == Phase::SignedIn);
        Effect::new(move |_| {
            let own = self.generation.get_value() + 1;
            self.generation.set_value(own);
            self.cursor.set_value(None);
            if signed_in.get() {
                self.status.set(LiveStatus::Connecting);
                spawn_local(async move { self.run(app, own).await });
            }
        });
        // The browser knows first when the network goes and comes back.
        let gone = window_event_listener(ev::offline, move |_| self.cut());
        let back = window_event_listener(ev::online, move |_| self.nudge.update(|times| *times += 1));
        on_cleanup(move || {
            gone.remove();
            back.remove();
        });
    }

    fn is_current(self, own: u32) -> bool {
        self.generation.get_value() == own
    }

    fn cut(self) {
        if let Some(socket) = self.socket.get_value() {
            socket::cut(&socket);
        }
    }

    async fn run(self, app: App, own: u32) {
        let mut failures = 0;
        while self.is_current(own) {
            let connection = socket::hold(app, own).await;
            if !self.is_current(own) {
                return;
            }
            if connection.was_ready {
                failures = 0;
            }
            if connection.was_ended {
                // A fresh token if the session still holds; otherwise this signs out and ends the loop.
                let _ = app.session.renew(app.session.token().get_untracked()).await;
            }
            failures += 1;
            if failures > FAILURES_BEFORE_POLLING && polling::poll(app).await {
                self.status.set(LiveStatus::Online);
                browser::sleep(polling::PAUSE).await;
                continue;
            }
            if !matches!(self.status.get_untracked(), LiveStatus::Offline { .. }) {
                self.status.set(LiveStatus::Offline { since_ms: browser::now_ms() });
            }
            self.pause(failures).await;
        }
    }

    /// Waits before the next attempt: longer each time up to half a minute, never the same for all clients.
    async fn pause(self, failures: u32) {
        let full = 500.0 * f64::from(1_u32 << failures.min(6));
        let wait = full * (0.5 + browser::random() / 2.0);
        let nudged = self.nudge.get_untracked();
        let step = 250.0;
        let mut waited = 0.0;
        while waited < wait && self.nudge.get_untracked() == nudged {
            browser::sleep(Duration::from_millis(step as u64)).await;
            waited += step;
        }
    }

    /// Takes the server's position and release at the start of a connection.
    fn ready(self, app: App, cursor: String, version: String) {
        let first = self.cursor.with_value(Option::is_none);
        self.cursor.set_value(Some(cursor));
        self.status.set(LiveStatus::Online);
        match self.version.get_value() {
            None => self.version.set_value(Some(version)),
            Some(loaded) if loaded != version => self.new_version.set(Some(version)),
            Some(_) => {}
        }
        if first {
            self.refetching.everything(app);
        }
    }

    /// Events were missed for good: everything is fetched again.
    fn reset(self, app: App, cursor: String) {
        self.cursor.set_value(Some(cursor));
        self.status.set(LiveStatus::Online);
        self.refetching.everything(app);
    }

    /// Takes an event; those that come close together are applied together.
    fn receive(self, app: App, cursor: Option<String>, event: serde_json::Value) {
        if cursor.is_some() {
            self.cursor.set_value(cursor);
        }
        let Some(event) = state::read_event(event) else {
            self.refetching.everything(app);
            return;
        };
        let first = self.queue.with_value(Vec::is_empty);
        self.queue.update_value(|queue| queue.push(event));
        if first {
            set_timeout(move || self.flush(app), BATCH);
        }
    }

    fn flush(self, app: App) {
        let events = self.queue.try_update_value(std::mem::take).unwrap_or_default();
        let mut wanted = Vec::new();
        app.change(|state| {
            for event in &events {
                wanted.extend(state::apply(state, event));
            }
        });
        for event in &events {
            app.alerts.on_event(app, event);
        }
        self.refetching.request(app, wanted);
    }
}
