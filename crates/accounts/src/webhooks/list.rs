use actix_web::get;
use platform::{Paging, Result, Tx};
use types::accounts::Webhook;
use types::page::PageQuery;
use types::{Page, Permission};
use web::{Call, Params, Reply};

use crate::store;

/// List webhooks, the oldest first.
#[utoipa::path(operation_id = "list_webhooks", tag = "webhooks", params(PageQuery), responses((status = 200, body = Page<Webhook>)))]
#[get("/v1/webhooks")]
pub async fn list_webhooks(call: Call, query: Params<PageQuery>) -> Reply {
    call.read(move |tx| list(tx, &query)).await
}

fn list(tx: &mut Tx<'_>, query: &PageQuery) -> Result<Page<Webhook>> {
    tx.actor().require(Permission::ManageWebhooks)?;
    let paging = Paging::of(query.cursor.as_deref(), query.limit)?;
    let rows = store::webhooks::page(tx, paging.after_id()?, paging.rows())?;
    Ok(paging.page(rows, |row| db::Cursor::new([row.id.0.into()])).map(|row| row.to_wire()))
}
