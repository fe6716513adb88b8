//! Sending a message again that did not leave.

use actix_web::post;
use platform::{Error, Result, Tx};
use types::conversations::{DeliveryState, Message, MessagePath};
use types::{ErrorCode, MessageId};
use web::{Call, Path, Reply};

use crate::store::messages;
use crate::{access, delivery};

/// Send a failed message again.
#[utoipa::path(operation_id = "retry_message", tag = "conversations", params(MessagePath), responses((status = 200, body = Message)))]
#[post("/v1/messages/{message_id}/retry")]
pub async fn retry_message(call: Call, path: Path<MessagePath>) -> Reply {
    call.write(move |tx| retry(tx, path.message_id)).await
}

/// Queues the message again; its channel hears of it by `MessageChanged` and reports what became of it.
///
/// # Errors
/// [`Error::Conflict`] unless it failed; [`Error::NotFound`] unless the actor may use the inbox; [`Error::Forbidden`]
/// without `Reply`.
pub fn retry(tx: &mut Tx<'_>, id: MessageId) -> Result<Message> {
    let (message, thread) = access::lock_message(tx, id)?;
    if message.delivery != Some(DeliveryState::Failed) {
        return Err(Error::conflict(ErrorCode::Conflict, "only a message that failed can be sent again"));
    }
    messages::set_delivery(tx, &message, DeliveryState::Queued, None)?;
    let mut row = (*message).clone();
    row.delivery = Some(DeliveryState::Queued);
    row.delivery_error = None;
    delivery::announce(tx, &thread, row)?;
    super::get(tx, id)
}
