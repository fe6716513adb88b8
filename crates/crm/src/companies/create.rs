//! Creating a company.

use actix_web::post;
use platform::fields::{self, Fields};
use platform::{Error, Result, Tx};
use types::crm::{Company, ObjectKind, SaveCompany, TimelineEvent};
use types::{CompanyId, Event, Timestamp};
use web::{Body, Call, Reply};

use crate::properties::{self, Changes};
use crate::store::{self, CompanyRow};
use crate::{access, folding, records, timeline};

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
    let id = tx.new_id();
    let now = tx.now();
    let (row, values) = checked(tx, id, now, request)?;
    store::insert_company(tx, &row).map_err(domain_taken)?;
    values.write(tx, id)?;
    timeline::record(tx, id, TimelineEvent::RecordCreated)?;
    let company = row.to_wire(0, properties::of_record(tx, id)?);
    tx.emit(records::subject(row.owner_id), Event::CompanyChanged { company: company.clone() })?;
    Ok(company)
}

/// The row that a request describes and the values of custom properties, after checking every rule.
pub(super) fn checked(
    tx: &mut Tx<'_>,
    id: CompanyId,
    created_at: Timestamp,
    request: &SaveCompany,
) -> Result<(CompanyRow, Changes)> {
    let mut fields = Fields::default();
    let name = fields.required("name", &request.name, 200);
    let row = CompanyRow {
        id,
        name_key: folding::name_key(&name),
        name,
        domain: fields.domain("domain", request.domain.as_deref()),
        created_at,
        updated_at: tx.now(),
        phone: fields.optional("phone", request.phone.as_deref(), 50),
        street: fields.optional("street", request.street.as_deref(), 200),
        postal_code: fields.optional("postal_code", request.postal_code.as_deref(), 20),
        city: fields.optional("city", request.city.as_deref(), 100),
        country: fields.optional("country", request.country.as_deref(), 100),
        owner_id: request.owner_id,
    };
    records::check_owner(tx, &mut fields, request.owner_id)?;
    let values = Changes::checked(tx, &mut fields, ObjectKind::Company, &request.properties)?;
    fields.finish()?;
    Ok((row, values))
}

pub(super) fn domain_taken(error: Error) -> Error {
    if error.is_taken() { fields::taken("domain", "another company has this domain") } else { error }
}
