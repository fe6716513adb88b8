//! The visitor's session and its connection. A session starts when there is something to say, not before.

use types::VisitorEvent;
use types::channels::CreateVisitorSession;
use visitor_kit::backoff::Backoff;
use visitor_kit::browser::api::{Api, Failure, Part, Token};
use visitor_kit::browser::clock::sleep;
use visitor_kit::browser::live::{Live, Signal};
use visitor_kit::browser::page;
use visitor_kit::browser::task::{call, called, spawn};
use visitor_kit::conversation::Conversation;

use crate::chat::{Chat, Link, State};

/// What the session's token is kept under.
const TOKEN: &str = "token";
/// How long "connected again" is shown, in milliseconds.
const REGAINED_SHOWN: u32 = 2_500;

impl Chat {
    /// Goes on with the session that the browser has kept; answers whether there is one.
    pub(crate) fn adopt_session(self) -> bool {
        let Some(token) = self.store.get(TOKEN) else { return false };
        self.use_session(token);
        true
    }

    /// Makes sure that there is a session. Whoever asks while one is being started waits for that one.
    pub(crate) async fn ensure_session(self) -> Result<(), Failure> {
        // Another window of the visitor may have started one.
        if self.has_session() || self.adopt_session() {
            return Ok(());
        }
        let started = called(&mut |resolve| self.wait_for_start.borrow_mut().push(resolve));
        if self.wait_for_start.borrow().len() == 1 {
            spawn(self.start_session());
        }
        started.await;
        if self.has_session() {
            return Ok(());
        }
        Err(self.start_failure.borrow().clone().unwrap_or(Failure::Unreachable))
    }

    pub(crate) fn has_session(self) -> bool {
        self.token.borrow().is_some()
    }

    async fn start_session(self) {
        let request = CreateVisitorSession {
            widget_id: self.config.widget_id,
            language: page::language(),
            time_zone: page::time_zone(),
        };
        match self.api.create_session(&request).await {
            Ok(reply) => {
                self.store.set(TOKEN, &reply.token);
                self.state.change(|state| state.conversation.set_visitor(reply.visitor));
                self.use_session(reply.token);
            }
            Err(failure) => {
                self.start_failure.replace(Some(failure));
            }
        }
        self.wait_for_start.take().iter().for_each(call);
    }

