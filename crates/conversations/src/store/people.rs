//! What conversations need to know of users and teams, which belong to `accounts`.

use std::collections::HashMap;

use db::schema::{inbox_members, roles, teams, users};
use db::{Conn, Json};
use diesel::dsl::exists;
use diesel::prelude::*;
use platform::{Result, Tx};
use types::accounts::UserState;
use types::{BuiltinRole, InboxId, Permission, PermissionSet, TeamId, UserId};

/// A user in the light of one inbox.
#[derive(Debug, Queryable)]
pub(crate) struct Colleague {
    pub(crate) name: String,
    pub(crate) state: UserState,
    builtin: Option<BuiltinRole>,
    permissions: Json<PermissionSet>,
    is_member: bool,
}

impl Colleague {
    /// Whether the user may use the inbox, apart from being active.
    pub(crate) fn may_use_inbox(&self) -> bool {
        let may = |permission: Permission| match self.builtin {
            Some(builtin) => builtin.permissions().contains(&permission),
            None => self.permissions.0.contains(&permission),
        };
        may(Permission::ReadThreads) && (self.is_member || may(Permission::AccessAllInboxes))
    }
}

/// A user as seen from an inbox. The row is held until the end of the transaction, so that the user cannot be
/// deactivated beside it.
pub(crate) fn colleague(tx: &mut Tx<'_>, user: UserId, inbox: InboxId) -> Result<Option<Colleague>> {
    if let Conn::Pg(conn) = tx.conn() {
        users::table.find(user).select(users::id).for_share().execute(conn)?;
    }
    let member = inbox_members::table
        .filter(inbox_members::inbox_id.eq(inbox))
        .filter(inbox_members::user_id.eq(users::id));
    let query = users::table.inner_join(roles::table).filter(users::id.eq(user)).select((
        users::name,
        users::state,
        roles::builtin,
        roles::permissions,
        exists(member),
    ));
    Ok(query.get_result(tx.conn()).optional()?)
}

pub(crate) fn user_name(tx: &mut Tx<'_>, user: UserId) -> Result<String> {
    Ok(users::table.find(user).select(users::name).get_result(tx.conn())?)
}

pub(crate) fn user_names(tx: &mut Tx<'_>, ids: &[UserId]) -> Result<HashMap<UserId, String>> {
    let query = users::table.filter(users::id.eq_any(ids)).select((users::id, users::name));
    Ok(query.load(tx.conn())?.into_iter().collect())
}

pub(crate) fn is_deactivated(tx: &mut Tx<'_>, user: UserId) -> Result<bool> {
    let state = users::table.find(user).select(users::state).get_result::<UserState>(tx.conn()).optional()?;
    Ok(state == Some(UserState::Deactivated))
}

/// Those of the ids that name a user who has not been deactivated.
pub(crate) fn existing(tx: &mut Tx<'_>, ids: &[UserId]) -> Result<Vec<UserId>> {
    let query = users::table
        .filter(users::id.eq_any(ids))
        .filter(users::state.ne(UserState::Deactivated))
        .select(users::id);
    Ok(query.load(tx.conn())?)
}

/// The name of a team that has not been deleted.
pub(crate) fn team_name(tx: &mut Tx<'_>, team: TeamId) -> Result<Option<String>> {
    let query = teams::table.find(team).filter(teams::deleted_at.is_null()).select(teams::name);
    Ok(query.get_result(tx.conn()).optional()?)
}
