use actix_web::post;
use platform::{Result, Tx};
use types::accounts::UserPath;
use web::{Call, Path, Reply};

use crate::{access, sessions};

/// Sign a user out everywhere.
///
/// API tokens go on working; revoke them one by one.
#[utoipa::path(operation_id = "sign_out_user", tag = "users", params(UserPath), responses((status = 204)))]
#[post("/v1/users/{user_id}/sign_out")]
pub async fn sign_out_user(call: Call, path: Path<UserPath>) -> Reply {
    call.delete(move |tx| sign_out(tx, &path)).await
}

fn sign_out(tx: &mut Tx<'_>, path: &UserPath) -> Result<()> {
    let user = access::lock_user(tx, path.user_id)?;
    sessions::end_all(tx, user.id, None)?;
    tx.audit("user.sign_out", ("user", user.id.0), serde_json::json!({}))
}
