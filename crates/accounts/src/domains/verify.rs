use actix_web::http::StatusCode;
use actix_web::post;
use types::accounts::{Domain, DomainPath};
use web::{Call, Path, Quota, Reply, json};

use super::{look, outcome};
use crate::access;

/// Looks at domains that users may ask for in a minute, all of them together.
const LOOKS_PER_MINUTE: u32 = 30;

/// Look now whether a domain is the account's.
///
/// It takes up to 15 seconds. The reply is the domain: what was seen is in its state, and in its faults where nothing was.
#[utoipa::path(operation_id = "verify_domain", tag = "domains", params(DomainPath), responses((status = 200, body = Domain)))]
#[post("/v1/domains/{domain_id}/verify")]
pub async fn verify_domain(call: Call, path: Path<DomainPath>) -> Reply {
    let id = path.domain_id;
    let row = call.query(move |tx| access::read_domain(tx, id)).await?;
    call.limit("domain_looks", "", Quota::per_minute(LOOKS_PER_MINUTE))?;
    let seen = look::look(call.ctx(), &row).await?;
    let domain = call
        .transact(move |tx| {
            let locked = access::lock_domain(tx, id)?;
            let row = outcome::note(tx, &locked, seen)?;
            Ok(super::shown(tx, &row))
        })
        .await?;
    json(StatusCode::OK, &domain)
}
