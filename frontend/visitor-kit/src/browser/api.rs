//! The visitor's requests.

use std::cell::RefCell;
use std::rc::Rc;

use types::channels::{
    CreateVisitorMessage, CreateVisitorSession, IdentifyVisitor, SaveVisitorReceipt, ShowVisitorTyping,
    Visitor, VisitorMessage, VisitorMessagePage, VisitorSessionReply,
};

use super::fetch::fetch;
use crate::endpoints;
use crate::json::{self, Json, Read};
use crate::live_frame::Poll;

/// Why a request failed, as far as the visitor's chat goes on differently.
#[derive(Clone, Debug, PartialEq)]
pub enum Failure {
    /// No reply came, or the server cannot do it at the moment: try again later.
    Unreachable,
    /// Too many requests.
    RateLimited {
        /// After how many seconds to try again.
        seconds: u32,
    },
    /// The visitor's session has ended.
    SessionEnded,
    /// The host page could not prove who the visitor is.
    IdentityRefused,
    /// This browser belongs to another identity.
    OtherIdentity,
    /// The server refused.
    Refused {
        /// The HTTP status.
        status: u16,
        /// Why.
        detail: String,
    },
}

impl Failure {
    /// What a reply with this status and body means.
    pub(super) fn of_reply(status: u16, body: &str, retry_after: Option<u32>) -> Self {
        let problem = Json::parse(body);
        let part = |name| problem.as_ref().and_then(|problem| problem.text(name)).unwrap_or_default();
        match (status, part("code").as_str()) {
            (401 | 403, "identity_refused") => Self::IdentityRefused,
            (401, _) => Self::SessionEnded,
            (409, "conflict") => Self::OtherIdentity,
            (429, _) => Self::RateLimited { seconds: retry_after.unwrap_or(10) },
            (400..500, _) => Self::Refused { status, detail: part("detail") },
            _ => Self::Unreachable,
        }
    }
}

/// The credential of the requests, shared by all who send.
pub type Token = Rc<RefCell<Option<String>>>;

/// A part of the conversation to ask for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Part {
    /// The newest messages.
    Newest,
    /// Those before this number.
    Before(i64),
    /// Those after this number.
    After(i64),
}

/// The operations of the API that visitors use, with the visitor's credential.
///
/// It is not the `client` crate: reading replies as that does takes a third of what a whole widget may weigh.
pub struct Api {
    base: String,
    token: Token,
}

impl Api {
    /// Talks to the server at `base` with whatever token is current.
    pub fn new(base: &str, token: Token) -> Self {
        Self { base: base.to_owned(), token }
    }

    /// Starts a session.
    ///
    /// # Errors
    /// [`Failure`], as for every operation here.
    pub async fn create_session(
        &self,
        request: &CreateVisitorSession,
    ) -> Result<VisitorSessionReply, Failure> {
        read(self.send("POST", endpoints::SESSIONS, json::write(request)).await?)
    }

    /// Ends the session.
    ///
    /// # Errors
    /// See [`Failure`].
    pub async fn delete_session(&self) -> Result<(), Failure> {
        self.send("DELETE", endpoints::SESSION, String::new()).await.map(drop)
    }

    /// What the server knows of the visitor.
    ///
    /// # Errors
    /// See [`Failure`].
    pub async fn visitor(&self) -> Result<Visitor, Failure> {
        read(self.send("GET", endpoints::VISITOR, String::new()).await?)
    }

    /// A part of the conversation.
    ///
    /// # Errors
    /// See [`Failure`].
    pub async fn messages(&self, part: Part) -> Result<VisitorMessagePage, Failure> {
        let query = match part {
            Part::Newest => String::new(),
            Part::Before(seq) => ["?before=", &seq.to_string()].concat(),
            Part::After(seq) => ["?after=", &seq.to_string()].concat(),
        };
        let path = [endpoints::MESSAGES, &query].concat();
        read(self.send("GET", &path, String::new()).await?)
    }

    /// Stores a message. The same `client_id` again gives the first message.
    ///
    /// # Errors
    /// See [`Failure`].
    pub async fn create_message(&self, request: &CreateVisitorMessage) -> Result<VisitorMessage, Failure> {
        read(self.send("POST", endpoints::MESSAGES, json::write(request)).await?)
    }

    /// Tells what has arrived and what was seen.
    ///
    /// # Errors
    /// See [`Failure`].
    pub async fn save_receipt(&self, request: &SaveVisitorReceipt) -> Result<(), Failure> {
        self.send("POST", endpoints::RECEIPT, json::write(request)).await.map(drop)
    }

    /// Tells whether the visitor is writing, and so that it is there.
    ///
    /// # Errors
    /// See [`Failure`].
    pub async fn show_typing(&self, typing: bool) -> Result<(), Failure> {
        let request = json::write(&ShowVisitorTyping { typing });
        self.send("POST", endpoints::TYPING, request).await.map(drop)
    }

    /// Tells who the visitor is.
    ///
    /// # Errors
    /// See [`Failure`].
    pub async fn identify(&self, request: &IdentifyVisitor) -> Result<Visitor, Failure> {
        read(self.send("POST", endpoints::IDENTIFY, json::write(request)).await?)
    }

    /// Ends the conversation.
    ///
    /// # Errors
    /// See [`Failure`].
    pub async fn end_conversation(&self) -> Result<Visitor, Failure> {
        read(self.send("POST", endpoints::END, String::new()).await?)
    }

    /// What happened since a position: what the live socket would have told.
    ///
    /// # Errors
    /// See [`Failure`].
    pub async fn events(&self, cursor: Option<&str>) -> Result<Poll, Failure> {
        let path = since(endpoints::EVENTS, cursor);
        read(self.send("GET", &path, String::new()).await?)
    }

    async fn send(&self, method: &str, path: &str, body: String) -> Result<String, Failure> {
        let token = self.token.borrow().clone();
        let address = [&self.base, path].concat();
        let reply = fetch(method, &address, token.as_deref(), &body).await.ok_or(Failure::Unreachable)?;
        match reply.status {
            200..300 => Ok(reply.body),
            status => Err(Failure::of_reply(status, &reply.body, reply.retry_after)),
        }
    }
}

fn read<T: Read>(body: String) -> Result<T, Failure> {
    json::read(&body).ok_or(Failure::Unreachable)
}

/// A path with the position to go on from.
pub(super) fn since(path: &str, cursor: Option<&str>) -> String {
    match cursor {
        Some(cursor) => [path, "?since=", &String::from(js_sys::encode_uri_component(cursor))].concat(),
        None => path.to_owned(),
    }
}
