use actix_web::patch;
use platform::{Granted, Result, Tx};
use types::accounts::{UpdateUser, User, UserPath};
use types::{Event, RoleId, Subject};
use web::{Body, Call, Path, Reply};

use crate::store::users::UserRow;
use crate::{access, fields, roles, store};

/// Change a user's name or role.
///
/// You cannot give or take a role that may do more than you. The account keeps at least one active super administrator.
#[utoipa::path(operation_id = "update_user", tag = "users", params(UserPath), request_body = UpdateUser, responses((status = 200, body = User)))]
#[patch("/v1/users/{user_id}")]
pub async fn update_user(call: Call, path: Path<UserPath>, body: Body<UpdateUser>) -> Reply {
    call.write(move |tx| update(tx, &path, &body)).await
}

fn update(tx: &mut Tx<'_>, path: &UserPath, changes: &UpdateUser) -> Result<User> {
    let user = access::lock_user(tx, path.user_id)?;
    let mut after = user.clone();
    if let Some(name) = &changes.name {
        after.name = fields::name("name", name)?;
    }
    if let Some(role_id) = changes.role_id.filter(|id| *id != user.role_id) {
        let role = super::role_of_request(tx, role_id)?;
        access::may_give(tx, &role)?;
        after.role_id = role.id;
    }
    store::users::update(tx, &user, &after)?;
    super::announce(tx, &after)?;
    if after.role_id != user.role_id {
        change_role(tx, &user, after.role_id)?;
    }
    let detail = serde_json::json!({
        "name": { "from": user.name, "to": after.name },
        "role_id": { "from": user.role_id, "to": after.role_id },
    });
    tx.audit("user.update", ("user", user.id.0), detail)?;
    Ok(after.view())
}

/// What follows from another role: counts of both roles, and what the user's sockets may see.
fn change_role(tx: &mut Tx<'_>, user: &Granted<UserRow>, to: RoleId) -> Result<()> {
    super::require_an_administrator(tx)?;
    roles::announce(tx, user.role_id)?;
    roles::announce(tx, to)?;
    tx.emit(Subject::User(user.id), Event::PermissionsChanged { user_id: user.id })?;
    tx.rescope_sockets(platform::Sockets::User(user.id))
}
