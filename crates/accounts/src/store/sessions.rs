//! Sessions and the refresh tokens they were kept alive with.

use db::schema::{sessions, spent_refresh_tokens};
use diesel::prelude::*;
use platform::{Granted, Result, Tx};
use types::{SessionId, Timestamp, UserId};

use super::first_locked;

/// A row of `sessions`.
#[derive(Clone, Debug, Queryable, Selectable, Insertable)]
#[diesel(table_name = sessions)]
pub(crate) struct SessionRow {
    pub(crate) id: SessionId,
    pub(crate) user_id: UserId,
    /// Of the refresh token that is valid now.
    pub(crate) refresh_hash: String,
    /// Of the one before.
    pub(crate) previous_hash: Option<String>,
    /// The token that is valid now, sealed, for whoever comes with the one before within the grace.
    pub(crate) successor_sealed: Option<String>,
    pub(crate) rotated_at: Timestamp,
    pub(crate) user_agent: String,
    pub(crate) address: String,
    pub(crate) created_at: Timestamp,
    pub(crate) last_used_at: Timestamp,
    pub(crate) expires_at: Timestamp,
    pub(crate) ended_at: Option<Timestamp>,
}

pub(crate) fn insert(tx: &mut Tx<'_>, row: &SessionRow) -> Result<()> {
    diesel::insert_into(sessions::table).values(row.clone()).execute(tx.conn())?;
    Ok(())
}

/// The session that a refresh token belongs or ever belonged to.
pub(crate) fn id_of_refresh_token(tx: &mut Tx<'_>, hash: &str) -> Result<Option<SessionId>> {
    let current = sessions::table
        .filter(sessions::refresh_hash.eq(hash).or(sessions::previous_hash.eq(hash)))
        .select(sessions::id)
        .first(tx.conn())
        .optional()?;
    if current.is_some() {
        return Ok(current);
    }
    let spent = spent_refresh_tokens::table.find(hash).select(spent_refresh_tokens::session_id);
    Ok(spent.get_result(tx.conn()).optional()?)
}

pub(crate) fn find_locked(tx: &mut Tx<'_>, id: SessionId) -> Result<SessionRow> {
    Ok(first_locked!(tx.conn(), sessions::table.find(id).select(SessionRow::as_select()))?)
}

/// The sessions of a user that have not ended, the last used first.
pub(crate) fn of_user(tx: &mut Tx<'_>, user: UserId, limit: i64) -> Result<Vec<SessionRow>> {
    let now = tx.now();
    let query = sessions::table
        .filter(sessions::user_id.eq(user))
        .filter(sessions::ended_at.is_null())
        .filter(sessions::expires_at.gt(now))
        .select(SessionRow::as_select())
        .order((sessions::last_used_at.desc(), sessions::id.desc()))
        .limit(limit);
    Ok(query.load(tx.conn())?)
}

/// Saves a new pair of refresh tokens; the token that was replaced twice is kept as spent.
pub(crate) fn rotate(tx: &mut Tx<'_>, before: &Granted<SessionRow>, after: &SessionRow) -> Result<()> {
    let now = tx.now();
    if let Some(spent) = &before.previous_hash {
        let row = (
            spent_refresh_tokens::token_hash.eq(spent),
            spent_refresh_tokens::session_id.eq(before.id),
            spent_refresh_tokens::spent_at.eq(now),
        );
        diesel::insert_into(spent_refresh_tokens::table).values(row).execute(tx.conn())?;
    }
    diesel::update(sessions::table.find(before.id))
        .set((
            sessions::refresh_hash.eq(&after.refresh_hash),
            sessions::previous_hash.eq(&after.previous_hash),
            sessions::successor_sealed.eq(&after.successor_sealed),
            sessions::rotated_at.eq(after.rotated_at),
            sessions::address.eq(&after.address),
            sessions::user_agent.eq(&after.user_agent),
            sessions::last_used_at.eq(after.last_used_at),
            sessions::expires_at.eq(after.expires_at),
        ))
        .execute(tx.conn())?;
    Ok(())
}

/// Ends one session.
pub(crate) fn end(tx: &mut Tx<'_>, id: SessionId) -> Result<()> {
    let now = tx.now();
    diesel::update(sessions::table.find(id).filter(sessions::ended_at.is_null()))
        .set((sessions::ended_at.eq(now), sessions::successor_sealed.eq(None::<String>)))
        .execute(tx.conn())?;
    Ok(())
}

/// Ends the sessions of a user, except perhaps one; which they were.
pub(crate) fn end_all(tx: &mut Tx<'_>, user: UserId, except: Option<SessionId>) -> Result<Vec<SessionId>> {
    let live: Vec<SessionId> = sessions::table
        .filter(sessions::user_id.eq(user))
        .filter(sessions::ended_at.is_null())
        .select(sessions::id)
        .order(sessions::id)
        .load(tx.conn())?;
    let ending: Vec<SessionId> = live.into_iter().filter(|id| Some(*id) != except).collect();
    for id in &ending {
        end(tx, *id)?;
    }
    Ok(ending)
}
