//! Erasing a contact for good.

use std::collections::BTreeMap;

use actix_web::post;
use platform::{Error, Result, Tx};
use serde_json::json;
use types::crm::{Contact, ContactPath, EraseContact, ObjectKind};
use types::{ContactId, Event};
use web::{Body, Call, Path, Reply};

use crate::store::{self, ContactRow};
use crate::{access, imports, records};

/// The name that is left where an erased contact was.
const ERASED_NAME: &str = "Erased contact";

/// Erase a contact for good: what is known of it, what it wrote and what was written to it. An empty contact remains
/// where conversations named it.
#[utoipa::path(operation_id = "erase_contact", tag = "crm", params(ContactPath), request_body = EraseContact, responses((status = 200, body = Contact)))]
#[post("/v1/contacts/{contact_id}/erase")]
pub async fn erase_contact(call: Call, path: Path<ContactPath>, body: Body<EraseContact>) -> Reply {
    call.write(move |tx| erase(tx, path.contact_id, &body)).await
}

/// Clears the contact's row and identities; the other slices clear theirs when they are told of it.
///
/// # Errors
/// [`Error::Invalid`] unless the name was typed again; [`Error::Forbidden`] without `EraseContacts`.
pub fn erase(tx: &mut Tx<'_>, id: ContactId, request: &EraseContact) -> Result<Contact> {
    let locked = access::lock_contact_to_erase(tx, id)?;
    if request.confirm_name.trim() != locked.name {
        return Err(Error::invalid("confirm_name", "must be the contact's name, exactly as it is shown"));
    }
    let mut row = ContactRow::named(id, ERASED_NAME.to_owned(), false, locked.created_at);
    row.erased_at = Some(tx.now());
    row.updated_at = tx.now();
    store::update_contact(tx, &locked, &row)?;
    store::delete_identities(tx, &locked)?;
    store::consents::delete_all_of(tx, &locked)?;
    records::forget(tx, id.into(), locked.owner_id)?;
    // What was imported may hold the contact, too; the records that came of it stay.
    let now = tx.now();
    while imports::delete_ended(tx, Some(ObjectKind::Contact), now)? > 0 {}
    tx.emit(records::subject(locked.owner_id), Event::ContactErased { contact_id: id })?;
    // Not about the contact: that it was erased, and by whom, is what must remain. It holds nothing but the id.
    tx.about(None);
    tx.audit("contact.erase", ("contact", id.0), json!({}))?;
    Ok(row.to_wire(BTreeMap::new()))
}
