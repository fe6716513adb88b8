use actix_web::post;
use db::Json;
use platform::{Error, Result, Tx};
use types::accounts::{NewWebhook, SaveWebhook};
use types::{ErrorCode, Permission};
use web::{Body, Call, Reply};

use super::sign::Secret;
use crate::store;
use crate::store::webhooks::WebhookRow;

/// Add a webhook.
///
/// Its secret is in this reply alone. Events from now on are posted to it.
#[utoipa::path(operation_id = "create_webhook", tag = "webhooks", request_body = SaveWebhook, responses(
    (status = 201, body = NewWebhook),
    (status = 409, description = "There are 50 webhooks already."),
))]
#[post("/v1/webhooks")]
pub async fn create_webhook(call: Call, body: Body<SaveWebhook>) -> Reply {
    call.create_secret(move |tx| create(tx, &body)).await
}

fn create(tx: &mut Tx<'_>, request: &SaveWebhook) -> Result<NewWebhook> {
    tx.actor().require(Permission::ManageWebhooks)?;
    let checked = super::check(tx, request)?;
    if store::webhooks::count(tx)? >= super::MOST {
        let detail = format!("There are {} webhooks already; remove one that is not needed.", super::MOST);
        return Err(Error::conflict(ErrorCode::Conflict, detail));
    }
    let secret = Secret::random();
    let row = WebhookRow {
        id: tx.new_id(),
        url: checked.url,
        description: checked.description,
        event_kinds: Json(checked.event_kinds),
        secret_sealed: secret.seal(tx.ctx().secrets())?,
        previous_secret_sealed: None,
        previous_secret_until: None,
        is_active: request.is_active,
        switched_off_at: None,
        switched_off_reason: None,
        failures: 0,
        failing_since: None,
        created_by: tx.actor().user_id()?,
        created_at: tx.now(),
        updated_at: tx.now(),
    };
    store::webhooks::insert(tx, &row)?;
    let detail = serde_json::json!({ "url": row.url, "event_kinds": row.event_kinds.0 });
    tx.audit("webhook.create", ("webhook", row.id.0), detail)?;
    super::announce(tx, row.id)?;
    Ok(NewWebhook { webhook: row.to_wire(), secret: secret.to_text() })
}
