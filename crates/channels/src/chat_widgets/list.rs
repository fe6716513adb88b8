//! Lists chat widgets.

use actix_web::get;
use db::Cursor;
use platform::{Paging, Result, Tx};
use types::Page;
use types::channels::ChatWidget;
use types::page::PageQuery;
use web::{Call, Params, Reply};

use super::{show, store};
use crate::access;

/// List chat widgets, the oldest first.
#[utoipa::path(operation_id = "list_chat_widgets", tag = "channels", params(PageQuery),
    responses((status = 200, description = "The widgets.", body = Page<ChatWidget>)))]
#[get("/v1/chat_widgets")]
pub(crate) async fn list_chat_widgets(call: Call, query: Params<PageQuery>) -> Reply {
    call.read(move |tx| list(tx, &query)).await
}

fn list(tx: &mut Tx<'_>, query: &PageQuery) -> Result<Page<ChatWidget>> {
    access::require_manage(tx)?;
    let paging = Paging::of(query.cursor.as_deref(), query.limit)?;
    let rows = store::list(tx, paging.after_id()?, paging.rows())?;
    let page = paging.page(rows, |row| Cursor::new([row.id.0.into()]));
    Ok(page.map(|row| show(tx, row)))
}
