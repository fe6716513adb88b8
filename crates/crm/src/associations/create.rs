//! Associating two records by hand.

use actix_web::post;
use platform::{Result, Tx};
use types::crm::{Association, AssociationReason, CreateAssociation};
use web::{Body, Call, Reply};

use super::associate;
use crate::access;

/// Associate two records. Associating them twice changes nothing.
#[utoipa::path(operation_id = "create_association", tag = "crm", request_body = CreateAssociation, responses((status = 201, body = Association), (status = 404, description = "There is no such record, or you may not see it.")))]
#[post("/v1/associations")]
pub async fn create_association(call: Call, body: Body<CreateAssociation>) -> Reply {
    call.create(move |tx| create(tx, &body)).await
}

/// Associates two records that the actor sees.
///
/// # Errors
/// [`Error::NotFound`](platform::Error::NotFound) for a record that is out of sight;
/// [`Error::Invalid`](platform::Error::Invalid) for a record and itself; [`Error::Forbidden`](platform::Error::Forbidden)
/// without `EditContacts`.
pub fn create(tx: &mut Tx<'_>, request: &CreateAssociation) -> Result<Association> {
    access::require_edit(tx)?;
    let one = access::read_record(tx, request.from)?.record;
    let other = access::read_record(tx, request.to)?.record;
    associate(tx, one, other, AssociationReason::Manual)
}
