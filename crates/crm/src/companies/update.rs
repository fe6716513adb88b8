//! Changing a company.

use actix_web::put;
use platform::{Result, Tx};
use types::crm::{Company, CompanyPath, SaveCompany, TimelineEvent};
use types::{CompanyId, Event};
use web::{Body, Call, Path, Reply};

use super::create::{checked, domain_taken};
use crate::{access, properties, records, store, timeline};

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
    let (row, values) = checked(tx, id, locked.created_at, request)?;
    store::update_company(tx, &locked, &row).map_err(domain_taken)?;
    values.write(tx, id)?;
    let owners = (locked.owner_id, row.owner_id);
    if owners.0 != owners.1 {
        timeline::record(tx, id, TimelineEvent::OwnerChanged { from: owners.0, to: owners.1 })?;
    }
    let counts = store::count_contacts(tx, &[id])?;
    let count = counts.first().map_or(0, |(_, count)| *count);
    let company = row.to_wire(count, properties::of_record(tx, id)?);
    records::announce(tx, id, owners, Event::CompanyChanged { company: company.clone() })?;
    Ok(company)
}
