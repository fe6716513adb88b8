use actix_web::get;
use platform::{Result, Tx};
use types::Page;
use types::accounts::Notification;
use types::page::PageQuery;
use web::{Call, Params, Reply};

use crate::{access, store};
use platform::Paging;

/// List your notifications, the newest first.
#[utoipa::path(operation_id = "list_notifications", tag = "notifications", params(PageQuery), responses((status = 200, body = Page<Notification>)))]
#[get("/v1/notifications")]
pub async fn list_notifications(call: Call, query: Params<PageQuery>) -> Reply {
    call.read(move |tx| list(tx, &query)).await
}

fn list(tx: &mut Tx<'_>, query: &PageQuery) -> Result<Page<Notification>> {
    let user = access::signed_in(tx.actor())?.id;
    let paging = Paging::of(query.cursor.as_deref(), query.limit)?;
    let rows = store::notifications::page(tx, user, &paging)?;
    Ok(paging.page(rows, store::notifications::cursor).map(|row| row.view()))
}
