use actix_web::get;
use types::accounts::Me;
use web::{Call, Reply};

use crate::access;

/// Get the signed-in user: profile, preferences and permissions.
#[utoipa::path(operation_id = "get_me", tag = "me", responses((status = 200, body = Me)))]
#[get("/v1/me")]
pub async fn get_me(call: Call) -> Reply {
    call.read(|tx| {
        let id = tx.actor().user_id()?;
        let user = access::read_user(tx, id)?;
        super::view(tx, &user)
    })
    .await
}
