//! Changing a subscription type, or archiving it.

use actix_web::put;
use platform::fields::Fields;
use platform::{Error, Result, Tx};
use serde_json::json;
use types::crm::{SubscriptionType, SubscriptionTypePath, UpdateSubscriptionType};
use types::{ErrorCode, SubscriptionTypeId};
use web::{Body, Call, Path, Reply};

use super::{MOST_DESCRIPTION, MOST_NAME, announce, name_taken};
use crate::{access, folding, privacy, store};

/// Change a subscription type, or archive it. What was recorded of it stays as it is.
#[utoipa::path(operation_id = "update_subscription_type", tag = "crm", params(SubscriptionTypePath), request_body = UpdateSubscriptionType, responses((status = 200, body = SubscriptionType), (status = 409, description = "It is the default, and cannot be archived.")))]
#[put("/v1/subscription_types/{subscription_type_id}")]
pub async fn update_subscription_type(
    call: Call,
    path: Path<SubscriptionTypePath>,
    body: Body<UpdateSubscriptionType>,
) -> Reply {
    call.write(move |tx| update(tx, path.subscription_type_id, &body)).await
}

/// Writes the whole of what may change of a subscription type.
///
/// # Errors
/// [`Error::Invalid`] for fields that break a rule, a name that is taken, and a built-in type that would be archived or
/// offered to contacts; [`Error::Conflict`] `in_use` when the default would be archived; [`Error::Forbidden`] without
/// `ManageSettings`.
pub fn update(
    tx: &mut Tx<'_>,
    id: SubscriptionTypeId,
    request: &UpdateSubscriptionType,
) -> Result<SubscriptionType> {
    let locked = access::lock_subscription_type(tx, id)?;
    let mut fields = Fields::default();
    let name = fields.required("name", &request.name, MOST_NAME);
    let description = fields.lines("description", request.description.as_deref(), MOST_DESCRIPTION);
    if locked.is_built_in() && request.archived {
        fields.refuse("archived", "invalid", "the built-in type cannot be archived".to_owned());
    }
    if locked.is_built_in() && !request.is_internal {
        fields.refuse("is_internal", "invalid", "the built-in type is internal".to_owned());
    }
    fields.finish()?;
    if request.archived && privacy::load(tx)?.default_subscription_type_id == id {
        let detail = "The type is the default of new booking links; choose another default first.";
        return Err(Error::conflict(ErrorCode::InUse, detail));
    }
    let mut row = locked.clone();
    row.name_key = folding::name_key(&name);
    row.name = name;
    row.description = description;
    row.is_internal = request.is_internal;
    row.archived = request.archived;
    if row == *locked {
        return Ok(row.to_wire());
    }
    store::consents::update_type(tx, &locked, &row).map_err(name_taken)?;
    let changed = row.to_wire();
    let detail = json!({ "from": locked.to_wire(), "to": changed });
    tx.audit("subscription_type.update", ("subscription_type", id.0), detail)?;
    announce(tx, &changed)?;
    Ok(changed)
}
