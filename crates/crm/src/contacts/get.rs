//! Reading one contact.

use actix_web::get;
use platform::{Error, Result, Tx};
use types::ContactId;
use types::crm::{Contact, ContactPath};
use web::{Call, Path, Reply};

use crate::store::ContactRow;
use crate::{access, properties, store};

/// Get a contact. The id of one that was merged leads to the one that stayed.
#[utoipa::path(operation_id = "get_contact", tag = "crm", params(ContactPath), responses((status = 200, body = Contact)))]
#[get("/v1/contacts/{contact_id}")]
pub async fn get_contact(call: Call, path: Path<ContactPath>) -> Reply {
    call.read(move |tx| get(tx, path.contact_id)).await
}

/// The contact, or the one it was merged into.
///
/// # Errors
/// [`Error::NotFound`]; [`Error::Forbidden`] without `ReadContacts`.
pub fn get(tx: &mut Tx<'_>, id: ContactId) -> Result<Contact> {
    let row = access::read_contact(tx, id)?;
    view(tx, &row)
}

/// The contact, or the one it was merged into, for a slice that has checked access to what names it.
///
/// # Errors
/// [`Error::NotFound`].
pub fn find(tx: &mut Tx<'_>, id: ContactId) -> Result<Contact> {
    let row = store::follow_contact(tx, id)?.ok_or(Error::NotFound)?;
    view(tx, &row)
}

fn view(tx: &mut Tx<'_>, row: &ContactRow) -> Result<Contact> {
    Ok(row.to_wire(properties::of_record(tx, row.id)?))
}
