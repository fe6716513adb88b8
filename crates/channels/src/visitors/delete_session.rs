//! Ends a visitor's session, so that the browser forgets the conversation.

use actix_web::delete;
use platform::{Result, Sockets, Tx};
use web::{Call, Reply};

use super::store;
use crate::access;

/// End the visitor's session. Its token is worth nothing from then on; the conversation stays with the team.
#[utoipa::path(operation_id = "delete_visitor_session", tag = "visitors",
    responses((status = 204, description = "The session has ended.")))]
#[delete("/v1/visitor/session")]
pub(crate) async fn delete_visitor_session(call: Call) -> Reply {
    call.delete(delete).await
}

fn delete(tx: &mut Tx<'_>) -> Result<()> {
    let session_id = tx.actor().visitor()?.session_id;
    let visitor = access::lock_visitor(tx)?;
    store::end_session(tx, &visitor, session_id)?;
    tx.end_sockets(Sockets::VisitorSession(session_id), "ended")
}
