use actix_web::get;
use platform::{Result, Tx};
use types::accounts::{ListMails, Mail};
use types::{Page, Permission};
use web::{Call, Params, Reply};

use crate::store;
use platform::Paging;

/// List outgoing mails, the newest first.
#[utoipa::path(operation_id = "list_mails", tag = "mails", params(ListMails), responses((status = 200, body = Page<Mail>)))]
#[get("/v1/mails")]
pub async fn list_mails(call: Call, query: Params<ListMails>) -> Reply {
    call.read(move |tx| list(tx, &query)).await
}

fn list(tx: &mut Tx<'_>, query: &ListMails) -> Result<Page<Mail>> {
    tx.actor().require(Permission::ManageMail)?;
    let paging = Paging::of(query.cursor.as_deref(), query.limit)?;
    let rows = store::mails::page(tx, query.state, &paging)?;
    let page = paging.page(rows, store::mails::cursor);
    let items = page.items.into_iter().map(|row| super::view(tx, row)).collect::<Result<_>>()?;
    Ok(Page { items, next_cursor: page.next_cursor })
}
