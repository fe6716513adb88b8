use actix_web::get;
use platform::{Result, Tx};
use types::accounts::ApiToken;
use types::page::PageQuery;
use types::{Page, Permission};
use web::{Call, Params, Reply};

use crate::store;
use platform::Paging;

/// List API tokens, the oldest first.
#[utoipa::path(operation_id = "list_api_tokens", tag = "api_tokens", params(PageQuery), responses((status = 200, body = Page<ApiToken>)))]
#[get("/v1/api_tokens")]
pub async fn list_api_tokens(call: Call, query: Params<PageQuery>) -> Reply {
    call.read(move |tx| list(tx, &query)).await
}

fn list(tx: &mut Tx<'_>, query: &PageQuery) -> Result<Page<ApiToken>> {
    tx.actor().require(Permission::ManageApiTokens)?;
    let paging = Paging::of(query.cursor.as_deref(), query.limit)?;
    let rows = store::api_tokens::page(tx, paging.after_id()?, paging.rows())?;
    Ok(paging.page(rows, |row| db::Cursor::new([row.id.0.into()])).map(|row| row.view()))
}
