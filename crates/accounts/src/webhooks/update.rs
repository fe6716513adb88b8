use actix_web::put;
use db::Json;
use platform::{Result, Tx};
use types::accounts::{SaveWebhook, Webhook, WebhookPath};
use web::{Body, Call, Path, Reply};

use crate::store::webhooks::WebhookRow;
use crate::{access, store};

/// Replace a webhook.
///
/// What waits for it goes to the new address. Once it is switched off, what waited is failed, and can be sent again after
/// it is switched on.
#[utoipa::path(operation_id = "update_webhook", tag = "webhooks", params(WebhookPath), request_body = SaveWebhook, responses((status = 200, body = Webhook)))]
#[put("/v1/webhooks/{webhook_id}")]
pub async fn update_webhook(call: Call, path: Path<WebhookPath>, body: Body<SaveWebhook>) -> Reply {
    call.write(move |tx| update(tx, &path, &body)).await
}

fn update(tx: &mut Tx<'_>, path: &WebhookPath, request: &SaveWebhook) -> Result<Webhook> {
    let row = access::lock_webhook(tx, path.webhook_id)?;
    let checked = super::check(tx, request)?;
    let before = (*row).clone();
    let is_new_start = request.is_active && (!before.is_active || before.url != checked.url);
    let mut after = WebhookRow {
        url: checked.url,
        description: checked.description,
        event_kinds: Json(checked.event_kinds),
        is_active: request.is_active,
        updated_at: tx.now(),
        ..before.clone()
    };
    if is_new_start {
        (after.failures, after.failing_since) = (0, None);
        (after.switched_off_at, after.switched_off_reason) = (None, None);
    }
    store::webhooks::update(tx, &row, &after)?;
    if before.is_active && !after.is_active {
        store::webhook_deliveries::give_up_queued(tx, &row, "the webhook was switched off")?;
    }
    let detail = serde_json::json!({
        "url": { "from": before.url, "to": after.url },
        "event_kinds": { "from": before.event_kinds.0, "to": after.event_kinds.0 },
        "is_active": { "from": before.is_active, "to": after.is_active },
    });
    tx.audit("webhook.update", ("webhook", after.id.0), detail)?;
    super::announce(tx, after.id)?;
    Ok(after.to_wire())
}
