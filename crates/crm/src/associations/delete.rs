//! Removing an association.

use actix_web::delete;
use platform::{Result, Tx};
use types::crm::{AssociationPath, AssociationReason, ObjectKind};
use types::{AssociationId, CompanyId, ContactId};
use web::{Call, Path, Reply};

use super::remove;
use crate::{access, contacts};

/// Remove an association. Removing that of a contact and its company takes the company from the contact.
#[utoipa::path(operation_id = "delete_association", tag = "crm", params(AssociationPath), responses((status = 204)))]
#[delete("/v1/associations/{association_id}")]
pub async fn delete_association(call: Call, path: Path<AssociationPath>) -> Reply {
    call.delete(move |tx| delete(tx, path.association_id)).await
}

/// Removes an association of two records that the actor sees.
///
/// # Errors
/// [`Error::NotFound`](platform::Error::NotFound); [`Error::Forbidden`](platform::Error::Forbidden) without
/// `EditContacts`.
pub fn delete(tx: &mut Tx<'_>, id: AssociationId) -> Result<()> {
    let row = access::lock_association(tx, id)?;
    if row.reason == AssociationReason::PrimaryCompany {
        let (contact, company) = match (row.from_kind, row.to_kind) {
            (ObjectKind::Contact, ObjectKind::Company) => (row.from_id, row.to_id),
            (ObjectKind::Company, ObjectKind::Contact) => (row.to_id, row.from_id),
            // The company of a participant of a call.
            _ => return remove(tx, &row),
        };
        return contacts::leave_company(tx, ContactId(contact.0), CompanyId(company.0));
    }
    remove(tx, &row)
}
