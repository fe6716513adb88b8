//! The HTTP proof of domains that lead here.

use actix_web::HttpResponse;
use actix_web::http::header::CACHE_CONTROL;
use actix_web::web as actix;
use platform::{Error, Result, Tx};
use web::{OpenCall, Quota, Reply, Routes, address_key, host};

use super::HTTP_PATH;
use crate::store;

/// Mounts the answer. It is no operation of the API.
pub fn mount_challenge(config: &mut Routes) {
    config.route(&format!("{HTTP_PATH}{{token}}"), actix::get().to(answer_challenge));
}

/// Counts a question about domains that needs no credential.
pub(super) fn limit(call: &OpenCall) -> Result<()> {
    let quota = Quota::per_minute(call.ctx().config().limits.domain_checks_per_minute);
    call.limit("domain_checks", address_key(call.address()), quota)
}

/// Answers to whoever asks a domain of ours by its own name for its own token; 404 to anybody else.
async fn answer_challenge(call: OpenCall, token: actix::Path<String>) -> Reply {
    limit(&call)?;
    let asked = host::asked(call.request(), &call.ctx().config().server.trusted_proxies);
    let name = asked.ok_or(Error::NotFound)?;
    let body = call.query(move |tx| body(tx, &name, &token)).await?;
    Ok(HttpResponse::Ok()
        .content_type("text/plain; charset=utf-8")
        .insert_header((CACHE_CONTROL, "no-store"))
        .body(body))
}

fn body(tx: &mut Tx<'_>, name: &str, token: &str) -> Result<String> {
    let row = store::domains::named(tx, name)?.filter(|row| row.token == token);
    row.map(|row| super::http_body(&row.token)).ok_or(Error::NotFound)
}
