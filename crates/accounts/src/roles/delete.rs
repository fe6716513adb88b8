use actix_web::delete;
use platform::{Error, Result, Tx};
use types::accounts::RolePath;
use types::{ErrorCode, Event, Subject};
use web::{Call, Path, Reply};

use crate::{access, store};

/// Delete a role that nobody has.
#[utoipa::path(operation_id = "delete_role", tag = "roles", params(RolePath), responses((status = 204)))]
#[delete("/v1/roles/{role_id}")]
pub async fn delete_role(call: Call, path: Path<RolePath>) -> Reply {
    call.delete(move |tx| delete(tx, &path)).await
}

fn delete(tx: &mut Tx<'_>, path: &RolePath) -> Result<()> {
    let role = access::lock_role(tx, path.role_id)?;
    let users = store::users::ids_of_role(tx, role.id)?.len();
    if users > 0 {
        let detail = format!("{users} users have this role; give them another one first.");
        return Err(Error::conflict(ErrorCode::InUse, detail));
    }
    store::roles::delete(tx, &role)?;
    tx.emit(Subject::Everyone, Event::RoleDeleted { role_id: role.id })?;
    tx.audit("role.delete", ("role", role.id.0), serde_json::json!({ "name": role.name }))
}
