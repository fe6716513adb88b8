//! What is served under domains of the account's own: booking pages and what they need, and nothing else.

use actix_web::Error as ActixError;
use actix_web::body::{EitherBody, MessageBody};
use actix_web::dev::{ServiceRequest, ServiceResponse};
use actix_web::middleware::Next;
use actix_web::web::Data;
use platform::{Actor, Ctx, Error, Result};
use web::{Failure, host};

/// Beginnings of the paths that booking pages need.
const PREFIXES: [&str; 5] = [
    "/meet/",
    "/booking/assets/",
    "/v1/booking_pages/",
    "/v1/booked_meetings/",
    "/.well-known/rapport-challenge/",
];

/// Whether a path is served whatever the host.
fn is_for_booking(path: &str) -> bool {
    // A file is served to whoever has its signed link.
    let is_picture = path.starts_with("/v1/files/") && path.ends_with("/content");
    path == "/embed/rapport.js" || is_picture || PREFIXES.iter().any(|prefix| path.starts_with(prefix))
}

/// Middleware: under a domain of the account's own, everything that is not for booking is not there (404). Neither the app nor a
/// sign-in is found at a name whose DNS may be somebody else's to change.
///
/// # Errors
/// What the handler returns.
pub(crate) async fn only_booking(
    request: ServiceRequest,
    next: Next<impl MessageBody>,
) -> Result<ServiceResponse<EitherBody<impl MessageBody>>, ActixError> {
    if is_for_booking(request.path()) {
        return Ok(next.call(request).await?.map_into_left_body());
    }
    let refusal = match is_custom(&request).await {
        Ok(false) => return Ok(next.call(request).await?.map_into_left_body()),
        Ok(true) => Failure::from(Error::NotFound),
        Err(cause) => Failure::from(cause),
    };
    Ok(request.error_response(refusal).map_into_right_body())
}

/// Whether a request was sent to a domain of the account's own.
async fn is_custom(request: &ServiceRequest) -> Result<bool> {
    let Some(ctx) = request.app_data::<Data<Ctx>>() else { return Ok(false) };
    let server = &ctx.config().server;
    let Some(name) = host::asked(request.request(), &server.trusted_proxies) else { return Ok(false) };
    let is_own = host::of_url(&server.public_url).as_deref() == Some(name.as_str());
    // Neither single labels nor addresses are ever domains of the account: nobody waits for the database there.
    if is_own || !name.contains('.') || name.parse::<std::net::IpAddr>().is_ok() {
        return Ok(false);
    }
    ctx.read(&Actor::System, move |tx| accounts::domains::is_connected(tx, &name)).await
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_what_booking_pages_need_is_for_booking() {
        for path in ["/meet/ana/intro", "/booking/assets/a.js", "/v1/files/5/content", "/embed/rapport.js"] {
            assert!(is_for_booking(path), "{path}");
        }
        for path in
            ["/", "/meet", "/v1/sessions", "/v1/files", "/v1/files/5", "/v1/booking_links", "/embed/x"]
        {
            assert!(!is_for_booking(path), "{path}");
        }
    }
}
