//! Reading one deal.

use actix_web::get;
use platform::{Result, Tx};
use types::DealId;
use types::crm::{Deal, DealPath};
use web::{Call, Path, Reply};

use crate::{access, properties};

/// Get a deal.
#[utoipa::path(operation_id = "get_deal", tag = "crm", params(DealPath), responses((status = 200, body = Deal)))]
#[get("/v1/deals/{deal_id}")]
pub async fn get_deal(call: Call, path: Path<DealPath>) -> Reply {
    call.read(move |tx| get(tx, path.deal_id)).await
}

/// The deal.
///
/// # Errors
/// [`Error::NotFound`](platform::Error::NotFound) for a deal that is out of sight;
/// [`Error::Forbidden`](platform::Error::Forbidden) without `ReadContacts`.
pub fn get(tx: &mut Tx<'_>, id: DealId) -> Result<Deal> {
    let row = access::read_deal(tx, id)?;
    Ok(row.to_wire(properties::of_record(tx, id)?))
}
