use actix_web::post;
use platform::{Result, Tx};
use types::accounts::{User, UserPath, UserState};
use web::{Call, Path, Reply};

use super::invite;
use crate::store::users::UserRow;
use crate::{access, store};

/// Reactivate a user.
///
/// A user who never set a password is invited again.
#[utoipa::path(operation_id = "reactivate_user", tag = "users", params(UserPath), responses((status = 200, body = User)))]
#[post("/v1/users/{user_id}/reactivate")]
pub async fn reactivate_user(call: Call, path: Path<UserPath>) -> Reply {
    call.write(move |tx| reactivate(tx, &path)).await
}

fn reactivate(tx: &mut Tx<'_>, path: &UserPath) -> Result<User> {
    let user = access::lock_user(tx, path.user_id)?;
    if user.state != UserState::Deactivated {
        return Ok(user.view());
    }
    let state = if user.password_hash.is_some() { UserState::Active } else { UserState::Invited };
    let after = UserRow { state, ..user.clone() };
    store::users::update(tx, &user, &after)?;
    if state == UserState::Invited {
        invite::send(tx, &after)?;
    }
    super::announce(tx, &after)?;
    tx.audit("user.reactivate", ("user", user.id.0), serde_json::json!({ "email": user.email }))?;
    Ok(after.view())
}
