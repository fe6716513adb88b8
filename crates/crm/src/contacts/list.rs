//! Listing contacts.

use actix_web::get;
use db::Cursor;
use platform::{Paging, Result, Tx};
use types::Page;
use types::crm::{Contact, ListContacts};
use web::{Call, Params, Reply};

use crate::{access, store};

/// List contacts by name. Those that were merged away or erased are left out.
#[utoipa::path(operation_id = "list_contacts", tag = "crm", params(ListContacts), responses((status = 200, body = Page<Contact>)))]
#[get("/v1/contacts")]
pub async fn list_contacts(call: Call, query: Params<ListContacts>) -> Reply {
    call.read(move |tx| list(tx, &query)).await
}

/// A page of contacts by name.
///
/// # Errors
/// [`Error::Invalid`](platform::Error::Invalid) for `cursor` or `limit`; [`Error::Forbidden`](platform::Error::Forbidden)
/// without `ReadContacts`.
pub fn list(tx: &mut Tx<'_>, query: &ListContacts) -> Result<Page<Contact>> {
    access::require_read(tx)?;
    let paging = Paging::of(query.cursor.as_deref(), query.limit)?;
    let after = paging.after.as_ref().map(store::name_and_id).transpose()?;
    let rows = store::list_contacts(tx, query, after, paging.rows())?;
    let page = paging.page(rows, |row| Cursor::new([row.name_key.clone().into(), row.id.0.into()]));
    Ok(page.map(|row| row.to_wire()))
}
