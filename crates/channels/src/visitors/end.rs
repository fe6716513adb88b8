//! Ends a conversation because the visitor wants it to end.

use actix_web::post;
use platform::{Error, Result, Tx};
use types::VisitorEvent;
use types::channels::Visitor;
use web::{Call, Reply};

use super::view;
use crate::access;

/// End the conversation at hand. What the visitor writes next starts another one.
#[utoipa::path(operation_id = "end_visitor_conversation", tag = "visitors",
    responses(
        (status = 200, description = "The visitor, without a conversation.", body = Visitor),
        (status = 404, description = "The visitor has no conversation."),
    ))]
#[post("/v1/visitor/end")]
pub(crate) async fn end_visitor_conversation(call: Call) -> Reply {
    call.write(end).await
}

pub(super) fn end(tx: &mut Tx<'_>) -> Result<Visitor> {
    let visitor = access::lock_visitor(tx)?;
    let thread = view::current_thread(tx, visitor.id)?.ok_or(Error::NotFound)?;
    conversations::end_by_contact(tx, thread.id)?;
    let shown = view::visitor(tx, &visitor)?;
    tx.emit_to_visitor(visitor.id, VisitorEvent::VisitorChanged { visitor: shown.clone() })?;
    Ok(shown)
}
