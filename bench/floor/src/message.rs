//! What both engines share of posting a message: the request, ids, and the JSON that is
//! stored as an event and sent back.

use std::sync::atomic::{AtomicI64, Ordering};
use std::time::Instant;

use actix_web::error::ErrorInternalServerError;
use serde::Deserialize;
use serde_json::{Map, Value, json};

/// A row as JSON, by the names of its columns.
pub type Row = Map<String, Value>;

/// The reply to the contact, as Rapport's API takes it.
#[derive(Debug, Deserialize)]
pub struct CreateMessage {
    pub html: String,
    pub client_id: String,
}

/// What is written for one message.
pub struct NewMessage {
    pub thread_id: i64,
    pub request: CreateMessage,
}

/// Ids that no copy of Rapport's database holds, and a clock that needs no calendar.
pub struct Ids {
    next: AtomicI64,
    started: Instant,
}

/// Higher than any id that Rapport makes: its ids have 53 bits.
const FIRST_ID: i64 = 1 << 53;

impl Default for Ids {
    fn default() -> Self {
        Self { next: AtomicI64::new(FIRST_ID), started: Instant::now() }
    }
}

impl Ids {
    /// A new id.
    pub fn next(&self) -> i64 {
        self.next.fetch_add(1, Ordering::Relaxed)
    }

    /// A time that rises, in microseconds.
    pub fn now(&self) -> i64 {
        FIRST_ID + i64::try_from(self.started.elapsed().as_micros()).unwrap_or(i64::MAX - FIRST_ID)
    }
}

/// A column that holds a number; 0 when it is absent.
pub fn number(row: &Row, column: &str) -> i64 {
    row.get(column).and_then(Value::as_i64).unwrap_or_default()
}

/// The message as JSON.
pub fn wire(new: &NewMessage, id: i64, seq: i64, author_name: &str, now: i64) -> Value {
    json!({
        "id": id, "thread_id": new.thread_id, "seq": seq, "kind": "message", "author": "user",
        "author_name": author_name, "html": new.request.html, "text": new.request.html, "attachments": [],
        "mentioned_user_ids": [], "activity": null, "delivery": "sent", "delivery_error": null,
        "client_id": new.request.client_id, "created_at": now,
    })
}

/// Whom the two events of a message are for: the users of the inbox, and the visitor.
pub fn topics(thread: &Row) -> [String; 2] {
    [format!("inbox:{}", number(thread, "inbox_id")), format!("visitor:{}", number(thread, "visitor_id"))]
}

/// The two events of a message, for [`topics`].
pub fn events(message: &Value, thread: Row, unread: i64) -> [String; 2] {
    let visitor = json!({
        "id": thread.get("id"), "status": "open", "last_seq": thread.get("last_seq"), "read_seq": 0,
        "delivered_seq": 0, "team_read_seq": thread.get("last_seq"), "unread": unread,
        "answered_by": message.get("author_name"),
    });
    [
        json!({ "type": "message_created", "message": message, "thread": Value::Object(thread) }).to_string(),
        json!({ "type": "message_created", "message": message, "thread": visitor }).to_string(),
    ]
}

/// A failure as a reply; the load tool counts it as refused.
pub fn failed(cause: impl std::fmt::Display) -> actix_web::Error {
    ErrorInternalServerError(cause.to_string())
}
