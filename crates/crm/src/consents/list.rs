//! Reading the consents of a contact.

use actix_web::get;
use db::Cursor;
use platform::{Paging, Result, Tx};
use types::crm::{ContactConsents, ContactPath};
use types::page::PageQuery;
use types::{ContactId, Timestamp};
use web::{Call, Params, Path, Reply};

use super::current;
use crate::store::consents::ConsentRow;
use crate::{access, store};

/// List the consents of a contact, the newest entry first, and what holds now.
#[utoipa::path(operation_id = "list_contact_consents", tag = "crm", params(ContactPath, PageQuery), responses((status = 200, body = ContactConsents), (status = 404, description = "There is no such contact, or you may not see it.")))]
#[get("/v1/contacts/{contact_id}/consents")]
pub async fn list_contact_consents(call: Call, path: Path<ContactPath>, query: Params<PageQuery>) -> Reply {
    call.read(move |tx| list(tx, path.contact_id, &query)).await
}

/// A page of the log of a contact, or of the one that it was merged into.
///
/// # Errors
/// [`Error::NotFound`](platform::Error::NotFound) for a contact that is out of sight;
/// [`Error::Invalid`](platform::Error::Invalid) for `cursor` or `limit`.
pub fn list(tx: &mut Tx<'_>, id: ContactId, query: &PageQuery) -> Result<ContactConsents> {
    let contact = access::read_contact(tx, id)?.id;
    let paging = Paging::of(query.cursor.as_deref(), query.limit)?;
    let after = match &paging.after {
        Some(cursor) => Some((Timestamp(cursor.number(0)?), cursor.number(1)?)),
        None => None,
    };
    let rows = store::consents::page(tx, contact, after, paging.rows())?;
    let page = paging.page(rows, |row| Cursor::new([row.at.0.into(), row.id.0.into()]));
    let page = page.map(ConsentRow::into_wire);
    Ok(ContactConsents { current: current(tx, contact)?, items: page.items, next_cursor: page.next_cursor })
}
