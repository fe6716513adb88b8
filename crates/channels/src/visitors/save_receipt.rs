//! Takes note of what has arrived at a visitor and of what the visitor has seen.

use actix_web::post;
use platform::{Error, Result, Tx};
use types::channels::SaveVisitorReceipt;
use web::{Body, Call, Reply};

use super::view;
use crate::access;

/// Say up to which number messages have arrived and were seen.
#[utoipa::path(operation_id = "save_visitor_receipt", tag = "visitors", request_body = SaveVisitorReceipt,
    responses(
        (status = 204, description = "It is written down."),
        (status = 404, description = "The visitor has no conversation."),
    ))]
#[post("/v1/visitor/receipt")]
pub(crate) async fn save_visitor_receipt(call: Call, body: Body<SaveVisitorReceipt>) -> Reply {
    call.delete(move |tx| save(tx, &body)).await
}

/// Saves what has arrived at the visitor who acts, and what the visitor has seen.
///
/// # Errors
/// [`Error::Invalid`] for a negative number; [`Error::NotFound`] when there is no conversation.
pub fn save(tx: &mut Tx<'_>, receipt: &SaveVisitorReceipt) -> Result<()> {
    for (field, seq) in [("delivered_seq", receipt.delivered_seq), ("read_seq", receipt.read_seq)] {
        if seq < 0 {
            return Err(Error::invalid(field, "must not be negative"));
        }
    }
    let visitor = access::lock_visitor(tx)?;
    let thread = view::current_thread(tx, visitor.id)?.ok_or(Error::NotFound)?;
    conversations::save_receipt(tx, thread.id, receipt.delivered_seq, receipt.read_seq)?;
    Ok(())
}
