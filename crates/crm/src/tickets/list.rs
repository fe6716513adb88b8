//! Listing tickets.

use actix_web::get;
use platform::{Paging, Result, Tx};
use types::Page;
use types::crm::{ListTickets, ObjectKind, Ticket};
use web::{Call, Params, Reply};

use crate::store::lists::ListQuery;
use crate::{properties, store};

/// List tickets, by subject unless told.
#[utoipa::path(operation_id = "list_tickets", tag = "crm", params(ListTickets), responses((status = 200, body = Page<Ticket>)))]
#[get("/v1/tickets")]
pub async fn list_tickets(call: Call, query: Params<ListTickets>) -> Reply {
    call.read(move |tx| list(tx, &query)).await
}

/// A page of tickets that the actor sees.
///
/// # Errors
/// [`Error::Invalid`](platform::Error::Invalid) for `cursor`, `limit` or `properties`;
/// [`Error::Forbidden`](platform::Error::Forbidden) without `ReadContacts`.
pub fn list(tx: &mut Tx<'_>, query: &ListTickets) -> Result<Page<Ticket>> {
    let paging = Paging::of(query.cursor.as_deref(), query.limit)?;
    let list = ListQuery::of(tx, ObjectKind::Ticket, query, &paging)?;
    let rows = store::list_tickets(tx, query, &list)?;
    let page =
        paging.page(rows, |row| list.cursor(&row.subject_key, row.created_at, row.updated_at, row.id.0));
    let mut values = properties::of_records(tx, page.items.iter().map(|row| row.id))?;
    Ok(page.map(|row| row.to_wire(values.remove(&row.id.into()).unwrap_or_default())))
}
