//! Headers that every reply carries.

use actix_web::Error as ActixError;
use actix_web::body::MessageBody;
use actix_web::dev::{ServiceRequest, ServiceResponse};
use actix_web::http::header::{
    CACHE_CONTROL, CONTENT_SECURITY_POLICY, HeaderMap, HeaderName, HeaderValue, REFERRER_POLICY,
    X_CONTENT_TYPE_OPTIONS,
};
use actix_web::middleware::Next;

/// The server's release; a page that was loaded with another one is out of date.
pub const VERSION: HeaderName = HeaderName::from_static("rapport-version");

/// What a page of the app may load: its own scripts, WASM, styles and pictures, and nothing from elsewhere. Styles set
/// by script go through the CSSOM, which needs no exception.
pub const APP_POLICY: &str = "default-src 'self'; script-src 'self' 'wasm-unsafe-eval'; style-src 'self'; \
     img-src 'self' data: blob:; connect-src 'self'; frame-src 'self'; object-src 'none'; base-uri 'none'; \
     form-action 'self'; frame-ancestors 'none'";

/// What an answer that is no page may load: nothing.
const DATA_POLICY: &str = "default-src 'none'; frame-ancestors 'none'";

/// Middleware: no guessing of types, no referrer, the release; and for replies of the API neither caches nor frames,
/// unless the handler says otherwise.
///
/// # Errors
/// What the handler returns.
pub async fn secure(
    request: ServiceRequest,
    next: Next<impl MessageBody>,
) -> Result<ServiceResponse<impl MessageBody>, ActixError> {
    let is_api = request.path().starts_with("/v1/");
    let mut response = next.call(request).await?;
    let headers = response.headers_mut();
    default(headers, X_CONTENT_TYPE_OPTIONS, "nosniff");
    default(headers, REFERRER_POLICY, "no-referrer");
    default(headers, VERSION, env!("CARGO_PKG_VERSION"));
    if is_api {
        default(headers, CACHE_CONTROL, "no-store");
        default(headers, CONTENT_SECURITY_POLICY, DATA_POLICY);
    }
    Ok(response)
}

fn default(headers: &mut HeaderMap, name: HeaderName, value: &'static str) {
    if !headers.contains_key(&name) {
        headers.insert(name, HeaderValue::from_static(value));
    }
}
