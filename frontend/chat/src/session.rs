//! The visitor's session and its connection. A session starts when there is something to say, not before.

use leptos::prelude::*;
use types::VisitorEvent;
use types::channels::{CreateVisitorSession, ListVisitorMessages};
use visitor_kit::backoff::Backoff;
use visitor_kit::browser::api::{Api, Failure, Token};
use visitor_kit::browser::clock::sleep;
use visitor_kit::browser::live::{Live, Signal};
use visitor_kit::browser::page;
use visitor_kit::conversation::Conversation;
use wasm_bindgen::JsValue;
use wasm_bindgen_futures::{JsFuture, future_to_promise, spawn_local};

use crate::chat::{Chat, Link};

/// What the session's token is kept under.
const TOKEN: &str = "token";
/// How long "connected again" is shown, in milliseconds.
const REGAINED_SHOWN: u32 = 2_500;

impl Chat {
    /// Goes on with the session that the browser has kept; answers whether there is one.
    pub(crate) fn adopt_session(self) -> bool {
        let Some(token) = self.parts().store.get(TOKEN) else { return false };
        self.use_session(token);
        true
    }

    /// Makes sure that there is a session. Whoever asks while one is being started waits for that one.
    pub(crate) async fn ensure_session(self) -> Result<(), Failure> {
        let parts = self.parts();
        // Another window of the visitor may have started one.
        if parts.token.borrow().is_some() || self.adopt_session() {
            return Ok(());
        }
        let starting = parts.starting.borrow_mut().get_or_insert_with(|| self.start_session()).clone();
        // The promise is never rejected: how it went is told by the token and the failure.
        let _ = JsFuture::from(starting).await;
        parts.starting.take();
        match parts.token.borrow().is_some() {
            true => Ok(()),
            false => Err(parts.start_failure.take().unwrap_or(Failure::Unreachable)),
        }
    }

    fn start_session(self) -> js_sys::Promise {
        let parts = self.parts();
        future_to_promise(async move {
            let request = CreateVisitorSession {
                widget_id: parts.config.widget_id,
                language: page::language(),
                time_zone: page::time_zone(),
            };
            match parts.api.client().create_visitor_session(&request).await {
                Ok(reply) => {
                    parts.store.set(TOKEN, &reply.token);
                    self.conversation.update(|conversation| conversation.set_visitor(reply.visitor));
                    self.use_session(reply.token);
                }
                Err(error) => {
                    parts.start_failure.replace(Some(self.failure(error)));
                }
            }
            Ok(JsValue::UNDEFINED)
        })
    }

    fn use_session(self, token: String) {
        let parts = self.parts();
        parts.token.replace(Some(token));
        let live = parts.live.borrow_mut().get_or_insert_with(|| {
            let (base, api, token) = (&parts.config.api_base, parts.api.clone(), parts.token.clone());
            Live::new(base, api, token, move |signal| self.take_signal(signal))
        }).clone();
        live.start();
    }

    fn take_signal(self, signal: Signal) {
        match signal {
            Signal::Connected { resumed, version } => {
                self.compare_version(version);
                self.regain();
                if !resumed {
                    self.load();
                }
                self.send_waiting();
            }
            Signal::Lost => self.link.set(Link::Lost),
            Signal::Event(event) => self.apply(event),
            Signal::Refetch => self.load(),
            Signal::Ended => self.lose_session(),
        }
    }

    fn regain(self) {
        if self.link.get_untracked() != Link::Lost {
            return self.link.set(Link::Connected);
        }
        self.link.set(Link::Regained);
        spawn_local(async move {
            sleep(REGAINED_SHOWN).await;
            if self.link.get_untracked() == Link::Regained {
                self.link.set(Link::Connected);
            }
        });
    }

    fn compare_version(self, version: Option<String>) {
        let parts = self.parts();
        let known = parts.version.take();
        if known.is_some() && version.is_some() && known != version {
            self.is_outdated.set(true);
        }
        parts.version.replace(known.or(version));
    }

    fn apply(self, event: VisitorEvent) {
        let is_typing = matches!(event, VisitorEvent::TeamTyping { typing: true, .. });
        let effect = self.conversation.try_update(|conversation| conversation.apply(event)).unwrap_or_default();
        if let Some(client_id) = effect.acknowledged {
            self.acknowledge(&client_id);
        }
        if is_typing {
            self.expire_team_typing();
        }
        if let Some(host) = &self.parts().host {
            if effect.arrived.is_some() {
                host.event("message", ("author", "team"));
            }
            if effect.ended {
                host.event("conversation_ended", ("by", "visitor"));
            }
        }
    }

