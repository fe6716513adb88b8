//! Reading one company.

use actix_web::get;
use platform::{Result, Tx};
use types::CompanyId;
use types::crm::{Company, CompanyPath};
use web::{Call, Path, Reply};

use crate::{access, properties, store};

/// Get a company.
#[utoipa::path(operation_id = "get_company", tag = "crm", params(CompanyPath), responses((status = 200, body = Company)))]
#[get("/v1/companies/{company_id}")]
pub async fn get_company(call: Call, path: Path<CompanyPath>) -> Reply {
    call.read(move |tx| get(tx, path.company_id)).await
}

/// The company with the number of its contacts.
///
/// # Errors
/// [`Error::NotFound`](platform::Error::NotFound); [`Error::Forbidden`](platform::Error::Forbidden) without
/// `ReadContacts`.
pub fn get(tx: &mut Tx<'_>, id: CompanyId) -> Result<Company> {
    let row = access::read_company(tx, id)?;
    let counts = store::count_contacts(tx, &[id])?;
    let count = counts.first().map_or(0, |(_, count)| *count);
    Ok(row.to_wire(count, properties::of_record(tx, id)?))
}
