use actix_web::get;
use types::accounts::{Domain, DomainPath};
use web::{Call, Path, Reply};

use crate::access;

/// Get a domain.
#[utoipa::path(operation_id = "get_domain", tag = "domains", params(DomainPath), responses((status = 200, body = Domain)))]
#[get("/v1/domains/{domain_id}")]
pub async fn get_domain(call: Call, path: Path<DomainPath>) -> Reply {
    call.read(move |tx| {
        let row = access::read_domain(tx, path.domain_id)?;
        Ok(super::shown(tx, &row))
    })
    .await
}
