use actix_web::get;
use platform::{Result, Tx};
use types::Page;
use types::accounts::Team;
use types::page::PageQuery;
use web::{Call, Params, Reply};

use crate::{access, store};
use platform::Paging;

/// List teams, the oldest first.
#[utoipa::path(operation_id = "list_teams", tag = "teams", params(PageQuery), responses((status = 200, body = Page<Team>)))]
#[get("/v1/teams")]
pub async fn list_teams(call: Call, query: Params<PageQuery>) -> Reply {
    call.read(move |tx| list(tx, &query)).await
}

fn list(tx: &mut Tx<'_>, query: &PageQuery) -> Result<Page<Team>> {
    access::colleague(tx.actor())?;
    let paging = Paging::of(query.cursor.as_deref(), query.limit)?;
    let rows = store::teams::page(tx, paging.after_id()?, paging.rows())?;
    let page = paging.page(rows, |row| db::Cursor::new([row.id.0.into()]));
    Ok(Page { items: store::teams::views(tx, page.items)?, next_cursor: page.next_cursor })
}
