//! Replies that are successes.

use actix_web::HttpResponse;
use actix_web::http::StatusCode;
use serde::Serialize;

use crate::Failure;

/// What a handler returns.
pub type Reply = Result<HttpResponse, Failure>;

/// A reply with a JSON body.
///
/// # Errors
/// [`Failure::Operation`] when the value cannot be serialised.
pub fn json(status: StatusCode, value: &impl Serialize) -> Reply {
    let body = serde_json::to_vec(value).map_err(platform::Error::from)?;
    Ok(HttpResponse::build(status).content_type("application/json").body(body))
}

/// A reply without a body (204).
pub fn no_content() -> HttpResponse {
    HttpResponse::NoContent().finish()
}
