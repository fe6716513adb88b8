//! The sockets connected to this node, and who is present in which thread.
//!
//! A socket listens to the audiences of its actor. Frames are serialised once and shared. Each socket has a bounded
//! queue; one that does not keep up is cut, and resumes from the log when it comes back.

mod hub;
mod presence;

use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use bytes::Bytes;
use serde::{Deserialize, Serialize};
use types::{
    ApiTokenId, Event, SessionId, Subject, ThreadId, UserId, VisitorEvent, VisitorId, VisitorSessionId,
};

pub(crate) use hub::{Connection, Item};
pub use presence::{Participant, Presence};

use crate::events::{Signal, Topic};
use crate::{Actor, Ctx, Result};

/// A text frame for sockets, as JSON.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Frame {
    /// The position in the log; nothing for what is never stored.
    pub position: Option<i64>,
    /// The JSON of a [`ServerFrame`](types::event::ServerFrame).
    pub json: Bytes,
}

/// A group of sockets.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Sockets {
    /// Those of a user, in every session.
    User(UserId),
    /// Those of one sign-in.
    Session(SessionId),
    /// Those of an API token.
    Token(ApiTokenId),
    /// Those of a visitor.
    Visitor(VisitorId),
    /// Those of one visitor's session.
    VisitorSession(VisitorSessionId),
    /// Those of all users and tokens.
    AllUsers,
}

impl Sockets {
    /// Whether an actor's sockets belong to the group.
    pub(crate) fn include(self, actor: &Actor) -> bool {
        match (self, actor) {
            (Self::User(id), Actor::User(user)) => user.id == id,
            (Self::User(id), Actor::Token(token)) => token.user_id == id,
            (Self::Session(id), Actor::User(user)) => user.session_id == id,
            (Self::Token(id), Actor::Token(token)) => token.id == id,
            (Self::Visitor(id), Actor::Visitor(visitor)) => visitor.id == id,
            (Self::VisitorSession(id), Actor::Visitor(visitor)) => visitor.session_id == id,
            (Self::AllUsers, Actor::User(_) | Actor::Token(_)) => true,
            _ => false,
        }
    }
}

/// What nodes do to their sockets. It stands in the event log, so that it comes after the events before it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub(crate) enum Control {
    /// They authenticate again, and are told nothing until they have.
    Rescope { sockets: Sockets },
    /// They are cut.
    End { sockets: Sockets, reason: String },
}

impl Control {
    /// The sockets it is done to.
    pub(crate) fn sockets(&self) -> Sockets {
        match self {
            Self::Rescope { sockets } | Self::End { sockets, .. } => *sockets,
        }
    }
}

/// The sockets connected to this node. Clones share them.
#[derive(Clone)]
pub struct Live {
    hub: hub::Hub,
    grants_version: Arc<AtomicU64>,
    pub(crate) present: presence::Present,
}

impl Live {
    pub(crate) fn new(backlog: usize) -> Self {
        Self {
            hub: hub::Hub::new(backlog),
            grants_version: Arc::default(),
            present: presence::Present::default(),
        }
    }

    /// Rises whenever what somebody may do has changed or a session has ended, here or on another node. Whoever keeps
    /// an authenticated actor authenticates it anew when the number is another one.
    pub fn grants_version(&self) -> u64 {
        self.grants_version.load(Ordering::Acquire)
    }

    pub(crate) fn grants_changed(&self) {
        self.grants_version.fetch_add(1, Ordering::AcqRel);
    }

    /// How many sockets are connected to this node.
    pub fn connections(&self) -> usize {
        self.hub.connections()
    }

    /// How many of this node's sockets belong to a group.
    pub fn connections_of(&self, sockets: Sockets) -> usize {
        self.hub.count(|actor| sockets.include(actor))
    }

    pub(crate) fn connect(&self, actor: &Actor) -> Connection {
        self.hub.connect(actor)
    }

    pub(crate) fn deliver(&self, topic: Topic, frame: &Frame) {
        self.hub.deliver(topic, frame);
    }

