//! Roles.

use db::Json;
use db::schema::{roles, users};
use diesel::dsl::count;
use diesel::prelude::*;
use platform::{Granted, Result, Tx};
use types::accounts::Role;
use types::{BuiltinRole, PermissionSet, RecordAccess, RoleId, Timestamp};

use super::first_locked;

/// A row of `roles`.
#[derive(Clone, Debug, Queryable, Selectable, Insertable)]
#[diesel(table_name = roles)]
pub(crate) struct RoleRow {
    pub(crate) id: RoleId,
    pub(crate) name: String,
    pub(crate) builtin: Option<BuiltinRole>,
    /// Empty for a built-in role, whose permissions are those of this release.
    permissions: Json<PermissionSet>,
    created_at: Timestamp,
    /// Whose records its users see.
    pub(crate) record_access: RecordAccess,
}

impl RoleRow {
    pub(crate) fn custom(
        id: RoleId,
        name: String,
        (permissions, record_access): (PermissionSet, RecordAccess),
        now: Timestamp,
    ) -> Self {
        Self { id, name, builtin: None, permissions: Json(permissions), created_at: now, record_access }
    }

    pub(crate) fn builtin(id: RoleId, name: &str, builtin: BuiltinRole, now: Timestamp) -> Self {
        let permissions = Json(PermissionSet::new());
        let record_access = RecordAccess::Everything;
        Self {
            id,
            name: name.to_owned(),
            builtin: Some(builtin),
            permissions,
            created_at: now,
            record_access,
        }
    }

    /// What the role allows.
    pub(crate) fn permissions(&self) -> PermissionSet {
        match self.builtin {
            Some(builtin) => builtin.permissions(),
            None => self.permissions.0.clone(),
        }
    }

    /// The role as everybody sees it.
    pub(crate) fn view(&self, user_count: i64) -> Role {
        Role {
            id: self.id,
            name: self.name.clone(),
            builtin: self.builtin,
            permissions: self.permissions(),
            record_access: self.record_access,
            user_count,
        }
    }
}

pub(crate) fn insert(tx: &mut Tx<'_>, row: &RoleRow) -> Result<()> {
    diesel::insert_into(roles::table).values(row.clone()).execute(tx.conn())?;
    Ok(())
}

pub(crate) fn find(tx: &mut Tx<'_>, id: RoleId) -> Result<RoleRow> {
    Ok(roles::table.find(id).select(RoleRow::as_select()).get_result(tx.conn())?)
}

pub(crate) fn find_locked(tx: &mut Tx<'_>, id: RoleId) -> Result<RoleRow> {
    Ok(first_locked!(tx.conn(), roles::table.find(id).select(RoleRow::as_select()))?)
}

pub(crate) fn find_builtin(tx: &mut Tx<'_>, builtin: BuiltinRole) -> Result<Option<RoleRow>> {
    let found =
        roles::table.filter(roles::builtin.eq(builtin)).select(RoleRow::as_select()).get_result(tx.conn());
    Ok(found.optional()?)
}

/// Roles after `after` in the order of their ids; the built-in ones are the oldest.
pub(crate) fn page(tx: &mut Tx<'_>, after: Option<RoleId>, limit: i64) -> Result<Vec<RoleRow>> {
    let mut query = roles::table.select(RoleRow::as_select()).order(roles::id).limit(limit).into_boxed();
    if let Some(after) = after {
        query = query.filter(roles::id.gt(after));
    }
    Ok(query.load(tx.conn())?)
}

/// How many users each of the roles has; roles without users are missing.
pub(crate) fn user_counts(tx: &mut Tx<'_>, ids: &[RoleId]) -> Result<Vec<(RoleId, i64)>> {
    let query = users::table
        .filter(users::role_id.eq_any(ids.to_vec()))
        .group_by(users::role_id)
        .select((users::role_id, count(users::id)));
    Ok(query.load(tx.conn())?)
}

/// Changes a custom role.
pub(crate) fn update(
    tx: &mut Tx<'_>,
    row: &Granted<RoleRow>,
    name: &str,
    (permissions, record_access): (PermissionSet, RecordAccess),
) -> Result<()> {
    diesel::update(roles::table.find(row.id))
        .set((
            roles::name.eq(name),
            roles::permissions.eq(Json(permissions)),
            roles::record_access.eq(record_access),
        ))
        .execute(tx.conn())?;
    Ok(())
}

pub(crate) fn delete(tx: &mut Tx<'_>, row: &Granted<RoleRow>) -> Result<()> {
    diesel::delete(roles::table.find(row.id)).execute(tx.conn())?;
    Ok(())
}
