use actix_web::get;
use platform::{Result, Tx};
use types::Page;
use types::accounts::{ListUsers, User};
use web::{Call, Params, Reply};

use crate::{access, store};
use platform::Paging;

/// List users, the oldest first.
#[utoipa::path(operation_id = "list_users", tag = "users", params(ListUsers), responses((status = 200, body = Page<User>)))]
#[get("/v1/users")]
pub async fn list_users(call: Call, query: Params<ListUsers>) -> Reply {
    call.read(move |tx| list(tx, &query)).await
}

fn list(tx: &mut Tx<'_>, query: &ListUsers) -> Result<Page<User>> {
    access::colleague(tx.actor())?;
    let paging = Paging::of(query.cursor.as_deref(), query.limit)?;
    let rows = store::users::page(tx, query.state, paging.after_id()?, paging.rows())?;
    let page = paging.page(rows, |row| db::Cursor::new([row.id.0.into()]));
    Ok(page.map(|row| row.view()))
}
