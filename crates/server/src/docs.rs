//! The API's document, for programs at `/v1/openapi.json` and for people at `/docs`. Nothing is loaded from elsewhere.

use actix_web::HttpResponse;
use actix_web::http::header::{CACHE_CONTROL, CONTENT_SECURITY_POLICY};
use actix_web::middleware::DefaultHeaders;
use actix_web::web::{Data, ServiceConfig, get, redirect, scope};
use utoipa_swagger_ui::{Config, SwaggerUi};

/// The document, as it is sent.
#[derive(Clone)]
pub(crate) struct Document(pub(crate) bytes::Bytes);

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

async fn document(document: Data<Document>) -> HttpResponse {
    HttpResponse::Ok()
        .insert_header((CACHE_CONTROL, "no-cache"))
        .content_type("application/json")
        .body(document.0.clone())
}
