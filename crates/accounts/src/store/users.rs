//! Users.

use db::Json;
use db::schema::{roles, users};
use diesel::prelude::*;
use platform::{Granted, Result, Tx};
use types::accounts::{Preferences, User, UserState};
use types::{BuiltinRole, RoleId, Timestamp, UserId};

use super::first_locked;

/// A row of `users`.
#[derive(Clone, Debug, Queryable, Selectable, Insertable)]
#[diesel(table_name = users)]
pub(crate) struct UserRow {
    pub(crate) id: UserId,
    pub(crate) email: String,
    pub(crate) name: String,
    pub(crate) password_hash: Option<String>,
    pub(crate) role_id: RoleId,
    pub(crate) state: UserState,
    pub(crate) preferences: Json<Preferences>,
    /// Sealed; set but not enabled while the second factor is being set up.
    pub(crate) totp_secret: Option<String>,
    pub(crate) totp_enabled: bool,
    /// The last time step whose code was used.
    pub(crate) totp_last_step: i64,
    pub(crate) created_at: Timestamp,
    pub(crate) last_seen_at: Option<Timestamp>,
}

impl UserRow {
    /// The user as others see it.
    pub(crate) fn view(&self) -> User {
        User {
            id: self.id,
            name: self.name.clone(),
            email: self.email.clone(),
            role_id: self.role_id,
            state: self.state,
            created_at: self.created_at,
            last_seen_at: self.last_seen_at,
        }
    }
}

pub(crate) fn insert(tx: &mut Tx<'_>, row: &UserRow) -> Result<()> {
    diesel::insert_into(users::table).values(row.clone()).execute(tx.conn())?;
    Ok(())
}

pub(crate) fn find(tx: &mut Tx<'_>, id: UserId) -> Result<UserRow> {
    Ok(users::table.find(id).select(UserRow::as_select()).get_result(tx.conn())?)
}

pub(crate) fn find_locked(tx: &mut Tx<'_>, id: UserId) -> Result<UserRow> {
    Ok(first_locked!(tx.conn(), users::table.find(id).select(UserRow::as_select()))?)
}

/// `email` in the form that [`fields::email`](crate::fields::email) gives it.
pub(crate) fn find_by_email(tx: &mut Tx<'_>, email: &str) -> Result<Option<UserRow>> {
    let found =
        users::table.filter(users::email.eq(email)).select(UserRow::as_select()).get_result(tx.conn());
    Ok(found.optional()?)
}

/// Users after `after` in the order of their ids.
pub(crate) fn page(
    tx: &mut Tx<'_>,
    state: Option<UserState>,
    after: Option<UserId>,
    limit: i64,
) -> Result<Vec<UserRow>> {
    let mut query = users::table.select(UserRow::as_select()).order(users::id).limit(limit).into_boxed();
    if let Some(state) = state {
        query = query.filter(users::state.eq(state));
    }
    if let Some(after) = after {
        query = query.filter(users::id.gt(after));
    }
    Ok(query.load(tx.conn())?)
}

/// Whether anybody can sign in.
pub(crate) fn any_active(tx: &mut Tx<'_>) -> Result<bool> {
    let active = users::table.filter(users::state.eq(UserState::Active)).select(users::id);
    Ok(active.first::<UserId>(tx.conn()).optional()?.is_some())
}

/// How many super administrators can sign in.
pub(crate) fn count_active_super_administrators(tx: &mut Tx<'_>) -> Result<i64> {
    let active = users::table
        .inner_join(roles::table)
        .filter(roles::builtin.eq(BuiltinRole::SuperAdministrator))
        .filter(users::state.eq(UserState::Active));
    Ok(active.count().get_result(tx.conn())?)
}

pub(crate) fn ids_of_role(tx: &mut Tx<'_>, role: RoleId) -> Result<Vec<UserId>> {
    Ok(users::table.filter(users::role_id.eq(role)).select(users::id).order(users::id).load(tx.conn())?)
}

/// Those of `ids` that exist, with their preferences and whether they may sign in.
pub(crate) fn preferences_of(
    tx: &mut Tx<'_>,
    ids: &[UserId],
) -> Result<Vec<(UserId, UserState, Json<Preferences>)>> {
    let query = users::table
        .filter(users::id.eq_any(ids.to_vec()))
        .select((users::id, users::state, users::preferences))
        .order(users::id);
    Ok(query.load(tx.conn())?)
}

/// How many of `ids` exist.
pub(crate) fn count(tx: &mut Tx<'_>, ids: &[UserId]) -> Result<i64> {
    Ok(users::table.filter(users::id.eq_any(ids.to_vec())).count().get_result(tx.conn())?)
}

/// Saves all of a user that can change.
pub(crate) fn update(tx: &mut Tx<'_>, user: &Granted<UserRow>, after: &UserRow) -> Result<()> {
    diesel::update(users::table.find(user.id))
        .set((
            users::name.eq(&after.name),
            users::password_hash.eq(&after.password_hash),
            users::role_id.eq(after.role_id),
            users::state.eq(after.state),
            users::preferences.eq(&after.preferences),
            users::totp_secret.eq(&after.totp_secret),
            users::totp_enabled.eq(after.totp_enabled),
            users::totp_last_step.eq(after.totp_last_step),
        ))
        .execute(tx.conn())?;
    Ok(())
}

/// Notes that a user was there. It is told to nobody.
pub(crate) fn touch(tx: &mut Tx<'_>, id: UserId) -> Result<()> {
    let now = tx.now();
    diesel::update(users::table.find(id)).set(users::last_seen_at.eq(now)).execute(tx.conn())?;
    Ok(())
}
