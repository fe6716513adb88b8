//! What calls need to know of users and contacts, which belong to other slices.

use db::Json;
use db::schema::{contacts, roles, users};
use diesel::dsl::{exists, sql};
use diesel::prelude::*;
use diesel::sql_types::Text;
use platform::{Result, Tx};
use types::accounts::UserState;
use types::{BuiltinRole, CompanyId, ContactId, Permission, PermissionSet, UserId};

/// Whether there is such a user who is active.
pub(crate) fn is_active_user(tx: &mut Tx<'_>, id: UserId) -> Result<bool> {
    let active = users::table.find(id).filter(users::state.eq(UserState::Active));
    Ok(diesel::select(exists(active)).get_result(tx.conn())?)
}

/// Whether a user who is active holds a permission.
pub(crate) fn holds(tx: &mut Tx<'_>, id: UserId, permission: Permission) -> Result<bool> {
    let role: Option<(Option<BuiltinRole>, Json<PermissionSet>)> = users::table
        .inner_join(roles::table)
        .filter(users::id.eq(id))
        .filter(users::state.eq(UserState::Active))
        .select((roles::builtin, roles::permissions))
        .get_result(tx.conn())
        .optional()?;
    Ok(role.is_some_and(|(builtin, Json(custom))| {
        builtin.map_or(custom, BuiltinRole::permissions).contains(&permission)
    }))
}

/// The addresses of the active users who hold a permission.
pub(crate) fn emails_of_holders(tx: &mut Tx<'_>, permission: Permission) -> Result<Vec<String>> {
    let all: Vec<(String, Option<BuiltinRole>, Json<PermissionSet>)> = users::table
        .inner_join(roles::table)
        .filter(users::state.eq(UserState::Active))
        .order(users::id)
        .select((users::email, roles::builtin, roles::permissions))
        .load(tx.conn())?;
    let holds = |builtin: Option<BuiltinRole>, custom: PermissionSet| {
        builtin.map_or(custom, BuiltinRole::permissions).contains(&permission)
    };
    let holders = all.into_iter().filter(|(_, builtin, custom)| holds(*builtin, custom.0.clone()));
    Ok(holders.map(|(email, _, _)| email).collect())
}

/// The contact with this id, or the one that it was merged into, unless it was erased.
pub(crate) fn find_contact(tx: &mut Tx<'_>, id: ContactId) -> Result<Option<ContactId>> {
    let found: Option<Option<ContactId>> = contacts::table
        .find(id)
        .filter(contacts::erased_at.is_null())
        .select(contacts::merged_into)
        .get_result(tx.conn())
        .optional()?;
    Ok(found.map(|merged_into| merged_into.unwrap_or(id)))
}

/// The user with this address.
pub(crate) fn user_with_email(tx: &mut Tx<'_>, email: &str) -> Result<Option<UserId>> {
    Ok(users::table.filter(users::email.eq(email)).select(users::id).get_result(tx.conn()).optional()?)
}

/// The verified contact with this address.
pub(crate) fn contact_with_email(tx: &mut Tx<'_>, email: &str) -> Result<Option<ContactId>> {
    Ok(contacts::table
        .filter(contacts::email.eq(email))
        .filter(contacts::verified.eq(true))
        .select(contacts::id)
        .get_result(tx.conn())
        .optional()?)
}

/// The companies that these contacts work for, each once.
pub(crate) fn companies_of(tx: &mut Tx<'_>, contacts: &[ContactId]) -> Result<Vec<CompanyId>> {
    Ok(contacts::table
        .filter(contacts::id.eq_any(contacts.to_vec()))
        .filter(contacts::company_id.is_not_null())
        .select(contacts::company_id.assume_not_null())
        .distinct()
        .load(tx.conn())?)
}

/// The one contact with this telephone number, however it is written; nobody where several have it.
pub(crate) fn contact_with_phone(tx: &mut Tx<'_>, phone: &str) -> Result<Option<ContactId>> {
    let bare: String = phone.chars().filter(|c| !" -./()".contains(*c)).collect();
    // As the index has it.
    let written = sql::<Text>(
        "REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(contacts.phone, ' ', ''), '-', ''), '.', ''), '/', ''), '(', ''), ')', '')",
    );
    let ids: Vec<ContactId> = contacts::table
        .filter(contacts::phone.is_not_null())
        .filter(written.eq(bare))
        .filter(contacts::merged_into.is_null())
        .filter(contacts::erased_at.is_null())
        .select(contacts::id)
        .limit(2)
        .load(tx.conn())?;
    Ok(match ids.as_slice() {
        [one] => Some(*one),
        _ => None,
    })
}

/// What a user is called.
pub(crate) fn name_of(tx: &mut Tx<'_>, user: UserId) -> Result<String> {
    Ok(users::table.find(user).select(users::name).get_result(tx.conn())?)
}
