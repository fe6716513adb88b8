use actix_web::post;
use platform::{Result, Sockets, Tx};
use types::accounts::{User, UserPath, UserState};
use web::{Call, Path, Reply};

use crate::links::Purpose;
use crate::store::users::UserRow;
use crate::{access, store};

/// Deactivate a user.
///
/// The user is signed out everywhere at once, API tokens the user made stop working, and open conversations of the
/// user become unassigned. What the user wrote stays. The account keeps at least one active super administrator.
#[utoipa::path(operation_id = "deactivate_user", tag = "users", params(UserPath), responses((status = 200, body = User)))]
#[post("/v1/users/{user_id}/deactivate")]
pub async fn deactivate_user(call: Call, path: Path<UserPath>) -> Reply {
    call.write(move |tx| deactivate(tx, &path)).await
}

fn deactivate(tx: &mut Tx<'_>, path: &UserPath) -> Result<User> {
    let user = access::lock_user(tx, path.user_id)?;
    if user.state == UserState::Deactivated {
        return Ok(user.view());
    }
    let after = UserRow { state: UserState::Deactivated, ..user.clone() };
    store::users::update(tx, &user, &after)?;
    super::require_an_administrator(tx)?;
    store::sessions::end_all(tx, user.id, None)?;
    store::links::delete_of_user(tx, user.id, Purpose::Invitation)?;
    store::links::delete_of_user(tx, user.id, Purpose::PasswordReset)?;
    super::announce(tx, &after)?;
    tx.end_sockets(Sockets::User(user.id), "deactivated")?;
    tx.audit("user.deactivate", ("user", user.id.0), serde_json::json!({ "email": user.email }))?;
    Ok(after.view())
}
