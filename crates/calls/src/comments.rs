//! Comments on calls: what colleagues say to each other about them, each about a moment or about the whole.

mod create;
mod delete;
mod edit;
mod list;

use accounts::content::Content;
use accounts::mentions;
use accounts::notifications::{Notice, Place, notify};
use platform::{Error, Granted, Result, Tx};
use types::accounts::NotificationKind;
use types::calls::CallCommentPath;
use types::{FieldError, UserId};

use crate::access;
use crate::store::calls::CallRow;
use crate::store::comments::{self, CommentRow};
use crate::store::participants;

pub use create::{create, create_call_comment};
pub use delete::{delete, delete_call_comment};
pub use edit::{edit, edit_call_comment};
pub use list::{list, list_call_comments};

/// Refuses a comment in which there is nothing to read.
fn require_text(content: &Content) -> Result<()> {
    if !content.is_empty() {
        return Ok(());
    }
    Err(Error::Invalid(vec![FieldError {
        field: "html".to_owned(),
        code: "required".to_owned(),
        detail: "must not be empty".to_owned(),
    }]))
}

/// A call that the actor may comment on, with one of its comments.
fn lock_comment(tx: &mut Tx<'_>, path: CallCommentPath) -> Result<(Granted<CallRow>, CommentRow)> {
    let call = access::lock_call_to_comment(tx, path.call_id)?;
    let comment = comments::find(tx, path.call_id, path.comment_id)?.ok_or(Error::NotFound)?;
    Ok((call, comment))
}

/// The mentioned users without repetitions, if each may see the call.
fn check_mentions(tx: &mut Tx<'_>, call: &CallRow, ids: &[UserId]) -> Result<Vec<UserId>> {
    mentions::check(tx, ids, "may not see the call", |tx, id| match accounts::actor_of(tx, id)? {
        Some(actor) => access::may_see(tx, &actor, call),
        None => Ok(false),
    })
}

/// Notifies users that a comment mentions them. What follows is about the contact of the call.
fn notify_mentioned(tx: &mut Tx<'_>, users: &[UserId], comment: &CommentRow) -> Result<()> {
    // What is told is erased with one contact; of a call with several nothing of the text is copied.
    let is_of_one = participants::contacts_of(tx, comment.call_id)?.len() <= 1;
    let preview = if is_of_one { accounts::content::preview_of(&comment.text) } else { String::new() };
    let notice = Notice {
        kind: NotificationKind::Mentioned,
        place: Place::Call(comment.call_id, comment.id),
        from_name: comment.author_name.clone(),
        preview,
        contact_id: tx.contact(),
        owner_user_id: None,
        owner_team_id: None,
    };
    notify(tx, users, &notice)
}
