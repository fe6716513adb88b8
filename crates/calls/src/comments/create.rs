//! Commenting on a call.

use accounts::content::Content;
use actix_web::post;
use db::Json;
use platform::{Error, Result, Tx};
use types::calls::{CallComment, CallPath, CreateCallComment};
use types::{CallId, Event};
use web::{Body, Call, Path, Reply};

use super::{check_mentions, notify_mentioned, require_text};
use crate::store::calls::CallRow;
use crate::store::comments::{self, CommentRow};
use crate::store::people;
use crate::{access, participants, view};

/// Comment on a call, or answer a comment. The users it mentions are notified.
#[utoipa::path(operation_id = "create_call_comment", tag = "calls", params(CallPath), request_body = CreateCallComment, responses((status = 201, body = CallComment)))]
#[post("/v1/calls/{call_id}/comments")]
pub async fn create_call_comment(call: Call, path: Path<CallPath>, body: Body<CreateCallComment>) -> Reply {
    let content = Content::from_html("html", &body.html)?;
    call.create(move |tx| create(tx, path.call_id, &body, &content)).await
}

/// Adds a comment to a call.
///
/// # Errors
/// [`Error::Invalid`] naming the field, such as `mentioned_user_ids` for a user who may not see the call;
/// [`Error::Forbidden`] without `Comment` on somebody else's call.
pub fn create(
    tx: &mut Tx<'_>,
    id: CallId,
    request: &CreateCallComment,
    content: &Content,
) -> Result<CallComment> {
    let call = access::lock_call_to_comment(tx, id)?;
    require_text(content)?;
    check_place(tx, &call, request)?;
    let mentioned = check_mentions(tx, &call, &request.mentioned_user_ids)?;
    let author = tx.actor().user_id()?;
    let row = CommentRow {
        id: tx.new_id(),
        call_id: id,
        parent_id: request.parent_id,
        author_id: Some(author),
        author_name: people::name_of(tx, author)?,
        at_ms: request.at_ms,
        html: content.html().to_owned(),
        text: content.text().to_owned(),
        mentioned_user_ids: Json(mentioned.clone()),
        created_at: tx.now(),
        edited_at: None,
    };
    comments::insert(tx, &call, &row)?;
    participants::name_contact(tx, &call)?;
    view::tell(tx, &call, Event::CallCommentsChanged { call_id: id })?;
    notify_mentioned(tx, &mentioned, &row)?;
    Ok(row.to_wire())
}

/// Checks what a comment is about: a moment of the call, or a comment that is no answer itself.
fn check_place(tx: &mut Tx<'_>, call: &CallRow, request: &CreateCallComment) -> Result<()> {
    if let Some(parent) = request.parent_id {
        if request.at_ms.is_some() {
            return Err(Error::invalid("at_ms", "must be left out in an answer"));
        }
        let parent = comments::find(tx, call.id, parent)?;
        let parent = parent.ok_or_else(|| Error::invalid("parent_id", "names no comment on this call"))?;
        if parent.parent_id.is_some() {
            return Err(Error::invalid("parent_id", "names an answer, and answers are not answered"));
        }
    }
    let end = call.duration_ms.unwrap_or(crate::fields::MAX_MS);
    match request.at_ms {
        Some(at_ms) if !(0..=end).contains(&at_ms) => {
            Err(Error::invalid("at_ms", format!("must be 0 to {end}, which is the end of the call")))
        }
        _ => Ok(()),
    }
}
