//! A company in Rapport, made through the API: an administrator, a chat widget, visitors with conversations.

use std::net::SocketAddr;

use anyhow::{Context, Result};
use serde::Serialize;
use serde::de::DeserializeOwned;
use tokio::task::JoinSet;
use types::accounts::{CreateFirstAdministrator, CreateSession, SessionReply};
use types::channels::{
    ChatWidget, CreateChatWidget, CreateVisitorMessage, CreateVisitorSession, VisitorMessage,
    VisitorSessionReply,
};
use types::conversations::{CreateMessage, Inbox, SaveInbox};
use types::{InboxId, ThreadId, WidgetId};

use crate::http::{Connection, get, post};

/// What the administrator signs in with.
pub const EMAIL: &str = "ana@example.org";
/// The password that goes with it.
pub const PASSWORD: &str = "a long password";

/// How many requests are made at a time.
pub const CONNECTIONS: usize = 64;

/// What a message says: about as much as people write.
pub const TEXT: &str =
    "Thank you for your message. We have looked at your order and will come back to you today.";

/// A company, and the access token of its administrator.
#[derive(Clone)]
pub struct Company {
    pub address: SocketAddr,
    pub token: String,
}

/// A visitor who has written.
#[derive(Clone)]
pub struct Visitor {
    pub token: String,
    pub thread: ThreadId,
}

impl Company {
    /// Creates the first administrator of a new database.
    ///
    /// # Errors
    /// When the server refuses it.
    pub async fn found(address: SocketAddr) -> Result<Self> {
        let new = CreateFirstAdministrator {
            name: "Ana".to_owned(),
            email: EMAIL.to_owned(),
            password: PASSWORD.to_owned(),
            company_name: "Bench".to_owned(),
        };
        let reply: SessionReply =
            Connection::open(address).await?.call(&post("/v1/setup", None, &new)?).await?;
        Ok(Self { address, token: reply.access_token })
    }

    /// Signs in to a database that [`found`](Self::found) was called on.
    ///
    /// # Errors
    /// When the server refuses it.
    pub async fn sign_in(address: SocketAddr) -> Result<Self> {
        let session = CreateSession { email: EMAIL.to_owned(), password: PASSWORD.to_owned(), code: None };
        let reply: SessionReply =
            Connection::open(address).await?.call(&post("/v1/sessions", None, &session)?).await?;
        Ok(Self { address, token: reply.access_token })
    }

    /// Reads something.
    ///
    /// # Errors
    /// When the server refuses it.
    pub async fn get<T: DeserializeOwned>(&self, path: &str) -> Result<T> {
        Connection::open(self.address).await?.call(&get(path, Some(&self.token))).await
    }

    /// The bytes of a POST.
    ///
    /// # Errors
    /// When the body cannot be serialised.
    pub fn post(&self, path: &str, body: &impl Serialize) -> Result<Vec<u8>> {
        post(path, Some(&self.token), body)
    }

    /// Makes an inbox.
    ///
    /// # Errors
    /// When the server refuses it.
    pub async fn inbox(&self, name: &str) -> Result<InboxId> {
        let new = SaveInbox { name: name.to_owned(), member_ids: Vec::new() };
        let request = self.post("/v1/inboxes", &new)?;
        Ok(Connection::open(self.address).await?.call::<Inbox>(&request).await?.id)
    }

    /// Makes a chat widget with an inbox.
    ///
    /// # Errors
    /// When the server refuses it.
    pub async fn widget(&self) -> Result<WidgetId> {
        let new = CreateChatWidget { name: "Site".to_owned(), inbox_id: self.inbox("Support").await? };
        let request = self.post("/v1/chat_widgets", &new)?;
        Ok(Connection::open(self.address).await?.call::<ChatWidget>(&request).await?.id)
    }

    /// The bytes of a reply to a contact.
    ///
    /// # Errors
    /// When it cannot be serialised.
    pub fn reply(&self, thread: ThreadId, html: String, client_id: Option<String>) -> Result<Vec<u8>> {
        let body =
            CreateMessage { html, attachment_ids: Vec::new(), client_id, seen_seq: None, send_anyway: false };
        self.post(&format!("/v1/threads/{thread}/messages"), &body)
    }

    /// Holds `count` conversations of `messages` messages each, the visitor and the administrator in turn.
    ///
    /// # Errors
    /// When the server refuses any of it.
    pub async fn converse(&self, widget: WidgetId, count: usize, messages: usize) -> Result<Vec<Visitor>> {
        let mut tasks = JoinSet::new();
        for number in 0..CONNECTIONS {
            let company = self.clone();
            let share = (number..count).step_by(CONNECTIONS).len();
            tasks.spawn(async move {
                let mut connection = Connection::open(company.address).await?;
                let mut visitors = Vec::with_capacity(share);
                for _ in 0..share {
                    visitors.push(company.conversation(&mut connection, widget, messages).await?);
                }
                anyhow::Ok(visitors)
            });
        }
        let mut visitors = Vec::with_capacity(count);
        while let Some(done) = tasks.join_next().await {
            visitors.extend(done??);
        }
        Ok(visitors)
    }

    async fn conversation(
        &self,
        connection: &mut Connection,
        widget: WidgetId,
        messages: usize,
    ) -> Result<Visitor> {
        let new = CreateVisitorSession { widget_id: widget, language: None, time_zone: None };
        let VisitorSessionReply { token, .. } =
            connection.call(&post("/v1/visitor_sessions", None, &new)?).await?;
        let mut thread = None;
        for number in 0..messages {
            match thread {
                Some(thread) if number % 2 == 1 => {
                    let request = self.reply(thread, format!("<p>{TEXT}</p>"), Some(format!("r{number}")))?;
                    connection.call::<serde::de::IgnoredAny>(&request).await?;
                }
                _ => {
                    let message = CreateVisitorMessage {
                        text: TEXT.to_owned(),
                        attachment_ids: Vec::new(),
                        client_id: format!("v{number}"),
                        page_url: None,
                    };
                    let request = post("/v1/visitor/messages", Some(&token), &message)?;
                    thread = Some(connection.call::<VisitorMessage>(&request).await?.thread_id);
                }
            }
        }
        Ok(Visitor { token, thread: thread.context("a conversation has a message at least")? })
    }
}
