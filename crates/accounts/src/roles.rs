//! Roles: named sets of permissions. The built-in ones are rows too, so that users point at either kind alike.

mod create;
mod delete;
mod list;
mod update;

use platform::{Error, Key, Result, Tx};
use types::accounts::Role;
use types::{BuiltinRole, Event, RoleId, Subject};

use crate::store;
use crate::store::roles::RoleRow;

pub use create::create_role;
pub use delete::delete_role;
pub use list::list_roles;
pub use update::update_role;

/// Makes sure that every account has the roles that come with Rapport. Does nothing where they are.
///
/// # Errors
/// [`Error::Internal`] when the database refuses it.
pub fn ensure_builtin_roles(tx: &mut Tx<'_>) -> Result<()> {
    tx.lock(Key::Named("roles", "builtin"))?;
    for builtin in BuiltinRole::ALL {
        if store::roles::find_builtin(tx, *builtin)?.is_none() {
            let row = RoleRow::builtin(tx.new_id(), name_of(*builtin), *builtin, tx.now());
            store::roles::insert(tx, &row)?;
        }
    }
    Ok(())
}

/// The name in English; the app shows its own translation.
fn name_of(builtin: BuiltinRole) -> &'static str {
    match builtin {
        BuiltinRole::SuperAdministrator => "Super administrator",
        BuiltinRole::Administrator => "Administrator",
        BuiltinRole::Agent => "Agent",
        BuiltinRole::Viewer => "Viewer",
    }
}

/// The role with the number of its users.
fn view(tx: &mut Tx<'_>, row: &RoleRow) -> Result<Role> {
    let count = store::roles::user_counts(tx, &[row.id])?.first().map_or(0, |(_, count)| *count);
    Ok(row.view(count))
}

/// Tells everybody how a role is now.
pub(crate) fn announce(tx: &mut Tx<'_>, id: RoleId) -> Result<Role> {
    let row = store::roles::find(tx, id)?;
    let role = view(tx, &row)?;
    tx.emit(Subject::Everyone, Event::RoleChanged { role: role.clone() })?;
    Ok(role)
}

/// Names the field when another role has the name.
fn name_is_taken(error: Error) -> Error {
    if error.is_taken() { platform::fields::taken("name", "belongs to another role") } else { error }
}
