//! Who talks to the server. Each dereferences to a typed client with its credential.

use std::ops::Deref;

use client::Client;
use client::native::HttpTransport;
use types::accounts::User as Profile;
use types::channels::{CreateVisitorMessage, VisitorMessage, VisitorSessionReply};
use types::conversations::{CreateMessage, ListMessages, Message, ThreadPath};
use types::{Event, ThreadId, UserId, VisitorEvent};

use crate::LiveSocket;

/// A user, or a program that acts for one.
pub struct User {
    client: Client<HttpTransport>,
    base: String,
    /// The credential.
    pub token: String,
    /// The profile at the time of the sign-in.
    pub profile: Profile,
}

impl User {
    pub(crate) fn new(http: &reqwest::Client, base: &str, token: String, profile: Profile) -> Self {
        let transport = HttpTransport::with_http(http.clone(), base, Some(token.clone()));
        Self { client: Client::new(transport), base: base.to_owned(), token, profile }
    }

    /// The user's id.
    pub fn id(&self) -> UserId {
        self.profile.id
    }

    /// The same user talking to another node.
    pub fn at(&self, http: &reqwest::Client, base: &str) -> Self {
        Self::new(http, base, self.token.clone(), self.profile.clone())
    }

    /// Answers a thread, whatever came in between.
    pub async fn reply(&self, thread: ThreadId, html: &str) -> Message {
        let request = CreateMessage {
            html: html.to_owned(),
            attachment_ids: Vec::new(),
            client_id: None,
            seen_seq: None,
            send_anyway: true,
        };
        self.create_message(&ThreadPath { thread_id: thread }, &request).await.unwrap()
    }

    /// The newest entries of a thread.
    pub async fn entries(&self, thread: ThreadId) -> Vec<Message> {
        let query = ListMessages { limit: Some(200), ..ListMessages::default() };
        self.list_messages(&ThreadPath { thread_id: thread }, &query).await.unwrap().items
    }

    /// A socket that gets what happens from now on, or since a cursor.
    pub async fn listen(&self, since: Option<&str>) -> LiveSocket<Event> {
        LiveSocket::open(&self.base, &self.token, since).await
    }
}

impl Deref for User {
    type Target = Client<HttpTransport>;

    fn deref(&self) -> &Self::Target {
        &self.client
    }
}

/// A visitor of a customer's site.
pub struct Visitor {
    client: Client<HttpTransport>,
    base: String,
    /// The start of the session: credential and what the visitor knows of itself.
    pub session: VisitorSessionReply,
}

impl Visitor {
    pub(crate) fn new(http: &reqwest::Client, base: &str, session: VisitorSessionReply) -> Self {
        let transport = HttpTransport::with_http(http.clone(), base, Some(session.token.clone()));
        Self { client: Client::new(transport), base: base.to_owned(), session }
    }

    /// The same visitor talking to another node.
    pub fn at(&self, http: &reqwest::Client, base: &str) -> Self {
        Self::new(http, base, self.session.clone())
    }

    /// Sends a message under a name of its own.
    pub async fn says(&self, text: &str) -> VisitorMessage {
        self.create_visitor_message(&message(text, text)).await.unwrap()
    }

    /// A socket that gets what happens from now on, or since a cursor.
    pub async fn listen(&self, since: Option<&str>) -> LiveSocket<VisitorEvent> {
        LiveSocket::open(&self.base, &self.session.token, since).await
    }
}

impl Deref for Visitor {
    type Target = Client<HttpTransport>;

    fn deref(&self) -> &Self::Target {
        &self.client
    }
}

/// A visitor's message.
fn message(client_id: &str, text: &str) -> CreateVisitorMessage {
    CreateVisitorMessage {
        text: text.to_owned(),
        attachment_ids: Vec::new(),
        client_id: client_id.chars().take(64).collect(),
        page_url: None,
    }
}
