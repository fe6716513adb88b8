use actix_web::get;
use platform::{Paging, Result, Tx};
use types::accounts::Domain;
use types::page::PageQuery;
use types::{Page, Permission};
use web::{Call, Params, Reply};

use crate::store;

/// List domains, the oldest first.
#[utoipa::path(operation_id = "list_domains", tag = "domains", params(PageQuery), responses((status = 200, body = Page<Domain>)))]
#[get("/v1/domains")]
pub async fn list_domains(call: Call, query: Params<PageQuery>) -> Reply {
    call.read(move |tx| list(tx, &query)).await
}

fn list(tx: &mut Tx<'_>, query: &PageQuery) -> Result<Page<Domain>> {
    tx.actor().require(Permission::ManageDomains)?;
    let paging = Paging::of(query.cursor.as_deref(), query.limit)?;
    let rows = store::domains::page(tx, paging.after_id()?, paging.rows())?;
    Ok(paging.page(rows, |row| db::Cursor::new([row.id.0.into()])).map(|row| super::shown(tx, &row)))
}
