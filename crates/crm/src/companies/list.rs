//! Listing companies.

use std::collections::HashMap;

use actix_web::get;
use db::Cursor;
use platform::{Paging, Result, Tx};
use types::Page;
use types::crm::{Company, ListCompanies};
use web::{Call, Params, Reply};

use crate::{access, store};

/// List companies by name.
#[utoipa::path(operation_id = "list_companies", tag = "crm", params(ListCompanies), responses((status = 200, body = Page<Company>)))]
#[get("/v1/companies")]
pub async fn list_companies(call: Call, query: Params<ListCompanies>) -> Reply {
    call.read(move |tx| list(tx, &query)).await
}

/// A page of companies by name.
///
/// # Errors
/// [`Error::Invalid`](platform::Error::Invalid) for `cursor` or `limit`; [`Error::Forbidden`](platform::Error::Forbidden)
/// without `ReadContacts`.
pub fn list(tx: &mut Tx<'_>, query: &ListCompanies) -> Result<Page<Company>> {
    access::require_read(tx)?;
    let paging = Paging::of(query.cursor.as_deref(), query.limit)?;
    let after = paging.after.as_ref().map(store::name_and_id).transpose()?;
    let rows = store::list_companies(tx, query, after, paging.rows())?;
    let page = paging.page(rows, |row| Cursor::new([row.name_key.clone().into(), row.id.0.into()]));
    let ids: Vec<_> = page.items.iter().map(|row| row.id).collect();
    let counts: HashMap<_, _> = store::count_contacts(tx, &ids)?.into_iter().collect();
    Ok(page.map(|row| row.to_wire(counts.get(&row.id).copied().unwrap_or_default())))
}
