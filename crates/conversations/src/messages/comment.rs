//! Commenting among the team. The contact never sees it.

use accounts::content::Content;
use accounts::mentions;
use actix_web::post;
use platform::{Error, Result, Tx};
use types::accounts::{NotificationKind, UserState};
use types::conversations::{CreateComment, Message, MessageKind, ThreadPath};
use types::{InboxId, Permission, ThreadId, UserId};
use web::{Body, Call, Path, Reply};

use crate::entries::{self, Author, NewEntry};
use crate::store::{people, threads};
use crate::{access, notices};

/// Write an internal comment. The users it mentions are notified.
#[utoipa::path(operation_id = "create_comment", tag = "conversations", params(ThreadPath), request_body = CreateComment, responses((status = 201, body = Message)))]
#[post("/v1/threads/{thread_id}/comments")]
pub async fn create_comment(call: Call, path: Path<ThreadPath>, body: Body<CreateComment>) -> Reply {
    let content = Content::from_html("html", &body.html)?;
    call.create(move |tx| comment(tx, path.thread_id, &body, &content)).await
}

/// Adds a comment. Neither its place in the list nor whose turn it is changes.
///
/// # Errors
/// [`Error::Invalid`] naming the field, such as `mentioned_user_ids` for a user who may not use the inbox;
/// [`Error::NotFound`] unless the actor may use the inbox; [`Error::Forbidden`] without `Comment`.
pub fn comment(tx: &mut Tx<'_>, id: ThreadId, request: &CreateComment, content: &Content) -> Result<Message> {
    let client_id = request.client_id.as_deref();
    entries::check(tx, "html", content, &request.attachment_ids, client_id)?;
    let thread = access::lock_thread(tx, id, Permission::Comment)?;
    if let Some(first) = entries::sent_before(tx, &thread, client_id)? {
        return Ok(first);
    }
    let (inbox, refusal) = (thread.inbox_id, "may not use the inbox of this conversation");
    let mentioned =
        mentions::check(tx, &request.mentioned_user_ids, refusal, |tx, id| may_read(tx, id, inbox))?;
    let author = Author::acting(tx)?;
    let user = author.user_id().ok_or(Error::Unauthenticated)?;
    let (message, thread) = entries::post(
        tx,
        &thread,
        NewEntry {
            kind: MessageKind::Comment,
            author: &author,
            content,
            attachment_ids: &request.attachment_ids,
            mentioned_user_ids: &mentioned,
            activity: None,
            delivery: None,
            client_id,
        },
    )?;
    threads::save_read_position(tx, &thread, user, message.seq)?;
    notices::notify(tx, &mentioned, &thread, NotificationKind::Mentioned, (&author, Some(&message)))?;
    Ok(message)
}

/// Whether a user may read the comments in an inbox.
fn may_read(tx: &mut Tx<'_>, id: UserId, inbox: InboxId) -> Result<bool> {
    let colleague = people::colleague(tx, id, inbox)?;
    Ok(colleague.is_some_and(|user| user.state == UserState::Active && user.may_use_inbox()))
}
