//! Deleting a deal.

use actix_web::delete;
use platform::{Result, Tx};
use serde_json::json;
use types::crm::DealPath;
use types::{DealId, Event};
use web::{Call, Path, Reply};

use crate::{access, records, store};

/// Delete a deal for good, with its associations and its timeline.
#[utoipa::path(operation_id = "delete_deal", tag = "crm", params(DealPath), responses((status = 204)))]
#[delete("/v1/deals/{deal_id}")]
pub async fn delete_deal(call: Call, path: Path<DealPath>) -> Reply {
    call.delete(move |tx| delete(tx, path.deal_id)).await
}

/// Deletes the deal and everything that hangs on it.
///
/// # Errors
/// [`Error::NotFound`](platform::Error::NotFound) for a deal that is out of sight;
/// [`Error::Forbidden`](platform::Error::Forbidden) without `EditContacts`.
pub fn delete(tx: &mut Tx<'_>, id: DealId) -> Result<()> {
    let deal = access::lock_deal(tx, id)?;
    store::delete_deal(tx, &deal)?;
    records::forget(tx, id.into(), deal.owner_id)?;
    tx.audit("deal.delete", ("deal", id.0), json!({ "name": deal.name }))?;
    tx.emit(records::subject(deal.owner_id), Event::DealDeleted { deal_id: id })
}
