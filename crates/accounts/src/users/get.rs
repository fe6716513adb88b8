use actix_web::get;
use types::accounts::{User, UserPath};
use web::{Call, Path, Reply};

use crate::access;

/// Get a user.
#[utoipa::path(operation_id = "get_user", tag = "users", params(UserPath), responses((status = 200, body = User)))]
#[get("/v1/users/{user_id}")]
pub async fn get_user(call: Call, path: Path<UserPath>) -> Reply {
    call.read(move |tx| Ok(access::read_user(tx, path.user_id)?.view())).await
}
