//! Deleting a company.

use actix_web::delete;
use platform::{Result, Tx};
use types::crm::CompanyPath;
use types::{CompanyId, Event};
use web::{Call, Path, Reply};

use crate::{access, records, store};

/// Delete a company. Its contacts stay, without a company.
#[utoipa::path(operation_id = "delete_company", tag = "crm", params(CompanyPath), responses((status = 204)))]
#[delete("/v1/companies/{company_id}")]
pub async fn delete_company(call: Call, path: Path<CompanyPath>) -> Reply {
    call.delete(move |tx| delete(tx, path.company_id)).await
}

/// Deletes the company and takes it from its contacts.
///
/// # Errors
/// [`Error::NotFound`](platform::Error::NotFound); [`Error::Forbidden`](platform::Error::Forbidden) without
/// `EditContacts`.
pub fn delete(tx: &mut Tx<'_>, id: CompanyId) -> Result<()> {
    let company = access::lock_company(tx, id)?;
    store::delete_company(tx, &company)?;
    records::forget(tx, id.into(), company.owner_id)?;
    tx.emit(records::subject(company.owner_id), Event::CompanyDeleted { company_id: id })
}
