use actix_web::get;
use types::accounts::{Webhook, WebhookPath};
use web::{Call, Path, Reply};

use crate::access;

/// Get a webhook.
#[utoipa::path(operation_id = "get_webhook", tag = "webhooks", params(WebhookPath), responses((status = 200, body = Webhook)))]
#[get("/v1/webhooks/{webhook_id}")]
pub async fn get_webhook(call: Call, path: Path<WebhookPath>) -> Reply {
    call.read(move |tx| Ok(access::read_webhook(tx, path.webhook_id)?.to_wire())).await
}
