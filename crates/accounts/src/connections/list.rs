use actix_web::get;
use platform::{Paging, Result, Tx};
use types::accounts::Connection;
use types::page::PageQuery;
use types::{Page, Permission};
use web::{Call, Params, Reply};

use crate::{access, store};

/// List the connections to services of others, the oldest first: your own, and with `manage_settings` everybody's and those
/// of the account.
#[utoipa::path(operation_id = "list_connections", tag = "connections", params(PageQuery), responses((status = 200, body = Page<Connection>)))]
#[get("/v1/connections")]
pub async fn list_connections(call: Call, query: Params<PageQuery>) -> Reply {
    call.read(move |tx| list(tx, &query)).await
}

fn list(tx: &mut Tx<'_>, query: &PageQuery) -> Result<Page<Connection>> {
    access::colleague(tx.actor())?;
    let own = if tx.actor().has(Permission::ManageSettings) { None } else { Some(tx.actor().user_id()?) };
    let paging = Paging::of(query.cursor.as_deref(), query.limit)?;
    let rows = store::connections::page(tx, own, paging.after_id()?, paging.rows())?;
    Ok(paging.page(rows, |row| db::Cursor::new([row.id.0.into()])).map(|row| row.to_wire()))
}
