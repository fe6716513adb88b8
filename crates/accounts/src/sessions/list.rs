use actix_web::get;
use platform::{Result, Tx};
use types::Page;
use types::accounts::Session;
use web::{Call, Reply};

use crate::{access, store};

/// The list is not paged: nobody has more sign-ins at a time that matter.
const MOST: i64 = 200;

/// List your sessions, the last used first; at most 200.
#[utoipa::path(operation_id = "list_sessions", tag = "sessions", responses((status = 200, body = Page<Session>)))]
#[get("/v1/sessions")]
pub async fn list_sessions(call: Call) -> Reply {
    call.read(list).await
}

fn list(tx: &mut Tx<'_>) -> Result<Page<Session>> {
    let user = access::signed_in(tx.actor())?;
    let rows = store::sessions::of_user(tx, user.id, MOST)?;
    let view = |row: store::sessions::SessionRow| Session {
        id: row.id,
        current: row.id == user.session_id,
        user_agent: row.user_agent,
        address: row.address,
        created_at: row.created_at,
        last_used_at: row.last_used_at,
    };
    Ok(Page { items: rows.into_iter().map(view).collect(), next_cursor: None })
}
