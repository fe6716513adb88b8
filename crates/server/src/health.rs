//! Whether the server lives, and whether it can do its work.

use std::time::Duration;

use actix_web::http::StatusCode;
use actix_web::web::Data;
use actix_web::{HttpRequest, get};
use diesel::RunQueryDsl;
use platform::{Actor, Ctx, Error};
use tokio::time::timeout;
use types::platform::Health;
use web::{Reply, Routes, json};

/// How long the database may take to answer.
const PATIENCE: Duration = Duration::from_secs(2);

/// Mounts the health checks.
pub(crate) fn routes(config: &mut Routes) {
    config.service(get_liveness).service(get_readiness);
}

fn health(status: &str) -> Health {
    Health { status: status.to_owned(), version: env!("CARGO_PKG_VERSION").to_owned() }
}

/// Say that the process lives.
#[utoipa::path(operation_id = "get_liveness", tag = "platform", responses((status = 200, body = Health)))]
#[get("/health/live")]
pub(crate) async fn get_liveness() -> Reply {
    json(StatusCode::OK, &health("ok"))
}

/// Say whether requests can be served: the database answers. The schema was brought up to date before the start.
#[utoipa::path(
    operation_id = "get_readiness", tag = "platform",
    responses((status = 200, body = Health), (status = 503, body = Health, description = "Not now"))
)]
#[get("/health/ready")]
pub(crate) async fn get_readiness(request: HttpRequest) -> Reply {
    let ctx = request.app_data::<Data<Ctx>>().ok_or_else(|| Error::internal("no context was wired in"))?;
    let asked = ctx.read(&Actor::System, |tx| Ok(diesel::sql_query("SELECT 1").execute(tx.conn())?));
    match timeout(PATIENCE, asked).await {
        Ok(Ok(_)) => json(StatusCode::OK, &health("ok")),
        Ok(Err(_)) | Err(_) => json(StatusCode::SERVICE_UNAVAILABLE, &health("the database does not answer")),
    }
}
