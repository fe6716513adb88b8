use actix_web::get;
use platform::{Paging, Result, Tx};
use types::Page;
use types::accounts::{ListWebhookDeliveries, WebhookDelivery, WebhookPath};
use web::{Call, Params, Path, Reply};

use crate::{access, store};

/// List the deliveries of a webhook from the last 30 days, the newest first.
#[utoipa::path(operation_id = "list_webhook_deliveries", tag = "webhooks", params(WebhookPath, ListWebhookDeliveries), responses((status = 200, body = Page<WebhookDelivery>)))]
#[get("/v1/webhooks/{webhook_id}/deliveries")]
pub async fn list_webhook_deliveries(
    call: Call,
    path: Path<WebhookPath>,
    query: Params<ListWebhookDeliveries>,
) -> Reply {
    call.read(move |tx| list(tx, &path, &query)).await
}

fn list(tx: &mut Tx<'_>, path: &WebhookPath, query: &ListWebhookDeliveries) -> Result<Page<WebhookDelivery>> {
    let webhook = access::read_webhook(tx, path.webhook_id)?;
    let paging = Paging::of(query.cursor.as_deref(), query.limit)?;
    let rows = store::webhook_deliveries::page(tx, webhook.id, query.state, &paging)?;
    Ok(paging.page(rows, store::webhook_deliveries::cursor).map(WebhookDelivery::from))
}
