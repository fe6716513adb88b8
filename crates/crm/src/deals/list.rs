//! Listing deals.

use actix_web::get;
use platform::{Paging, Result, Tx};
use types::Page;
use types::crm::{Deal, ListDeals, ObjectKind};
use web::{Call, Params, Reply};

use crate::store::lists::ListQuery;
use crate::{properties, store};

/// List deals, by name unless told.
#[utoipa::path(operation_id = "list_deals", tag = "crm", params(ListDeals), responses((status = 200, body = Page<Deal>)))]
#[get("/v1/deals")]
pub async fn list_deals(call: Call, query: Params<ListDeals>) -> Reply {
    call.read(move |tx| list(tx, &query)).await
}

/// A page of deals that the actor sees.
///
/// # Errors
/// [`Error::Invalid`](platform::Error::Invalid) for `cursor`, `limit` or `properties`;
/// [`Error::Forbidden`](platform::Error::Forbidden) without `ReadContacts`.
pub fn list(tx: &mut Tx<'_>, query: &ListDeals) -> Result<Page<Deal>> {
    let paging = Paging::of(query.cursor.as_deref(), query.limit)?;
    let list = ListQuery::of(tx, ObjectKind::Deal, query, &paging)?;
    let rows = store::list_deals(tx, query, &list)?;
    let page = paging.page(rows, |row| list.cursor(&row.name_key, row.created_at, row.updated_at, row.id.0));
    let mut values = properties::of_records(tx, page.items.iter().map(|row| row.id))?;
    Ok(page.map(|row| row.to_wire(values.remove(&row.id.into()).unwrap_or_default())))
}