    /// Fetches the conversation, or what is new of it, until it is here.
    pub(crate) fn load(self) {
        let parts = self.parts();
        if parts.loads.replace(true) {
            return;
        }
        spawn_local(async move {
            let mut backoff = Backoff::default();
            loop {
                match self.fetch().await {
                    Ok(()) => break,
                    Err(Failure::SessionEnded) => {
                        self.lose_session();
                        break;
                    }
                    Err(_) => sleep(backoff.next(js_sys::Math::random())).await,
                }
                if parts.token.borrow().is_none() {
                    break;
                }
            }
            parts.loads.set(false);
        });
    }

    async fn fetch(self) -> Result<(), Failure> {
        let parts = self.parts();
        let client = parts.api.client();
        let visitor = client.get_visitor().await.map_err(|error| self.failure(error))?;
        self.conversation.update(|conversation| conversation.set_visitor(visitor));
        if self.conversation.with_untracked(|conversation| conversation.thread().is_none()) {
            return Ok(());
        }
        loop {
            let last = self.conversation.with_untracked(Conversation::last_seq);
            let query = ListVisitorMessages { after: (last > 0).then_some(last), ..Default::default() };
            let page = client.list_visitor_messages(&query).await.map_err(|error| self.failure(error))?;
            let has_newer = page.has_newer && !page.items.is_empty();
            self.conversation.update(|conversation| conversation.add_newer(page));
            if !has_newer {
                return Ok(());
            }
        }
    }

    /// Forgets the session, which the server does not know any more. The conversation stays for reading, and what is
    /// being written stays for the next one.
    pub(crate) fn lose_session(self) {
        self.forget_session();
        self.link.set(Link::Ended);
    }

    /// Forgets the session's token and disconnects.
    pub(crate) fn forget_session(self) {
        let parts = self.parts();
        // Another window may have a new session already.
        if parts.store.get(TOKEN) == *parts.token.borrow() {
            parts.store.remove(TOKEN);
        }
        parts.token.take();
        if let Some(live) = &*parts.live.borrow() {
            live.stop();
        }
    }

    /// Clears the screen for a new conversation.
    pub fn start_again(self) {
        if self.link.get_untracked() == Link::Ended {
            self.link.set(Link::Unused);
            self.conversation.set(Conversation::default());
        } else {
            self.conversation.update(Conversation::start_again);
        }
        self.notice.set(None);
    }

    /// Ends the conversation because the visitor wants it.
    pub fn end(self) {
        spawn_local(async move {
            let parts = self.parts();
            match parts.api.client().end_visitor_conversation().await {
                Ok(visitor) => {
                    let was_on = self.conversation.with_untracked(|known| known.thread().is_some());
                    self.conversation.update(|conversation| conversation.set_visitor(visitor));
                    if let Some(host) = parts.host.as_ref().filter(|_| was_on) {
                        host.event("conversation_ended", ("by", "visitor"));
                    }
                }
                Err(error) => self.show_failure(&self.failure(error)),
            }
        });
    }

    /// Forgets everything of this visitor: the browser is somebody else's now.
    pub(crate) fn reset(self) {
        let parts = self.parts();
        let ended = self.end_session();
        self.outbox.update(|outbox| outbox.clear(&*parts.store));
        self.draft.set(String::new());
        self.attachments.set(Vec::new());
        self.conversation.set(Conversation::default());
        self.link.set(Link::Unused);
        self.notice.set(None);
        self.asks_identity.set(false);
        for name in parts.store.names() {
            parts.store.remove(&name);
        }
        spawn_local(ended);
    }

    /// Forgets the session here at once; the future tells the server.
    pub(crate) fn end_session(self) -> impl Future<Output = ()> {
        let parts = self.parts();
        let token = parts.token.borrow().clone().or_else(|| parts.store.get(TOKEN));
        self.forget_session();
        parts.store.remove(TOKEN);
        async move {
            let Some(token) = token else { return };
            let former = Token::new(Some(token).into());
            let api = Api::new(&parts.config.api_base, former);
            // A session that cannot be ended here is of no use to anybody else: its token is gone.
            let _ = api.client().delete_visitor_session().await;
        }
    }

    /// Tries at once to be in touch again.
    pub(crate) fn hurry(self) {
        if let Some(live) = &*self.parts().live.borrow() {
            live.hurry();
        }
    }
}
