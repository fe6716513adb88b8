use std::collections::BTreeMap;

use actix_web::get;
use platform::{Result, Tx};
use types::accounts::Role;
use types::page::PageQuery;
use types::{Page, RoleId};
use web::{Call, Params, Reply};

use crate::{access, store};
use platform::Paging;

/// List roles, the built-in ones first.
#[utoipa::path(operation_id = "list_roles", tag = "roles", params(PageQuery), responses((status = 200, body = Page<Role>)))]
#[get("/v1/roles")]
pub async fn list_roles(call: Call, query: Params<PageQuery>) -> Reply {
    call.read(move |tx| list(tx, &query)).await
}

fn list(tx: &mut Tx<'_>, query: &PageQuery) -> Result<Page<Role>> {
    access::colleague(tx.actor())?;
    let paging = Paging::of(query.cursor.as_deref(), query.limit)?;
    let rows = store::roles::page(tx, paging.after_id()?, paging.rows())?;
    let page = paging.page(rows, |row| db::Cursor::new([row.id.0.into()]));
    let ids: Vec<RoleId> = page.items.iter().map(|row| row.id).collect();
    let counts: BTreeMap<RoleId, i64> = store::roles::user_counts(tx, &ids)?.into_iter().collect();
    Ok(page.map(|row| row.view(counts.get(&row.id).copied().unwrap_or(0))))
}
