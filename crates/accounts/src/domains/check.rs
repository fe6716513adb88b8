use actix_web::get;
use platform::{Error, Result, Tx};
use types::accounts::{CheckDomain, KnownDomain};
use web::{OpenCall, Params, Reply};

use super::{answer, names};

/// Tell a proxy whether a name is the account's, so that it gets a certificate for no other.
///
/// It answers 200 for verified domains, failing ones and the name of Rapport itself, and 404 for every other. It needs no
/// credential, and can be what Caddy's `on_demand_tls` asks.
#[utoipa::path(operation_id = "check_domain", tag = "domains", security(()), params(CheckDomain), responses(
    (status = 200, body = KnownDomain),
    (status = 404, description = "It is none of ours."),
))]
#[get("/v1/domain_check")]
pub async fn check_domain(call: OpenCall, query: Params<CheckDomain>) -> Reply {
    answer::limit(&call)?;
    call.read(move |tx| check(tx, &query.domain)).await
}

fn check(tx: &mut Tx<'_>, text: &str) -> Result<KnownDomain> {
    let name = names::normal(text).ok_or(Error::NotFound)?;
    let is_ours = names::is_own(&name, &tx.ctx().config().server) || super::is_connected(tx, &name)?;
    if is_ours { Ok(KnownDomain { name }) } else { Err(Error::NotFound) }
}
