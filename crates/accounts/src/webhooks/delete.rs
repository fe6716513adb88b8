use actix_web::delete;
use platform::{Result, Tx};
use types::accounts::WebhookPath;
use web::{Call, Path, Reply};

use crate::{access, store};

/// Remove a webhook with its deliveries. What waited is not sent.
#[utoipa::path(operation_id = "delete_webhook", tag = "webhooks", params(WebhookPath), responses((status = 204)))]
#[delete("/v1/webhooks/{webhook_id}")]
pub async fn delete_webhook(call: Call, path: Path<WebhookPath>) -> Reply {
    call.delete(move |tx| delete(tx, &path)).await
}

fn delete(tx: &mut Tx<'_>, path: &WebhookPath) -> Result<()> {
    let row = access::lock_webhook(tx, path.webhook_id)?;
    store::webhook_deliveries::delete_of(tx, &row)?;
    store::webhooks::delete(tx, &row)?;
    tx.audit("webhook.delete", ("webhook", row.id.0), serde_json::json!({ "url": row.url }))?;
    super::announce(tx, row.id)
}