    /// Does what an entry of the log says, which stands at `position`.
    pub(crate) fn control(&self, control: &Control, position: i64) {
        // First, so that a socket that authenticates again gets what holds now.
        self.grants_changed();
        match control {
            Control::Rescope { sockets } => self.hub.rescope(|actor| sockets.include(actor), position),
            Control::End { sockets, reason } => self.hub.end(|actor| sockets.include(actor), reason),
        }
    }
}

impl Ctx {
    /// Tells whoever may see `subject`, on every node, without storing it.
    ///
    /// # Errors
    /// [`Error::Internal`](crate::Error::Internal) when the event cannot be serialised.
    pub fn broadcast(&self, subject: Subject, event: &Event) -> Result<()> {
        self.broadcast_frame(Topic::of(&subject), serde_json::to_string(event)?)
    }

    /// Tells a visitor, on whichever node, without storing it.
    ///
    /// # Errors
    /// [`Error::Internal`](crate::Error::Internal) when the event cannot be serialised.
    pub fn broadcast_to_visitor(&self, visitor: VisitorId, event: &VisitorEvent) -> Result<()> {
        self.broadcast_frame(Topic::Visitor(visitor), serde_json::to_string(event)?)
    }

    fn broadcast_frame(&self, topic: Topic, event: String) -> Result<()> {
        let frame = passing_frame(&event);
        self.live().deliver(topic, &Frame { position: None, json: frame.clone().into() });
        self.shared().signals.send(Signal::Frame { topic: topic.to_string(), frame });
        Ok(())
    }

    /// Tells everybody in the inbox that somebody looks at a thread or writes in it. It holds for `seconds`, unless shown
    /// again; [`Presence::default`] ends it at once.
    pub fn show_presence(
        &self,
        subject: (ThreadId, types::InboxId),
        who: Participant,
        presence: Presence,
        seconds: i64,
    ) {
        let (thread, inbox) = subject;
        let until = self.now().plus_seconds(seconds);
        let signal = Signal::Presence { thread, inbox, who, presence, until };
        self.take_signal(&signal);
        self.shared().signals.send(signal);
    }

    /// Who looks at a thread or writes in it at the moment.
    pub fn presence(&self, thread: ThreadId) -> types::conversations::ThreadPresence {
        self.live().present.of(thread, self.now())
    }

    /// Takes note of what this or another node signalled.
    pub(crate) fn take_signal(&self, signal: &Signal) {
        match signal {
            Signal::Presence { thread, inbox, who, presence, until } => {
                if self.live().present.note(*thread, *inbox, *who, *presence, *until) {
                    self.deliver_presence(*thread, *inbox);
                }
            }
            Signal::Frame { topic, frame } => {
                if let Ok(topic) = topic.parse() {
                    self.live().deliver(topic, &Frame { position: None, json: frame.clone().into() });
                }
            }
        }
    }

    /// Forgets who has not shown up again, and tells this node's sockets.
    pub(crate) fn expire_presence(&self) {
        for (thread, inbox) in self.live().present.expire(self.now()) {
            self.deliver_presence(thread, inbox);
        }
    }

    /// Forgets where a user was present, if the socket that closes is the user's last one on this node: whoever has
    /// closed the page does not look at it any more. One who has another node's socket shows the presence again.
    pub(crate) fn leave(&self, actor: &Actor) {
        let Actor::User(user) = actor else { return };
        // The closing socket is still counted.
        if self.live().connections_of(Sockets::User(user.id)) > 1 {
            return;
        }
        let who = Participant::User(user.id);
        for thread in self.live().present.threads_of(who) {
            self.show_presence(thread, who, Presence::default(), 0);
        }
    }

    fn deliver_presence(&self, thread: ThreadId, inbox: types::InboxId) {
        let event = Event::ThreadPresence { presence: self.presence(thread) };
        match serde_json::to_string(&event) {
            Ok(event) => self
                .live()
                .deliver(Topic::Inbox(inbox), &Frame { position: None, json: passing_frame(&event).into() }),
            Err(cause) => tracing::error!(%cause, "cannot serialise a presence"),
        }
    }
}

/// The frame of an event that is never stored.
fn passing_frame(event: &str) -> String {
    format!("{{\"frame\":\"event\",\"event\":{event}}}")
}
