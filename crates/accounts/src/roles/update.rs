use actix_web::put;
use platform::{Result, Sockets, Tx};
use types::accounts::{Role, RolePath, SaveRole};
use types::{Event, Subject};
use web::{Body, Call, Path, Reply};

use crate::{access, fields, store};

/// Replace a role.
///
/// It holds for its users at once. You cannot put a permission into it that you lack.
#[utoipa::path(operation_id = "update_role", tag = "roles", params(RolePath), request_body = SaveRole, responses((status = 200, body = Role)))]
#[put("/v1/roles/{role_id}")]
pub async fn update_role(call: Call, path: Path<RolePath>, body: Body<SaveRole>) -> Reply {
    call.write(move |tx| update(tx, &path, &body)).await
}

fn update(tx: &mut Tx<'_>, path: &RolePath, after: &SaveRole) -> Result<Role> {
    let role = access::lock_role(tx, path.role_id)?;
    access::may_hand_on(tx.actor(), &after.permissions)?;
    access::may_hand_on_records(tx.actor(), after.record_access)?;
    let name = fields::name("name", &after.name)?;
    let rights = (after.permissions.clone(), after.record_access);
    store::roles::update(tx, &role, &name, rights).map_err(super::name_is_taken)?;
    if role.permissions() != after.permissions || role.record_access != after.record_access {
        for user_id in store::users::ids_of_role(tx, role.id)? {
            tx.emit(Subject::User(user_id), Event::PermissionsChanged { user_id })?;
            tx.rescope_sockets(Sockets::User(user_id))?;
        }
    }
    let detail = serde_json::json!({
        "name": { "from": role.name, "to": name },
        "permissions": { "from": role.permissions(), "to": after.permissions },
        "record_access": { "from": role.record_access, "to": after.record_access },
    });
    tx.audit("role.update", ("role", role.id.0), detail)?;
    super::announce(tx, role.id)
}
