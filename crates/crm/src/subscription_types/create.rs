//! Creating a subscription type.

use actix_web::post;
use platform::fields::Fields;
use platform::{Result, Tx};
use serde_json::json;
use types::crm::{CreateSubscriptionType, SubscriptionType};
use web::{Body, Call, Reply};

use super::{MOST_DESCRIPTION, MOST_NAME, announce, name_taken};
use crate::store::consents::SubscriptionTypeRow;
use crate::{access, folding, store};

/// Create a subscription type.
#[utoipa::path(operation_id = "create_subscription_type", tag = "crm", request_body = CreateSubscriptionType, responses((status = 201, body = SubscriptionType)))]
#[post("/v1/subscription_types")]
pub async fn create_subscription_type(call: Call, body: Body<CreateSubscriptionType>) -> Reply {
    call.create(move |tx| create(tx, &body)).await
}

/// Creates a subscription type.
///
/// # Errors
/// [`Error::Invalid`](platform::Error::Invalid) for fields that break a rule or a name that is taken;
/// [`Error::Forbidden`](platform::Error::Forbidden) without `ManageSettings`.
pub fn create(tx: &mut Tx<'_>, request: &CreateSubscriptionType) -> Result<SubscriptionType> {
    access::require_settings(tx)?;
    let mut fields = Fields::default();
    let name = fields.required("name", &request.name, MOST_NAME);
    let description = fields.lines("description", request.description.as_deref(), MOST_DESCRIPTION);
    fields.finish()?;
    let row = SubscriptionTypeRow {
        id: tx.new_id(),
        name_key: folding::name_key(&name),
        name,
        description,
        is_internal: request.is_internal,
        archived: false,
    };
    store::consents::insert_type(tx, &row).map_err(name_taken)?;
    tx.audit("subscription_type.create", ("subscription_type", row.id.0), json!({ "name": row.name }))?;
    let created = row.to_wire();
    announce(tx, &created)?;
    Ok(created)
}
