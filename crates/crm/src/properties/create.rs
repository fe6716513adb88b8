//! Creating a custom property.

use actix_web::post;
use db::Json;
use platform::fields::{self, Fields};
use platform::{Error, Result, Tx};
use serde_json::json;
use types::crm::{CreateProperty, Property};
use types::{Event, Permission, Subject};
use web::{Body, Call, Reply};

use super::check_options;
use crate::store::properties::PropertyRow;
use crate::{access, records, store};

/// Create a custom property.
#[utoipa::path(operation_id = "create_property", tag = "crm", request_body = CreateProperty, responses((status = 201, body = Property)))]
#[post("/v1/properties")]
pub async fn create_property(call: Call, body: Body<CreateProperty>) -> Reply {
    call.create(move |tx| create(tx, &body)).await
}

/// Creates a custom property.
///
/// # Errors
/// [`Error::Invalid`] for fields that break a rule or a key that is taken; [`Error::Forbidden`] without
/// `ManageSettings`.
pub fn create(tx: &mut Tx<'_>, request: &CreateProperty) -> Result<Property> {
    access::require_settings(tx)?;
    records::require_own_kind("object", request.object)?;
    let mut fields = Fields::default();
    if !is_key(&request.key) {
        let rule = "must be 1 to 50 of a-z, 0-9 and _, a letter first";
        fields.refuse("key", "malformed", rule.to_owned());
    }
    let label = fields.required("label", &request.label, 100);
    let options = check_options(&mut fields, request.property_type, &request.options);
    fields.finish()?;
    let row = PropertyRow {
        id: tx.new_id(),
        object: request.object,
        key: request.key.clone(),
        label,
        property_type: request.property_type,
        options: Json(options),
        position: request.position,
        archived: false,
        created_at: tx.now(),
    };
    store::properties::insert(tx, &row).map_err(key_taken)?;
    let detail = json!({ "object": row.object, "key": row.key, "label": row.label });
    tx.audit("property.create", ("property", row.id.0), detail)?;
    let property = row.to_wire();
    tx.emit(
        Subject::Permission(Permission::ReadContacts),
        Event::PropertyChanged { property: property.clone() },
    )?;
    Ok(property)
}

fn is_key(key: &str) -> bool {
    key.len() <= 50
        && key.starts_with(|c: char| c.is_ascii_lowercase())
        && key.chars().all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '_')
}

fn key_taken(error: Error) -> Error {
    if error.is_taken() { fields::taken("key", "another property of this kind has this key") } else { error }
}
