//! What the chat knows.

use std::cell::{Cell, RefCell};
use std::ops::Deref;
use std::rc::Rc;

use js_sys::Function;
use types::Timestamp;
use visitor_kit::browser::api::{Api, Failure, Token};
use visitor_kit::browser::host::Host;
use visitor_kit::browser::live::Live;
use visitor_kit::browser::watched::{Watched, effect};
use visitor_kit::browser::{page, storage};
use visitor_kit::config::Config;
use visitor_kit::conversation::Conversation;
use visitor_kit::outbox::Outbox;
use visitor_kit::store::Store;

use crate::attachments::Attachment;

/// How the chat stands with the server.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Link {
    /// Nothing was to be said yet.
    #[default]
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

/// What the screen shows, beside what is being written.
#[derive(Default)]
pub struct State {
    /// The conversation as far as it is here.
    pub conversation: Conversation,
    /// Messages on their way.
    pub outbox: Outbox,
    /// How the chat stands with the server.
    pub link: Link,
    /// Whether the chat is open before the visitor.
    pub is_seen: bool,
    /// What has to be said to the visitor, until the next thing is done.
    pub notice: Option<String>,
    /// Whether the visitor is asked for a name and an address.
    pub asks_identity: bool,
    /// Whether the server runs another release than this program was loaded from.
    pub is_outdated: bool,
    /// Whether older messages are being fetched.
    pub loads_older: bool,
}

/// What is being written.
#[derive(Default)]
pub struct Draft {
    /// The text.
    pub text: String,
    /// Files that go with it.
    pub attachments: Vec<Attachment>,
}

/// The chat. It lives as long as the page, so everything that needs it has a copy of the reference.
#[derive(Clone, Copy)]
pub struct Chat(&'static Parts);

/// The values that the screen follows, and what the screen does not show.
pub struct Parts {
    /// What the screen shows.
    pub state: Watched<State>,
    /// What is being written.
    pub draft: Watched<Draft>,
    /// What the server has told the page.
    pub config: Config,
    pub(crate) store: Rc<dyn Store>,
    pub(crate) token: Token,
    pub(crate) api: Rc<Api>,
    pub(crate) host: Option<Host>,
    pub(crate) live: RefCell<Option<Live>>,
    /// The address of the host page.
    pub(crate) page_url: RefCell<Option<String>>,
    /// Whether the host page shows the chat.
    pub(crate) is_open: Cell<bool>,
    /// The release the program was loaded from.
    pub(crate) version: RefCell<Option<String>>,
    /// Who waits for a session to be started, and how the last start failed.
    pub(crate) wait_for_start: RefCell<Vec<Function>>,
    pub(crate) start_failure: RefCell<Option<Failure>>,
    pub(crate) sends: Cell<bool>,
    pub(crate) sends_receipt: Cell<bool>,
    /// Whether the conversation is being fetched, and whether it has to be fetched (again).
    pub(crate) loads: Cell<bool>,
    pub(crate) is_stale: Cell<bool>,
    /// Until when the server believes that the visitor is writing.
    pub(crate) typing_until: Cell<Timestamp>,
    /// Counts how often the team showed to be writing.
    pub(crate) team_typed: Cell<u32>,
    /// The number of unread messages that the host page was told.
    pub(crate) unread: Cell<u32>,
}

impl Deref for Chat {
    type Target = Parts;

    fn deref(&self) -> &Parts {
        self.0
    }
}

impl Chat {
    /// A chat that does nothing yet. What an earlier page has left to send and to write is there.
    pub fn new(config: Config) -> Self {
        let store = storage::open(config.widget_id);
        let token = Token::default();
        let (mut state, mut draft) = (State::default(), Draft::default());
        if !config.preview {
            state.outbox = Outbox::restore(&*store);
            draft.text = store.get("draft").unwrap_or_default();
        }
        let host = Host::of_page().filter(|_| !config.preview);
        let parts = Parts {
            state: Watched::new(state),
            draft: Watched::new(draft),
            api: Rc::new(Api::new(&config.api_base, token.clone())),
            is_open: Cell::new(host.is_none()),
            config,
            store,
            token,
            host,
            live: RefCell::default(),
            page_url: RefCell::default(),
            version: RefCell::default(),
            wait_for_start: RefCell::default(),
            start_failure: RefCell::default(),
            sends: Cell::default(),
            sends_receipt: Cell::default(),
            loads: Cell::default(),
            is_stale: Cell::default(),
            typing_until: Cell::default(),
            team_typed: Cell::default(),
            unread: Cell::default(),
        };
        Self(Box::leak(Box::new(parts)))
    }

    /// Begins: shows the sample of a preview, or goes on with what the browser has kept.
    pub fn start(self) {
        self.update_seen();
        if self.config.preview {
            return self.show_sample();
        }
        self.listen_to_browser();
        self.listen_to_host();
        self.keep_online();
        effect(Box::new(move || self.keep_draft()));
        effect(Box::new(move || self.tell_unread()));
        effect(Box::new(move || self.send_receipt()));
        if self.adopt_session() {
            self.set_link(Link::Loading);
        }
        if self.state.peek(|state| state.outbox.next().is_some()) {
            self.send_waiting();
        }
    }

    /// The text of a key.
    pub fn text(self, key: &str) -> String {
        self.config.texts.get(key)
    }

    /// The text of a key with `{name}` replaced by `value`.
    pub fn fill(self, key: &str, name: &str, value: &str) -> String {
        self.config.texts.fill(key, name, value)
    }

    /// Notes whether the chat is before the visitor.
    pub(crate) fn update_seen(self) {
        let is_seen = self.is_open.get() && page::is_visible();
        self.state.change(|state| state.is_seen = is_seen);
    }

    pub(crate) fn set_link(self, link: Link) {
        if self.state.peek(|state| state.link) != link {
            self.state.change(|state| state.link = link);
        }
    }

    /// Says something to the visitor, or nothing any more.
    pub(crate) fn say(self, notice: Option<String>) {
        if self.state.peek(|state| state.notice != notice) {
            self.state.change(|state| state.notice = notice);
        }
    }

    /// Says to the visitor and to the host page that something failed.
    pub(crate) fn show_failure(self, failure: &Failure) {
        let text = match failure {
            Failure::RateLimited { seconds } => self.fill("rate_limited", "seconds", &seconds.to_string()),
            Failure::IdentityRefused => self.text("identity_refused"),
            _ => self.text("error"),
        };
        self.tell_host("error", ("reason", &text));
        self.say(Some(text));
    }

    /// Tells the host page of an event.
    pub(crate) fn tell_host(self, event: &str, detail: (&str, &str)) {
        if let Some(host) = &self.host {
            host.event(event, detail);
        }
    }
}
