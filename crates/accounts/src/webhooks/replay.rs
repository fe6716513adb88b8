use actix_web::post;
use platform::{Error, Result, Tx};
use types::ErrorCode;
use types::accounts::{WebhookDelivery, WebhookDeliveryPath, WebhookDeliveryState, WebhookEventKind};
use web::{Call, Path, Reply};

use super::outbox;
use crate::store::webhook_deliveries::DeliveryRow;
use crate::{access, store};

/// Send a delivery again, with the same event id and body and a new signature.
///
/// It goes before what waits for the same subject. One that still waits is tried at once.
#[utoipa::path(operation_id = "replay_webhook_delivery", tag = "webhooks", params(WebhookDeliveryPath), responses(
    (status = 200, body = WebhookDelivery),
    (status = 409, description = "The webhook is switched off, or the content of the delivery is gone."),
))]
#[post("/v1/webhooks/{webhook_id}/deliveries/{delivery_id}/replay")]
pub async fn replay_webhook_delivery(call: Call, path: Path<WebhookDeliveryPath>) -> Reply {
    call.write(move |tx| replay(tx, &path)).await
}

fn replay(tx: &mut Tx<'_>, path: &WebhookDeliveryPath) -> Result<WebhookDelivery> {
    let (webhook, delivery) = access::lock_webhook_delivery(tx, path)?;
    if !webhook.is_active && delivery.kind != WebhookEventKind::Ping {
        let detail = "The webhook is switched off; switch it on first.";
        return Err(Error::conflict(ErrorCode::Conflict, detail));
    }
    if delivery.body.is_none() {
        let detail = "The content of this delivery is gone with the contact that it was about.";
        return Err(Error::conflict(ErrorCode::Conflict, detail));
    }
    let after = DeliveryRow {
        state: WebhookDeliveryState::Queued,
        attempts: 0,
        next_attempt_at: Some(tx.now()),
        ..(*delivery).clone()
    };
    store::webhook_deliveries::update(tx, &delivery, &after)?;
    outbox::enqueue(tx, &after, tx.now())?;
    tx.audit(
        "webhook.replay",
        ("webhook_delivery", after.id.0),
        serde_json::json!({ "webhook_id": webhook.id }),
    )?;
    super::announce(tx, webhook.id)?;
    Ok(after.into())
}
