use actix_web::post;
use platform::{Result, Tx};
use types::Permission;
use types::accounts::{Role, SaveRole};
use web::{Body, Call, Reply};

use crate::store::roles::RoleRow;
use crate::{access, fields, store};

/// Create a role.
///
/// You cannot put a permission into it that you lack.
#[utoipa::path(operation_id = "create_role", tag = "roles", request_body = SaveRole, responses((status = 201, body = Role)))]
#[post("/v1/roles")]
pub async fn create_role(call: Call, body: Body<SaveRole>) -> Reply {
    call.create(move |tx| create(tx, &body)).await
}

fn create(tx: &mut Tx<'_>, new: &SaveRole) -> Result<Role> {
    tx.actor().require(Permission::ManageRoles)?;
    access::may_hand_on(tx.actor(), &new.permissions)?;
    access::may_hand_on_records(tx.actor(), new.record_access)?;
    let name = fields::name("name", &new.name)?;
    let row = RoleRow::custom(tx.new_id(), name, (new.permissions.clone(), new.record_access), tx.now());
    store::roles::insert(tx, &row).map_err(super::name_is_taken)?;
    let detail = serde_json::json!({
        "name": row.name, "permissions": row.permissions(), "record_access": row.record_access,
    });
    tx.audit("role.create", ("role", row.id.0), detail)?;
    super::announce(tx, row.id)
}
