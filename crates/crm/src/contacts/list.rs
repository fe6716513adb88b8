//! Listing contacts.

use actix_web::get;
use platform::{Paging, Result, Tx};
use types::Page;
use types::crm::{Contact, ListContacts, ObjectKind};
use web::{Call, Params, Reply};

use crate::store::lists::ListQuery;
use crate::{properties, store};

/// List contacts, by name unless told. Those that were merged away or erased are left out.
#[utoipa::path(operation_id = "list_contacts", tag = "crm", params(ListContacts), responses((status = 200, body = Page<Contact>)))]
#[get("/v1/contacts")]
pub async fn list_contacts(call: Call, query: Params<ListContacts>) -> Reply {
    call.read(move |tx| list(tx, &query)).await
}

/// A page of contacts that the actor sees.
///
/// # Errors
/// [`Error::Invalid`](platform::Error::Invalid) for `cursor`, `limit` or `properties`; [`Error::Forbidden`](platform::Error::Forbidden)
/// without `ReadContacts`.
pub fn list(tx: &mut Tx<'_>, query: &ListContacts) -> Result<Page<Contact>> {
    let paging = Paging::of(query.cursor.as_deref(), query.limit)?;
    let list = ListQuery::of(tx, ObjectKind::Contact, query, &paging)?;
    let rows = store::list_contacts(tx, query, &list)?;
    let page = paging.page(rows, |row| list.cursor(&row.name_key, row.created_at, row.updated_at, row.id.0));
    let mut values = properties::of_records(tx, page.items.iter().map(|row| row.id))?;
    Ok(page.map(|row| row.to_wire(values.remove(&row.id.into()).unwrap_or_default())))
}
