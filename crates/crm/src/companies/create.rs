//! Creating a company.

use actix_web::post;
use platform::{Error, Result, Tx};
use types::crm::{Company, SaveCompany};
use types::{Event, Permission, Subject};
use web::{Body, Call, Reply};

use crate::store::{self, CompanyRow};
use crate::{access, folding};
use platform::fields::{self, Fields};

/// Create a company.
#[utoipa::path(operation_id = "create_company", tag = "crm", request_body = SaveCompany, responses((status = 201, body = Company)))]
#[post("/v1/companies")]
pub async fn create_company(call: Call, body: Body<SaveCompany>) -> Reply {
    call.create(move |tx| create(tx, &body)).await
}

/// Creates a company.
///
/// # Errors
/// [`Error::Invalid`] for fields that break a rule or a domain that is taken.
pub fn create(tx: &mut Tx<'_>, request: &SaveCompany) -> Result<Company> {
    access::require_edit(tx)?;
    let (name, domain) = check(request)?;
    let row = CompanyRow {
        id: tx.new_id(),
        name_key: folding::name_key(&name),
        name,
        domain,
        created_at: tx.now(),
        updated_at: tx.now(),
    };
    store::insert_company(tx, &row).map_err(domain_taken)?;
    let company = row.to_wire(0);
    tx.emit(
        Subject::Permission(Permission::ReadContacts),
        Event::CompanyChanged { company: company.clone() },
    )?;
    Ok(company)
}

/// Name and domain in their normal form.
pub(super) fn check(request: &SaveCompany) -> Result<(String, Option<String>)> {
    let mut fields = Fields::default();
    let checked =
        (fields.required("name", &request.name, 200), fields.domain("domain", request.domain.as_deref()));
    fields.finish()?;
    Ok(checked)
}

pub(super) fn domain_taken(error: Error) -> Error {
    if error.is_taken() { fields::taken("domain", "another company has this domain") } else { error }
}
