//! What the chat knows.

use std::cell::{Cell, RefCell};
use std::rc::Rc;

use client::ClientError;
use js_sys::Promise;
use leptos::prelude::*;
use types::Timestamp;
use visitor_kit::browser::api::{Api, Failure, Token};
use visitor_kit::browser::host::Host;
use visitor_kit::browser::live::Live;
use visitor_kit::browser::{page, storage};
use visitor_kit::config::Config;
use visitor_kit::conversation::Conversation;
use visitor_kit::outbox::Outbox;
use visitor_kit::store::Store;

use crate::attachments::Attachment;

/// How the chat stands with the server.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Link {
    /// Nothing was to be said yet.
    Unused,
    /// The conversation is being fetched for the first time.
    Loading,
    /// In touch.
    Connected,
    /// Out of touch.
    Lost,
    /// In touch again, since a moment ago.
    Regained,
    /// The session has ended.
    Ended,
}

/// The chat: signals for what the screen shows, methods for what can be done.
#[derive(Clone, Copy)]
pub struct Chat {
    /// The conversation as far as it is here.
    pub conversation: RwSignal<Conversation>,
    /// Messages on their way.
    pub outbox: RwSignal<Outbox>,
    /// How the chat stands with the server.
    pub link: RwSignal<Link>,
    /// Whether the chat is open before the visitor.
    pub is_seen: RwSignal<bool>,
    /// What is being written.
    pub draft: RwSignal<String>,
    /// Files that go with it.
    pub attachments: RwSignal<Vec<Attachment>>,
    /// What has to be said to the visitor, until the next thing is done.
    pub notice: RwSignal<Option<String>>,
    /// Whether the visitor is asked for a name and an address.
    pub asks_identity: RwSignal<bool>,
    /// Whether the server runs another release than this program was loaded from.
    pub is_outdated: RwSignal<bool>,
    /// Whether older messages are being fetched.
    pub loads_older: RwSignal<bool>,
    parts: StoredValue<Rc<Parts>, LocalStorage>,
}

/// What the screen does not show.
pub(crate) struct Parts {
    pub config: Config,
    pub store: Rc<dyn Store>,
    pub token: Token,
    pub api: Rc<Api>,
    pub host: Option<Host>,
    pub live: RefCell<Option<Live>>,
    /// The address of the host page.
    pub page_url: RefCell<Option<String>>,
    /// Whether the host page shows the chat.
    pub is_open: Cell<bool>,
    /// The release the program was loaded from.
    pub version: RefCell<Option<String>>,
    /// The start of a session that is going on, and how the last one failed.
    pub starting: RefCell<Option<Promise>>,
    pub start_failure: RefCell<Option<Failure>>,
    pub sends: Cell<bool>,
    pub sends_receipt: Cell<bool>,
    pub loads: Cell<bool>,
    /// Until when the server believes that the visitor is writing.
    pub typing_until: Cell<Timestamp>,
    /// Counts how often the team showed to be writing.
    pub team_typed: Cell<u32>,
    pub unread: Cell<u32>,
}

impl Chat {
    /// A chat that does nothing yet.
    pub fn new(config: Config) -> Self {
        let store = storage::open(config.widget_id);
        let token = Token::default();
        let api = Rc::new(Api::new(&config.api_base, token.clone()));
        let (outbox, draft) = match config.preview {
            true => (Outbox::default(), String::new()),
            false => (Outbox::restore(&*store), store.get("draft").unwrap_or_default()),
        };
        let host = Host::of_page().filter(|_| !config.preview);
        let is_open = Cell::new(host.is_none());
        let parts = Parts {
            config,
            store,
            token,
            api,
            host,
            is_open,
            live: RefCell::default(),
            page_url: RefCell::default(),
            version: RefCell::default(),
            starting: RefCell::default(),
            start_failure: RefCell::default(),
            sends: Cell::default(),
            sends_receipt: Cell::default(),
            loads: Cell::default(),
            typing_until: Cell::default(),
            team_typed: Cell::default(),
            unread: Cell::default(),
        };
        Self {
            conversation: RwSignal::new(Conversation::default()),
            outbox: RwSignal::new(outbox),
            link: RwSignal::new(Link::Unused),
            is_seen: RwSignal::new(false),
            draft: RwSignal::new(draft),
            attachments: RwSignal::new(Vec::new()),
            notice: RwSignal::new(None),
            asks_identity: RwSignal::new(false),
            is_outdated: RwSignal::new(false),
            loads_older: RwSignal::new(false),
            parts: StoredValue::new_local(Rc::new(parts)),
        }
    }

    /// Begins: shows the sample of a preview, or goes on with what the browser has kept.
    pub fn start(self) {
        self.update_seen();
        let parts = self.parts();
        if parts.config.preview {
            return self.show_sample();
        }
        self.listen_to_browser();
        self.listen_to_host();
        self.keep_draft();
        self.keep_online();
        Effect::new(move |_| self.tell_unread());
        Effect::new(move |_| self.send_receipt());
        if self.adopt_session() {
            self.link.set(Link::Loading);
        }
        if self.outbox.with_untracked(|outbox| outbox.next().is_some()) {
            self.send_waiting();
        }
    }

    pub(crate) fn parts(self) -> Rc<Parts> {
        self.parts.get_value()
    }

    /// The text of a key.
    pub fn text(self, key: &str) -> String {
        self.parts.with_value(|parts| parts.config.texts.get(key))
    }

    /// The text of a key with `{name}` replaced by `value`.
    pub fn fill(self, key: &str, name: &str, value: &str) -> String {
        self.parts.with_value(|parts| parts.config.texts.fill(key, name, value))
    }

    /// The language of the texts.
    pub fn locale(self) -> String {
        self.parts.with_value(|parts| parts.config.locale.clone())
    }

    /// Notes whether the chat is before the visitor.
    pub(crate) fn update_seen(self) {
        let is_open = self.parts.with_value(|parts| parts.is_open.get());
        self.is_seen.set(is_open && page::is_visible());
    }

    /// Says to the visitor and to the host page that something failed.
    pub(crate) fn show_failure(self, failure: &Failure) {
        let text = match failure {
            Failure::RateLimited { seconds } => self.fill("rate_limited", "seconds", &seconds.to_string()),
            Failure::IdentityRefused => self.text("identity_refused"),
            _ => self.text("error"),
        };
        if let Some(host) = &self.parts().host {
            host.event("error", ("reason", &text));
        }
        self.notice.set(Some(text));
    }

    pub(crate) fn failure(self, error: ClientError) -> Failure {
        self.parts.with_value(|parts| parts.api.failure(error))
    }
}
