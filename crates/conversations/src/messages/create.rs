//! Replying to the contact.

use accounts::content::Content;
use actix_web::post;
use platform::{Error, Result, Tx};
use types::conversations::{CreateMessage, DeliveryState, Message, MessageKind, ThreadPath};
use types::{ErrorCode, Permission, ThreadId, UserId};
use web::{Body, Call, Path, Reply};

use crate::access;
use crate::entries::{self, Author, NewEntry};
use crate::store::threads::ThreadRow;
use crate::store::{messages, threads};
use crate::threads::reopen_closed;

/// How many newer messages a refused reply shows.
const SHOWN_NEWER: i64 = 50;

/// Reply to the contact. A closed thread is opened again.
#[utoipa::path(operation_id = "create_message", tag = "conversations", params(ThreadPath), request_body = CreateMessage, responses((status = 201, body = Message)))]
#[post("/v1/threads/{thread_id}/messages")]
pub async fn create_message(call: Call, path: Path<ThreadPath>, body: Body<CreateMessage>) -> Reply {
    let content = Content::from_html("html", &body.html)?;
    call.create(move |tx| create(tx, path.thread_id, &body, &content)).await
}

/// Adds a reply. Whoever writes has read what came before.
///
/// It counts as sent: the channel hands it over in the same transaction, or marks it as failed.
///
/// # Errors
/// [`Error::Conflict`] `newer_messages` when others wrote after `seen_seq`, unless `send_anyway`; [`Error::Invalid`]
/// naming the field; [`Error::NotFound`] unless the actor may use the inbox; [`Error::Forbidden`] without `Reply`.
pub fn create(tx: &mut Tx<'_>, id: ThreadId, request: &CreateMessage, content: &Content) -> Result<Message> {
    let client_id = request.client_id.as_deref();
    entries::check(tx, "html", content, &request.attachment_ids, client_id)?;
    let thread = access::lock_thread(tx, id, Permission::Reply)?;
    if let Some(first) = entries::sent_before(tx, &thread, client_id)? {
        return Ok(first);
    }
    let author = Author::acting(tx)?;
    let user = author.user_id().ok_or(Error::Unauthenticated)?;
    if let Some(seen) = request.seen_seq.filter(|_| !request.send_anyway) {
        refuse_if_stale(tx, &thread, seen, user)?;
    }
    let thread = reopen_closed(tx, thread, &author)?;
    let (message, thread) = entries::post(
        tx,
        &thread,
        NewEntry {
            kind: MessageKind::Message,
            author: &author,
            content,
            attachment_ids: &request.attachment_ids,
            mentioned_user_ids: &[],
            activity: None,
            delivery: Some(DeliveryState::Sent),
            client_id,
        },
    )?;
    threads::save_read_position(tx, &thread, user, message.seq)?;
    Ok(message)
}

/// Refuses a reply that was written without having seen what others wrote since.
fn refuse_if_stale(tx: &mut Tx<'_>, thread: &ThreadRow, seen: i64, user: UserId) -> Result<()> {
    if thread.last_entry_seq <= seen {
        return Ok(());
    }
    let newer = messages::newer_by_others(tx, thread.id, seen, user, SHOWN_NEWER)?;
    if newer.is_empty() {
        return Ok(());
    }
    let messages = entries::messages_to_wire(tx, thread, newer)?;
    Err(Error::Conflict {
        code: ErrorCode::NewerMessages,
        detail: "there are newer messages in the conversation; read them, or send anyway".to_owned(),
        extra: Some(serde_json::json!({ "messages": messages })),
    })
}
