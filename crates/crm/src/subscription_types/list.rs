//! Listing subscription types.

use actix_web::get;
use platform::{Result, Tx};
use types::crm::SubscriptionTypes;
use web::{Call, Reply};

use crate::store;
use crate::store::consents::SubscriptionTypeRow;

/// List subscription types: the built-in one first, then by name, those that are archived too.
#[utoipa::path(operation_id = "list_subscription_types", tag = "crm", responses((status = 200, body = SubscriptionTypes)))]
#[get("/v1/subscription_types")]
pub async fn list_subscription_types(call: Call) -> Reply {
    call.read(list).await
}

/// Every subscription type.
///
/// # Errors
/// Whatever refuses who is no user.
pub fn list(tx: &mut Tx<'_>) -> Result<SubscriptionTypes> {
    tx.actor().user_id()?;
    let rows = store::consents::types(tx)?;
    Ok(SubscriptionTypes { items: rows.iter().map(SubscriptionTypeRow::to_wire).collect() })
}
