//! The API's document, for programs at `/v1/openapi.json` and for people at `/docs`. Nothing is loaded from elsewhere.

use std::sync::LazyLock;

use actix_web::HttpResponse;
use actix_web::http::header::{CACHE_CONTROL, CONTENT_SECURITY_POLICY};
use actix_web::middleware::DefaultHeaders;
use actix_web::web::{Bytes, ServiceConfig, get, redirect, scope};
use platform::Error;
use utoipa_swagger_ui::{Config, SwaggerUi};
use web::Reply;

use crate::openapi;

/// The document, as it is sent. Made when it is first asked for: it takes megabytes, and most servers never are.
static DOCUMENT: LazyLock<Option<Bytes>> =
    LazyLock::new(|| openapi::render(&openapi::document()).ok().map(Bytes::from));

/// The reader sets styles in its markup; its scripts come from here.
const POLICY: &str = "default-src 'self'; script-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; \
     object-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

/// Mounts the document and its reader.
pub(crate) fn routes(config: &mut ServiceConfig) {
    let reader = SwaggerUi::new("/{_:.*}").config(
        Config::from("/v1/openapi.json")
            .validator_url("none")
            .deep_linking(true)
            .default_models_expand_depth(0),
    );
    config.route("/v1/openapi.json", get().to(document));
    config.service(redirect("/docs", "/docs/"));
    config.service(
        scope("/docs").wrap(DefaultHeaders::new().add((CONTENT_SECURITY_POLICY, POLICY))).service(reader),
    );
}

async fn document() -> Reply {
    let document =
        DOCUMENT.clone().ok_or_else(|| Error::internal("the API document cannot be written as JSON"))?;
    Ok(HttpResponse::Ok()
        .insert_header((CACHE_CONTROL, "no-cache"))
        .content_type("application/json")
        .body(document))
}
