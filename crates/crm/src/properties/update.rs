//! Changing a custom property, or archiving it.

use actix_web::put;
use db::Json;
use platform::fields::Fields;
use platform::{Result, Tx};
use serde_json::json;
use types::crm::{Property, PropertyPath, UpdateProperty};
use types::{Event, Permission, PropertyId, Subject};
use web::{Body, Call, Path, Reply};

use super::check_options;
use crate::{access, store};

/// Change a custom property. Values that records have already stay as they are.
#[utoipa::path(operation_id = "update_property", tag = "crm", params(PropertyPath), request_body = UpdateProperty, responses((status = 200, body = Property)))]
#[put("/v1/properties/{property_id}")]
pub async fn update_property(call: Call, path: Path<PropertyPath>, body: Body<UpdateProperty>) -> Reply {
    call.write(move |tx| update(tx, path.property_id, &body)).await
}

/// Writes the whole of what may change of a property.
///
/// # Errors
/// [`Error::Invalid`](platform::Error::Invalid) for fields that break a rule;
/// [`Error::Forbidden`](platform::Error::Forbidden) without `ManageSettings`.
pub fn update(tx: &mut Tx<'_>, id: PropertyId, request: &UpdateProperty) -> Result<Property> {
    let locked = access::lock_property(tx, id)?;
    let mut fields = Fields::default();
    let label = fields.required("label", &request.label, 100);
    let options = check_options(&mut fields, locked.property_type, &request.options);
    fields.finish()?;
    let mut row = locked.clone();
    row.label = label;
    row.options = Json(options);
    row.position = request.position;
    row.archived = request.archived;
    if row == *locked {
        return Ok(row.to_wire());
    }
    store::properties::update(tx, &locked, &row)?;
    let property = row.to_wire();
    let detail = json!({ "from": locked.to_wire(), "to": property });
    tx.audit("property.update", ("property", id.0), detail)?;
    tx.emit(
        Subject::Permission(Permission::ReadContacts),
        Event::PropertyChanged { property: property.clone() },
    )?;
    Ok(property)
}
