use actix_web::post;
use platform::{Result, Tx};
use types::accounts::{WebhookDelivery, WebhookEventKind, WebhookPath};
use web::{Call, Path, Reply};

use super::outbox::{self, Message};
use crate::access;

/// Post a `ping` to a webhook, also while it is switched off.
#[utoipa::path(operation_id = "test_webhook", tag = "webhooks", params(WebhookPath), responses((status = 201, body = WebhookDelivery)))]
#[post("/v1/webhooks/{webhook_id}/test")]
pub async fn test_webhook(call: Call, path: Path<WebhookPath>) -> Reply {
    call.create(move |tx| test(tx, &path)).await
}

fn test(tx: &mut Tx<'_>, path: &WebhookPath) -> Result<WebhookDelivery> {
    access::read_webhook(tx, path.webhook_id)?;
    // In this order, as whoever notes an answer.
    outbox::lock_lane(tx, path.webhook_id, path.webhook_id.0)?;
    let row = access::lock_webhook(tx, path.webhook_id)?;
    let happened = (WebhookEventKind::Ping, row.id.0, tx.now());
    let message = Message::new(tx, happened, &serde_json::json!({ "webhook_id": row.id }), None)?;
    let delivery = outbox::put(tx, row.id, &message)?;
    super::announce(tx, row.id)?;
    Ok(delivery.into())
}
