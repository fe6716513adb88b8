//! Connections to services of others, and sign-ins at providers that have begun.

use db::schema::{connection_attempts, connections};
use diesel::prelude::*;
use platform::{Granted, Result, Tx};
use types::accounts::{ConnectionProvider, ConnectionScope, ConnectionState};
use types::{ConnectionId, SessionId, Timestamp, UserId};

use super::first_locked;

/// A row of `connections`.
#[derive(Clone, Debug, Queryable, Selectable, Insertable, AsChangeset)]
#[diesel(table_name = connections, treat_none_as_null = true)]
pub(crate) struct ConnectionRow {
    pub(crate) id: ConnectionId,
    pub(crate) provider: ConnectionProvider,
    pub(crate) user_id: Option<UserId>,
    pub(crate) external_id: String,
    pub(crate) external_account_id: Option<String>,
    pub(crate) name: Option<String>,
    pub(crate) email: Option<String>,
    pub(crate) tokens_sealed: Option<String>,
    pub(crate) expires_at: Timestamp,
    pub(crate) renewing_until: Option<Timestamp>,
    pub(crate) state: ConnectionState,
    pub(crate) reason: Option<String>,
    pub(crate) created_by: UserId,
    pub(crate) created_at: Timestamp,
    pub(crate) updated_at: Timestamp,
}

/// A row of `connection_attempts`.
#[derive(Clone, Debug, Queryable, Selectable, Insertable)]
#[diesel(table_name = connection_attempts)]
pub(crate) struct AttemptRow {
    pub(crate) state_hash: String,
    pub(crate) provider: ConnectionProvider,
    pub(crate) scope: ConnectionScope,
    pub(crate) session_id: SessionId,
    pub(crate) verifier_sealed: String,
    pub(crate) expires_at: Timestamp,
}

pub(crate) fn insert(tx: &mut Tx<'_>, row: &ConnectionRow) -> Result<()> {
    diesel::insert_into(connections::table).values(row.clone()).execute(tx.conn())?;
    Ok(())
}

/// Writes a changed row over the one that was locked.
pub(crate) fn update(tx: &mut Tx<'_>, locked: &Granted<ConnectionRow>, row: &ConnectionRow) -> Result<()> {
    diesel::update(connections::table.find(locked.id)).set(row.clone()).execute(tx.conn())?;
    Ok(())
}

pub(crate) fn delete(tx: &mut Tx<'_>, row: &Granted<ConnectionRow>) -> Result<()> {
    diesel::delete(connections::table.find(row.id)).execute(tx.conn())?;
    Ok(())
}

pub(crate) fn find(tx: &mut Tx<'_>, id: ConnectionId) -> Result<Option<ConnectionRow>> {
    let found = connections::table.find(id).select(ConnectionRow::as_select()).get_result(tx.conn());
    Ok(found.optional()?)
}

pub(crate) fn find_locked(tx: &mut Tx<'_>, id: ConnectionId) -> Result<Option<ConnectionRow>> {
    let found: QueryResult<ConnectionRow> =
        first_locked!(tx.conn(), connections::table.find(id).select(ConnectionRow::as_select()));
    Ok(found.optional()?)
}

/// The connection of the same person at the provider, for the same user or the account, locked.
pub(crate) fn find_same(
    tx: &mut Tx<'_>,
    provider: ConnectionProvider,
    user: Option<UserId>,
    external_id: &str,
) -> Result<Option<ConnectionRow>> {
    let rows = of_provider(tx, provider)?;
    let same = rows.into_iter().find(|row| row.user_id == user && row.external_id == external_id);
    same.map_or(Ok(None), |row| find_locked(tx, row.id))
}

/// The connections to a provider, the oldest first.
pub(crate) fn of_provider(tx: &mut Tx<'_>, provider: ConnectionProvider) -> Result<Vec<ConnectionRow>> {
    let query = connections::table.filter(connections::provider.eq(provider)).order(connections::id);
    Ok(query.select(ConnectionRow::as_select()).load(tx.conn())?)
}

/// Connections after `after` in the order of their ids; with a user, only those that serve this one.
pub(crate) fn page(
    tx: &mut Tx<'_>,
    user: Option<UserId>,
    after: Option<ConnectionId>,
    limit: i64,
) -> Result<Vec<ConnectionRow>> {
    let mut query = connections::table.order(connections::id).limit(limit).into_boxed();
    if let Some(user) = user {
        query = query.filter(connections::user_id.eq(user));
    }
    if let Some(after) = after {
        query = query.filter(connections::id.gt(after));
    }
    Ok(query.select(ConnectionRow::as_select()).load(tx.conn())?)
}

pub(crate) fn insert_attempt(tx: &mut Tx<'_>, row: &AttemptRow) -> Result<()> {
    diesel::insert_into(connection_attempts::table).values(row.clone()).execute(tx.conn())?;
    Ok(())
}

pub(crate) fn find_attempt(tx: &mut Tx<'_>, state_hash: &str) -> Result<Option<AttemptRow>> {
    let found = connection_attempts::table.find(state_hash).select(AttemptRow::as_select());
    Ok(found.get_result(tx.conn()).optional()?)
}

/// Uses a sign-in up; whether it was still there.
pub(crate) fn take_attempt(tx: &mut Tx<'_>, state_hash: &str) -> Result<bool> {
    Ok(diesel::delete(connection_attempts::table.find(state_hash)).execute(tx.conn())? == 1)
}
