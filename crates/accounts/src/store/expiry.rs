//! Deletes what nobody needs any more, a limited number of rows at a time.

use db::schema::{connection_attempts, mails, notifications, one_time_links, sessions, spent_refresh_tokens};
use diesel::prelude::*;
use platform::{Result, Tx};
use types::accounts::MailState;
use types::{MailId, NotificationId, SessionId, Timestamp};

/// Links that ended before a time; how many it were.
pub(crate) fn links(tx: &mut Tx<'_>, before: Timestamp, limit: i64) -> Result<usize> {
    let ids: Vec<i64> = one_time_links::table
        .filter(one_time_links::expires_at.lt(before))
        .select(one_time_links::id)
        .limit(limit)
        .load(tx.conn())?;
    Ok(diesel::delete(one_time_links::table.filter(one_time_links::id.eq_any(ids))).execute(tx.conn())?)
}

/// Sign-ins at providers that ended before a time; how many it were.
pub(crate) fn connection_attempts(tx: &mut Tx<'_>, before: Timestamp, limit: i64) -> Result<usize> {
    let ended: Vec<String> = connection_attempts::table
        .filter(connection_attempts::expires_at.lt(before))
        .select(connection_attempts::state_hash)
        .limit(limit)
        .load(tx.conn())?;
    let ended = connection_attempts::table.filter(connection_attempts::state_hash.eq_any(ended));
    Ok(diesel::delete(ended).execute(tx.conn())?)
}

/// Sessions that ended before a time, with the tokens they spent; how many it were.
pub(crate) fn sessions(tx: &mut Tx<'_>, before: Timestamp, limit: i64) -> Result<usize> {
    let ids: Vec<SessionId> = sessions::table
        .filter(sessions::expires_at.lt(before).or(sessions::ended_at.lt(before)))
        .select(sessions::id)
        .limit(limit)
        .load(tx.conn())?;
    let spent = spent_refresh_tokens::table.filter(spent_refresh_tokens::session_id.eq_any(ids.clone()));
    diesel::delete(spent).execute(tx.conn())?;
    Ok(diesel::delete(sessions::table.filter(sessions::id.eq_any(ids))).execute(tx.conn())?)
}

/// Notifications from before a time; how many it were.
pub(crate) fn notifications(tx: &mut Tx<'_>, before: Timestamp, limit: i64) -> Result<usize> {
    let ids: Vec<NotificationId> = notifications::table
        .filter(notifications::created_at.lt(before))
        .select(notifications::id)
        .limit(limit)
        .load(tx.conn())?;
    Ok(diesel::delete(notifications::table.filter(notifications::id.eq_any(ids))).execute(tx.conn())?)
}

/// Mails that were sent and were written before a time; how many it were.
pub(crate) fn sent_mails(tx: &mut Tx<'_>, before: Timestamp, limit: i64) -> Result<usize> {
    let ids: Vec<MailId> = mails::table
        .filter(mails::state.eq(MailState::Sent))
        .filter(mails::created_at.lt(before))
        .select(mails::id)
        .limit(limit)
        .load(tx.conn())?;
    Ok(diesel::delete(mails::table.filter(mails::id.eq_any(ids))).execute(tx.conn())?)
}
