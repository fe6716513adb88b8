use actix_web::post;
use platform::{Result, Tx};
use types::accounts::{NewWebhook, WebhookPath};
use web::{Call, Path, Reply};

use super::sign::Secret;
use crate::store::webhooks::WebhookRow;
use crate::{access, store};

/// Seconds that the old secret counts beside the new one.
const OVERLAP_SECONDS: i64 = 24 * 60 * 60;

/// Give a webhook a new secret.
///
/// It is in this reply alone. For 24 hours deliveries carry a signature with the old one too, so that the receiver can
/// change over without losing any.
#[utoipa::path(operation_id = "rotate_webhook_secret", tag = "webhooks", params(WebhookPath), responses((status = 200, body = NewWebhook)))]
#[post("/v1/webhooks/{webhook_id}/rotate_secret")]
pub async fn rotate_webhook_secret(call: Call, path: Path<WebhookPath>) -> Reply {
    call.write_secret(move |tx| rotate(tx, &path)).await
}

fn rotate(tx: &mut Tx<'_>, path: &WebhookPath) -> Result<NewWebhook> {
    let row = access::lock_webhook(tx, path.webhook_id)?;
    let secret = Secret::random();
    let after = WebhookRow {
        secret_sealed: secret.seal(tx.ctx().secrets())?,
        previous_secret_sealed: Some(row.secret_sealed.clone()),
        previous_secret_until: Some(tx.now().plus_seconds(OVERLAP_SECONDS)),
        updated_at: tx.now(),
        ..(*row).clone()
    };
    store::webhooks::update(tx, &row, &after)?;
    tx.audit("webhook.rotate_secret", ("webhook", row.id.0), serde_json::json!({}))?;
    super::announce(tx, row.id)?;
    Ok(NewWebhook { webhook: after.to_wire(), secret: secret.to_text() })
}
