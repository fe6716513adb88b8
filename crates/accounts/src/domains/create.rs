use actix_web::post;
use platform::fields;
use platform::{Error, Key, Result, Tx};
use types::accounts::{CreateDomain, Domain, DomainState};
use types::{ErrorCode, Permission};
use web::{Body, Call, Reply};

use super::names;
use crate::store;
use crate::store::domains::DomainRow;
use crate::token::new_token;

/// Add a domain.
///
/// It can be used once it is verified: publish what the reply says in one of the two ways, then ask to verify it.
#[utoipa::path(operation_id = "create_domain", tag = "domains", request_body = CreateDomain, responses(
    (status = 201, body = Domain),
    (status = 409, description = "There are 50 domains already."),
))]
#[post("/v1/domains")]
pub async fn create_domain(call: Call, body: Body<CreateDomain>) -> Reply {
    call.create(move |tx| create(tx, &body)).await
}

fn create(tx: &mut Tx<'_>, request: &CreateDomain) -> Result<Domain> {
    tx.actor().require(Permission::ManageDomains)?;
    let name = names::checked(tx, &request.name)?;
    tx.lock(Key::Named("domains", ""))?;
    if store::domains::named(tx, &name)?.is_some() {
        return Err(fields::taken("name", "this domain was added already"));
    }
    if store::domains::count(tx)? >= super::MOST {
        let detail = format!("There are {} domains already; remove one that is not needed.", super::MOST);
        return Err(Error::conflict(ErrorCode::Conflict, detail));
    }
    let row = DomainRow {
        id: tx.new_id(),
        name,
        token: new_token(),
        state: DomainState::Pending,
        proof: None,
        dns_fault: None,
        http_fault: None,
        verified_at: None,
        checked_at: None,
        failing_since: None,
        created_by: tx.actor().user_id()?,
        created_at: tx.now(),
    };
    store::domains::insert(tx, &row)?;
    tx.audit("domain.create", ("domain", row.id.0), serde_json::json!({ "name": row.name }))?;
    super::announce(tx, row.id)?;
    Ok(super::shown(tx, &row))
}
