//! Listing custom properties.

use actix_web::get;
use platform::{Result, Tx};
use types::crm::{ListProperties, ObjectKind, Properties, Property};
use web::{Call, Params, Reply};

use crate::store::properties::PropertyRow;
use crate::{access, store};

/// List custom properties in order, those that are archived too.
#[utoipa::path(operation_id = "list_properties", tag = "crm", params(ListProperties), responses((status = 200, body = Properties)))]
#[get("/v1/properties")]
pub async fn list_properties(call: Call, query: Params<ListProperties>) -> Reply {
    call.read(move |tx| list(tx, &query)).await
}

/// The properties of one kind of record, or of all.
///
/// # Errors
/// [`Error::Forbidden`](platform::Error::Forbidden) without `ReadContacts`.
pub fn list(tx: &mut Tx<'_>, query: &ListProperties) -> Result<Properties> {
    access::require_read(tx)?;
    let rows = store::properties::list(tx, query.object)?;
    Ok(Properties { items: rows.iter().map(PropertyRow::to_wire).collect() })
}

/// The properties of one kind of record, for what is asked of people outside: whoever the actor is.
///
/// # Errors
/// Those of the database.
pub fn of_object(tx: &mut Tx<'_>, object: ObjectKind) -> Result<Vec<Property>> {
    Ok(store::properties::list(tx, Some(object))?.iter().map(PropertyRow::to_wire).collect())
}
