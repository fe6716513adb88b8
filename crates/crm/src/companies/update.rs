//! Changing a company.

use actix_web::put;
use platform::{Result, Tx};
use types::crm::{Company, CompanyPath, SaveCompany};
use types::{CompanyId, Event, Permission, Subject};
use web::{Body, Call, Path, Reply};

use super::create::{check, domain_taken};
use crate::{access, folding, store};

/// Change a company: the request holds the whole of it.
#[utoipa::path(operation_id = "update_company", tag = "crm", params(CompanyPath), request_body = SaveCompany, responses((status = 200, body = Company)))]
#[put("/v1/companies/{company_id}")]
pub async fn update_company(call: Call, path: Path<CompanyPath>, body: Body<SaveCompany>) -> Reply {
    call.write(move |tx| update(tx, path.company_id, &body)).await
}

/// Writes the whole of a company.
///
/// # Errors
/// [`Error::Invalid`](platform::Error::Invalid) for fields that break a rule or a domain that is taken.
pub fn update(tx: &mut Tx<'_>, id: CompanyId, request: &SaveCompany) -> Result<Company> {
    let locked = access::lock_company(tx, id)?;
    let (name, domain) = check(request)?;
    let mut row = locked.clone();
    row.name_key = folding::name_key(&name);
    row.name = name;
    row.domain = domain;
    row.updated_at = tx.now();
    store::update_company(tx, &locked, &row).map_err(domain_taken)?;
    let counts = store::count_contacts(tx, &[id])?;
    let company = row.to_wire(counts.first().map_or(0, |(_, count)| *count));
    tx.emit(
        Subject::Permission(Permission::ReadContacts),
        Event::CompanyChanged { company: company.clone() },
    )?;
    Ok(company)
}
