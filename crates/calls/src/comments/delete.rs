//! Deleting a comment.

use actix_web::delete;
use platform::{Error, Result, Tx};
use types::calls::CallCommentPath;
use types::{ErrorCode, Event, Permission};
use web::{Call, Path, Reply};

use super::lock_comment;
use crate::store::comments;
use crate::{participants, view};

/// Delete a comment of one's own that nobody has answered; with `manage_calls` any comment, with its answers.
#[utoipa::path(operation_id = "delete_call_comment", tag = "calls", params(CallCommentPath), responses(
    (status = 204),
    (status = 409, description = "Somebody else wrote it, or somebody has answered it."),
))]
#[delete("/v1/calls/{call_id}/comments/{comment_id}")]
pub async fn delete_call_comment(call: Call, path: Path<CallCommentPath>) -> Reply {
    call.delete(move |tx| delete(tx, *path)).await
}

/// Deletes a comment.
///
/// # Errors
/// [`Error::Conflict`] for a comment of somebody else, or one that was answered, without `ManageCalls`.
pub fn delete(tx: &mut Tx<'_>, path: CallCommentPath) -> Result<()> {
    let (call, comment) = lock_comment(tx, path)?;
    if !tx.actor().has(Permission::ManageCalls) {
        if comment.author_id != Some(tx.actor().user_id()?) {
            return Err(Error::conflict(ErrorCode::Conflict, "only who wrote a comment may delete it"));
        }
        if comments::is_answered(tx, comment.id)? {
            return Err(Error::conflict(ErrorCode::InUse, "somebody has answered the comment"));
        }
    }
    comments::delete(tx, &call, comment.id)?;
    participants::name_contact(tx, &call)?;
    view::tell(tx, &call, Event::CallCommentsChanged { call_id: call.id })
}
