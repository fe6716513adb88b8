//! Changing what one has commented.

use accounts::content::Content;
use actix_web::put;
use db::Json;
use platform::{Error, Result, Tx};
use types::calls::{CallComment, CallCommentPath, EditCallComment};
use types::{ErrorCode, Event, UserId};
use web::{Body, Call, Path, Reply};

use super::{check_mentions, lock_comment, notify_mentioned, require_text};
use crate::store::comments;
use crate::{participants, view};

/// Change a comment of one's own.
#[utoipa::path(operation_id = "edit_call_comment", tag = "calls", params(CallCommentPath), request_body = EditCallComment, responses(
    (status = 200, body = CallComment),
    (status = 409, description = "Somebody else wrote it."),
))]
#[put("/v1/calls/{call_id}/comments/{comment_id}")]
pub async fn edit_call_comment(
    call: Call,
    path: Path<CallCommentPath>,
    body: Body<EditCallComment>,
) -> Reply {
    let content = Content::from_html("html", &body.html)?;
    call.write(move |tx| edit(tx, *path, &body, &content)).await
}

/// Writes the whole of a comment's text. Users whom it did not mention before are notified.
///
/// # Errors
/// [`Error::Conflict`] for a comment of somebody else; [`Error::Invalid`] naming the field.
pub fn edit(
    tx: &mut Tx<'_>,
    path: CallCommentPath,
    request: &EditCallComment,
    content: &Content,
) -> Result<CallComment> {
    let (call, comment) = lock_comment(tx, path)?;
    if comment.author_id != Some(tx.actor().user_id()?) {
        return Err(Error::conflict(ErrorCode::Conflict, "only who wrote a comment may change it"));
    }
    require_text(content)?;
    let mentioned = check_mentions(tx, &call, &request.mentioned_user_ids)?;
    let known = &comment.mentioned_user_ids.0;
    let new: Vec<UserId> = mentioned.iter().copied().filter(|id| !known.contains(id)).collect();
    let mut row = comment.clone();
    row.html = content.html().to_owned();
    row.text = content.text().to_owned();
    row.mentioned_user_ids = Json(mentioned);
    row.edited_at = Some(tx.now());
    comments::update(tx, &call, &row)?;
    participants::name_contact(tx, &call)?;
    view::tell(tx, &call, Event::CallCommentsChanged { call_id: call.id })?;
    notify_mentioned(tx, &new, &row)?;
    Ok(row.to_wire())
}
