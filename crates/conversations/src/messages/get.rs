//! One entry, for a link that leads to it.

use actix_web::get;
use platform::{Error, Result, Tx};
use types::MessageId;
use types::conversations::{Message, MessagePath};
use web::{Call, Path, Reply};

use crate::{access, entries};

/// Get an entry. Its thread and number say where a link to it leads.
#[utoipa::path(operation_id = "get_message", tag = "conversations", params(MessagePath), responses((status = 200, body = Message)))]
#[get("/v1/messages/{message_id}")]
pub async fn get_message(call: Call, path: Path<MessagePath>) -> Reply {
    call.read(move |tx| get(tx, path.message_id)).await
}

/// The entry.
///
/// # Errors
/// [`Error::NotFound`] unless the actor may use the inbox of its thread.
pub fn get(tx: &mut Tx<'_>, id: MessageId) -> Result<Message> {
    let (row, thread) = access::read_message(tx, id)?;
    entries::messages_to_wire(tx, &thread, vec![row])?.pop().ok_or(Error::NotFound)
}
