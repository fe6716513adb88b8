//! Clips.

use db::Conn;
use db::schema::{calls, clip_shares, clips};
use diesel::dsl::exists;
use diesel::prelude::*;
use platform::{Granted, Result, Tx};
use types::clips::ListClips;
use types::{CallId, ClipFolderId, ClipId, Timestamp, UserId};

use ::calls::excerpts;

/// A row of `clips`.
#[derive(Clone, Debug, PartialEq, Queryable, Selectable, Insertable, AsChangeset)]
#[diesel(table_name = clips, treat_none_as_null = true)]
pub(crate) struct ClipRow {
    pub(crate) id: ClipId,
    pub(crate) call_id: CallId,
    pub(crate) from_ms: i64,
    pub(crate) until_ms: i64,
    pub(crate) is_whole: bool,
    pub(crate) title: String,
    pub(crate) message: Option<String>,
    pub(crate) folder_id: Option<ClipFolderId>,
    pub(crate) created_by: UserId,
    pub(crate) created_at: Timestamp,
    pub(crate) updated_at: Timestamp,
}

/// Where a page begins: after the clip made then, with this id.
pub(crate) type Key = (Timestamp, ClipId);

pub(crate) fn find(tx: &mut Tx<'_>, id: ClipId) -> Result<Option<ClipRow>> {
    Ok(clips::table.find(id).select(ClipRow::as_select()).get_result(tx.conn()).optional()?)
}

/// The clip, locked until the end of the transaction.
pub(crate) fn find_locked(tx: &mut Tx<'_>, id: ClipId) -> Result<Option<ClipRow>> {
    let query = clips::table.find(id);
    let found = match tx.conn() {
        Conn::Pg(conn) => query.select(ClipRow::as_select()).for_update().get_result(conn),
        Conn::Sqlite(conn) => query.select(ClipRow::as_select()).get_result(conn),
    };
    Ok(found.optional()?)
}

/// All clips of a call, locked until the end of the transaction.
pub(crate) fn of_call(tx: &mut Tx<'_>, call: CallId) -> Result<Vec<ClipRow>> {
    let of_call = clips::table.filter(clips::call_id.eq(call)).order(clips::id);
    Ok(match tx.conn() {
        Conn::Pg(conn) => of_call.select(ClipRow::as_select()).for_update().load(conn)?,
        Conn::Sqlite(conn) => of_call.select(ClipRow::as_select()).load(conn)?,
    })
}

/// How many clips a call has.
pub(crate) fn count(tx: &mut Tx<'_>, call: CallId) -> Result<i64> {
    Ok(clips::table.filter(clips::call_id.eq(call)).count().get_result(tx.conn())?)
}

/// A page of the clips whose calls the actor may see, the latest first.
pub(crate) fn list(
    tx: &mut Tx<'_>,
    query: &ListClips,
    after: Option<Key>,
    limit: i64,
) -> Result<Vec<ClipRow>> {
    let mut rows = clips::table.filter(excerpts::is_seen(tx, "clips.call_id")?).into_boxed();
    if let Some(call) = query.call_id {
        rows = rows.filter(clips::call_id.eq(call));
    }
    if let Some(folder) = query.folder_id {
        rows = rows.filter(clips::folder_id.eq(folder));
    }
    if let Some(user) = query.created_by {
        rows = rows.filter(clips::created_by.eq(user));
    }
    if let Some(user) = query.recipient_id {
        let sent = clip_shares::table.filter(clip_shares::clip_id.eq(clips::id));
        rows = rows.filter(exists(sent.filter(clip_shares::user_id.eq(user))));
    }
    if let Some((at, id)) = after {
        rows = rows.filter(clips::created_at.le(at));
        rows = rows.filter(clips::created_at.lt(at).or(clips::id.lt(id)));
    }
    let rows = rows.order((clips::created_at.desc(), clips::id.desc())).limit(limit);
    Ok(rows.select(ClipRow::as_select()).load(tx.conn())?)
}

/// What the calls of these clips are called.
pub(crate) fn call_titles(tx: &mut Tx<'_>, calls: &[CallId]) -> Result<Vec<(CallId, String)>> {
    let some = calls::table.filter(calls::id.eq_any(calls.to_vec()));
    Ok(some.select((calls::id, calls::title)).load(tx.conn())?)
}

pub(crate) fn insert(tx: &mut Tx<'_>, row: &ClipRow) -> Result<()> {
    diesel::insert_into(clips::table).values(row.clone()).execute(tx.conn())?;
    Ok(())
}

/// Writes a changed row over the one that was locked.
pub(crate) fn update(tx: &mut Tx<'_>, locked: &Granted<ClipRow>, row: &ClipRow) -> Result<()> {
    diesel::update(clips::table.find(locked.id)).set(row.clone()).execute(tx.conn())?;
    Ok(())
}

/// Deletes a clip that nothing belongs to any more.
pub(crate) fn delete(tx: &mut Tx<'_>, clip: &Granted<ClipRow>) -> Result<()> {
    diesel::delete(clips::table.find(clip.id)).execute(tx.conn())?;
    Ok(())
}
