//! What proves who acts and what they may do, read together when a credential is checked.

use db::Json;
use db::schema::{api_tokens, inbox_members, roles, sessions, users};
use diesel::prelude::*;
use platform::{Result, Tx};
use types::accounts::UserState;
use types::{ApiTokenId, InboxId, PermissionSet, SessionId, Timestamp, UserId};

use super::roles::RoleRow;

/// A user who may act, with the role.
#[derive(Debug)]
pub(crate) struct Holder {
    pub(crate) user_id: UserId,
    pub(crate) name: String,
    pub(crate) last_seen_at: Option<Timestamp>,
    pub(crate) role: RoleRow,
}

type HolderColumns = (UserId, String, Option<Timestamp>);

fn holder((user_id, name, last_seen_at): HolderColumns, role: RoleRow) -> Holder {
    Holder { user_id, name, last_seen_at, role }
}

/// The user of a session that has not ended.
pub(crate) fn of_session(tx: &mut Tx<'_>, session: SessionId) -> Result<Option<Holder>> {
    let now = tx.now();
    let found = sessions::table
        .inner_join(users::table.inner_join(roles::table))
        .filter(sessions::id.eq(session))
        .filter(sessions::ended_at.is_null())
        .filter(sessions::expires_at.gt(now))
        .filter(users::state.eq(UserState::Active))
        .select(((users::id, users::name, users::last_seen_at), RoleRow::as_select()))
        .get_result(tx.conn())
        .optional()?;
    Ok(found.map(|(user, role)| holder(user, role)))
}

/// A user who may sign in.
pub(crate) fn of_user(tx: &mut Tx<'_>, user: UserId) -> Result<Option<Holder>> {
    let found = users::table
        .inner_join(roles::table)
        .filter(users::id.eq(user))
        .filter(users::state.eq(UserState::Active))
        .select(((users::id, users::name, users::last_seen_at), RoleRow::as_select()))
        .get_result(tx.conn())
        .optional()?;
    Ok(found.map(|(user, role)| holder(user, role)))
}

/// An API token that is valid, with its maker.
#[derive(Debug)]
pub(crate) struct TokenHolder {
    pub(crate) token_id: ApiTokenId,
    pub(crate) token_name: String,
    pub(crate) scopes: PermissionSet,
    pub(crate) last_used_at: Option<Timestamp>,
    pub(crate) expires_at: Option<Timestamp>,
    pub(crate) maker: Holder,
}

type TokenColumns = (ApiTokenId, String, Json<PermissionSet>, Option<Timestamp>, Option<Timestamp>);

/// The API token with this secret, if it was not revoked and its maker may sign in. Its end is the caller's to check.
pub(crate) fn of_api_token(tx: &mut Tx<'_>, secret_hash: &str) -> Result<Option<TokenHolder>> {
    let found: Option<(TokenColumns, HolderColumns, RoleRow)> = api_tokens::table
        .inner_join(users::table.inner_join(roles::table))
        .filter(api_tokens::secret_hash.eq(secret_hash))
        .filter(api_tokens::revoked_at.is_null())
        .filter(users::state.eq(UserState::Active))
        .select((
            (
                api_tokens::id,
                api_tokens::name,
                api_tokens::scopes,
                api_tokens::last_used_at,
                api_tokens::expires_at,
            ),
            (users::id, users::name, users::last_seen_at),
            RoleRow::as_select(),
        ))
        .get_result(tx.conn())
        .optional()?;
    Ok(found.map(|((token_id, token_name, scopes, last_used_at, expires_at), user, role)| TokenHolder {
        token_id,
        token_name,
        scopes: scopes.0,
        last_used_at,
        expires_at,
        maker: holder(user, role),
    }))
}

/// The inboxes that a user is a member of.
pub(crate) fn inboxes(tx: &mut Tx<'_>, user: UserId) -> Result<Vec<InboxId>> {
    let query = inbox_members::table.filter(inbox_members::user_id.eq(user)).select(inbox_members::inbox_id);
    Ok(query.load(tx.conn())?)
}