    fn use_session(self, token: String) {
        self.token.replace(Some(token));
        let connection = || {
            let (api, token) = (self.api.clone(), self.token.clone());
            Live::new(&self.config.api_base, api, token, move |signal| self.take_signal(signal))
        };
        let live = self.live.borrow_mut().get_or_insert_with(connection).clone();
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
            Signal::Lost => self.set_link(Link::Lost),
            Signal::Event(event) => self.apply(event),
            Signal::Refetch => self.load(),
            Signal::Ended => self.lose_session(),
        }
    }

    fn regain(self) {
        match self.state.peek(|state| state.link) {
            Link::Lost => self.set_link(Link::Regained),
            // Shown as loading until the conversation is there.
            Link::Loading | Link::Regained => return,
            _ => return self.set_link(Link::Connected),
        }
        spawn(async move {
            sleep(REGAINED_SHOWN).await;
            if self.state.peek(|state| state.link) == Link::Regained {
                self.set_link(Link::Connected);
            }
        });
    }

    fn compare_version(self, version: Option<String>) {
        let known = self.version.take();
        if known.is_some() && version.is_some() && known != version {
            self.state.change(|state| state.is_outdated = true);
        }
        self.version.replace(known.or(version));
    }

    fn apply(self, event: VisitorEvent) {
        let is_typing = matches!(event, VisitorEvent::TeamTyping { typing: true, .. });
        let effect = self.state.change(|state| state.conversation.apply(event));
        if let Some(client_id) = effect.acknowledged {
            self.acknowledge(&client_id);
        }
        if is_typing {
            self.expire_team_typing();
        }
        if effect.arrived.is_some() {
            self.tell_host("message", ("author", "team"));
        }
        if effect.ended {
            self.tell_host("conversation_ended", ("by", "visitor"));
        }
    }

    /// Fetches the conversation, or what is new of it, until it is here.
    pub(crate) fn load(self) {
        self.is_stale.set(true);
        if self.loads.replace(true) {
            return;
        }
        spawn(async move {
            let mut backoff = Backoff::default();
            while self.has_session() && self.is_stale.replace(false) {
                match self.fetch().await {
                    Ok(()) => (),
                    Err(Failure::SessionEnded) => self.lose_session(),
                    Err(_) => {
                        self.is_stale.set(true);
                        sleep(backoff.next(js_sys::Math::random())).await;
                    }
                }
            }
            self.loads.set(false);
            if self.state.peek(|state| state.link) == Link::Loading {
                self.set_link(Link::Connected);
            }
        });
    }

    async fn fetch(self) -> Result<(), Failure> {
        let last = || self.state.peek(|state| state.conversation.last_seq());
        let last_before = last();
        let visitor = self.api.visitor().await?;
        let has_thread = visitor.thread.is_some();
        if !has_thread && last() > last_before {
            // The conversation began after the server replied: without asking again it would seem to have ended.
            self.is_stale.set(true);
            return Ok(());
        }
        self.state.change(|state| state.conversation.set_visitor(visitor));
        let mut has_newer = has_thread;
        while has_newer {
            let part = if last() > 0 { Part::After(last()) } else { Part::Newest };
            let page = self.api.messages(part).await?;
            has_newer = page.has_newer && !page.items.is_empty();
            self.state.change(|state| state.conversation.add_newer(page));
        }
        Ok(())
    }

    /// Forgets the session, which the server does not know any more. The conversation stays for reading, and what is
    /// being written stays for the next one.
    pub(crate) fn lose_session(self) {
        self.forget_session();
        self.set_link(Link::Ended);
    }

    /// Forgets the session's token and disconnects.
    fn forget_session(self) {
        let token = self.token.take();
        // Another window may have a new session already.
        if self.store.get(TOKEN) == token {
            self.store.remove(TOKEN);
        }
        if let Some(live) = &*self.live.borrow() {
            live.stop();
        }
    }

    /// Clears the screen for a new conversation.
    pub fn start_again(self) {
        self.state.change(|state| {
            if state.link == Link::Ended {
                state.link = Link::Unused;
                state.conversation = Conversation::default();
            }
            state.conversation.start_again();
            state.notice = None;
        });
    }

    /// Ends the conversation because the visitor wants it.
    pub fn end(self) {
        spawn(async move {
            match self.api.end_conversation().await {
                Ok(visitor) => {
                    // The event may have come before the reply.
                    let was_on = self.state.peek(|state| state.conversation.thread().is_some());
                    self.state.change(|state| {
                        state.conversation.set_visitor(visitor);
                        state.asks_identity = false;
                    });
                    if was_on {
                        self.tell_host("conversation_ended", ("by", "visitor"));
                    }
                }
                Err(failure) => self.show_failure(&failure),
            }
        });
    }

    /// Forgets everything of this visitor: the browser is somebody else's now.
    pub(crate) fn reset(self) {
        spawn(self.end_session());
        self.draft.change(std::mem::take);
        self.state.change(|state| *state = State { is_seen: state.is_seen, ..State::default() });
        for name in self.store.names() {
            self.store.remove(&name);
        }
    }

    /// Forgets the session here at once; the future tells the server.
    pub(crate) fn end_session(self) -> impl Future<Output = ()> + use<> {
        let token = self.token.borrow().clone().or_else(|| self.store.get(TOKEN));
        self.forget_session();
        self.store.remove(TOKEN);
        async move {
            if token.is_some() {
                let former = Api::new(&self.config.api_base, Token::new(token.into()));
                // A session that cannot be ended is of no use to anybody: its token is gone.
                let _ = former.delete_session().await;
            }
        }
    }

    /// Connects anew, as the network is back.
    pub(crate) fn renew(self) {
        if let Some(live) = &*self.live.borrow() {
            live.renew();
        }
    }

    /// Tries at once to be in touch again.
    pub(crate) fn hurry(self) {
        if let Some(live) = &*self.live.borrow() {
            live.hurry();
        }
    }
}
