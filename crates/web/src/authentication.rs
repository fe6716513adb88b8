//! Finds out who calls, before anything else of a request is looked at.

use std::net::IpAddr;

use actix_web::body::MessageBody;
use actix_web::dev::{ServiceRequest, ServiceResponse};
use actix_web::http::header::{AUTHORIZATION, HeaderMap};
use actix_web::middleware::Next;
use actix_web::web::Data;
use actix_web::{Error as ActixError, HttpMessage};
use platform::{Actor, Credential, Ctx, Error};

use crate::client_address;

/// Who calls and from where, as left for the extractors and the log.
pub(crate) struct Caller {
    pub(crate) address: IpAddr,
    /// Nothing when no credential was sent.
    pub(crate) actor: Option<Result<Actor, Error>>,
}

/// Middleware: authenticates `Authorization: Bearer` and keeps the outcome for the extractors. A credential that
/// proves nobody is refused by [`Call`](crate::Call) and ignored by [`OpenCall`](crate::OpenCall).
///
/// # Errors
/// What the handler returns.
pub async fn authenticate(
    request: ServiceRequest,
    next: Next<impl MessageBody>,
) -> Result<ServiceResponse<impl MessageBody>, ActixError> {
    if let Some(ctx) = request.app_data::<Data<Ctx>>().cloned() {
        let peer = request.peer_addr().map(|peer| peer.ip());
        let address = client_address(peer, request.headers(), &ctx.config().server.trusted_proxies);
        let actor = match bearer(request.headers()) {
            Some(token) => {
                let credential = Credential::Bearer(token.to_owned());
                Some(ctx.from_address(address).authenticate(credential, address).await)
            }
            None => None,
        };
        request.extensions_mut().insert(Caller { address, actor });
    }
    next.call(request).await
}

/// The token of `Authorization: Bearer` (RFC 6750, section 2.1).
fn bearer(headers: &HeaderMap) -> Option<&str> {
    let (scheme, token) = headers.get(AUTHORIZATION)?.to_str().ok()?.split_once(' ')?;
    scheme.eq_ignore_ascii_case("bearer").then_some(token.trim())
}
