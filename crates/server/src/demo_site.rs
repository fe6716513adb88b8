//! `/demo-site/`: a made-up customer's site with the chat on it, in a demo alone.

use actix_web::http::header::LOCATION;
use actix_web::web::{Path, ServiceConfig, get};
use actix_web::{HttpRequest, HttpResponse};
use platform::{Actor, Ctx, Error};
use rust_embed::RustEmbed;
use web::Reply;

use crate::frontend::content_type;

/// Stands in the pages where a customer puts the code of the chat.
const PLACE: &str = "{{tracking_code}}";

#[derive(RustEmbed)]
#[folder = "$CARGO_MANIFEST_DIR/../../frontend/embed/demo-site/"]
struct Site;

/// Mounts the site.
pub(crate) fn routes(config: &mut ServiceConfig) {
    config
        .route("/demo-site", get().to(to_start))
        .route("/demo-site/", get().to(start))
        .route("/demo-site/{file}", get().to(file));
}

async fn to_start() -> HttpResponse {
    HttpResponse::SeeOther().insert_header((LOCATION, "/demo-site/")).finish()
}

async fn start(request: HttpRequest) -> Reply {
    send(&request, "index.html").await
}

async fn file(request: HttpRequest, file: Path<String>) -> Reply {
    send(&request, &file).await
}

async fn send(request: &HttpRequest, name: &str) -> Reply {
    let content = Site::get(name).ok_or(Error::NotFound)?.data.into_owned();
    let content_type = content_type(name);
    if !content_type.starts_with("text/html") {
        return Ok(HttpResponse::Ok().content_type(content_type).body(content));
    }
    let ctx = request
        .app_data::<actix_web::web::Data<Ctx>>()
        .ok_or_else(|| Error::internal("no context was wired in"))?;
    let code = ctx.read(&Actor::System, channels::first_tracking_code).await?.unwrap_or_default();
    let page = String::from_utf8(content).map_err(Error::internal)?.replace(PLACE, &code);
    Ok(HttpResponse::Ok().content_type(content_type).body(page))
}
