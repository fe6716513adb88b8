//! Listing companies.

use std::collections::HashMap;

use actix_web::get;
use platform::{Paging, Result, Tx};
use types::Page;
use types::crm::{Company, ListCompanies, ObjectKind};
use web::{Call, Params, Reply};

use crate::store::lists::ListQuery;
use crate::{properties, store};

/// List companies, by name unless told.
#[utoipa::path(operation_id = "list_companies", tag = "crm", params(ListCompanies), responses((status = 200, body = Page<Company>)))]
#[get("/v1/companies")]
pub async fn list_companies(call: Call, query: Params<ListCompanies>) -> Reply {
    call.read(move |tx| list(tx, &query)).await
}

/// A page of companies that the actor sees.
///
/// # Errors
/// [`Error::Invalid`](platform::Error::Invalid) for `cursor`, `limit` or `properties`; [`Error::Forbidden`](platform::Error::Forbidden)
/// without `ReadContacts`.
pub fn list(tx: &mut Tx<'_>, query: &ListCompanies) -> Result<Page<Company>> {
    let paging = Paging::of(query.cursor.as_deref(), query.limit)?;
    let list = ListQuery::of(tx, ObjectKind::Company, query, &paging)?;
    let rows = store::list_companies(tx, &list)?;
    let page = paging.page(rows, |row| list.cursor(&row.name_key, row.created_at, row.updated_at, row.id.0));
    let ids: Vec<_> = page.items.iter().map(|row| row.id).collect();
    let counts: HashMap<_, _> = store::count_contacts(tx, &ids)?.into_iter().collect();
    let mut values = properties::of_records(tx, ids)?;
    Ok(page.map(|row| {
        let count = counts.get(&row.id).copied().unwrap_or_default();
        row.to_wire(count, values.remove(&row.id.into()).unwrap_or_default())
    }))
}
