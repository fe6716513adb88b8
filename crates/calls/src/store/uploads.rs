//! Uploads of recordings, and their parts.

use db::on;
use db::schema::{recording_parts, recording_uploads, recordings};
use diesel::prelude::*;
use platform::{Granted, Result, Tx};
use types::calls::RecordingState;
use types::{CallId, RecordingId, Timestamp};

use super::calls::CallRow;

/// A row of `recording_uploads`.
#[derive(Clone, Debug, PartialEq, Queryable, Selectable, Insertable)]
#[diesel(table_name = recording_uploads)]
pub(crate) struct UploadRow {
    pub(crate) recording_id: RecordingId,
    pub(crate) part_bytes: i64,
    pub(crate) sha256: Option<String>,
    pub(crate) touched_at: Timestamp,
}

/// A row of `recording_parts`.
#[derive(Clone, Debug, PartialEq, Queryable, Selectable, Insertable)]
#[diesel(table_name = recording_parts)]
pub(crate) struct PartRow {
    pub(crate) recording_id: RecordingId,
    pub(crate) number: i32,
    pub(crate) bytes: i64,
    pub(crate) sha256: String,
}

pub(crate) fn find(tx: &mut Tx<'_>, id: RecordingId) -> Result<Option<UploadRow>> {
    let found = recording_uploads::table.find(id).select(UploadRow::as_select());
    Ok(found.get_result(tx.conn()).optional()?)
}

pub(crate) fn insert(tx: &mut Tx<'_>, _call: &Granted<CallRow>, row: &UploadRow) -> Result<()> {
    diesel::insert_into(recording_uploads::table).values(row.clone()).execute(tx.conn())?;
    Ok(())
}

/// Notes that the upload goes on.
pub(crate) fn touch(tx: &mut Tx<'_>, id: RecordingId) -> Result<()> {
    let now = tx.now();
    diesel::update(recording_uploads::table.find(id))
        .set(recording_uploads::touched_at.eq(now))
        .execute(tx.conn())?;
    Ok(())
}

/// The parts that are there, by their numbers.
pub(crate) fn parts(tx: &mut Tx<'_>, id: RecordingId) -> Result<Vec<PartRow>> {
    let parts = recording_parts::table.filter(recording_parts::recording_id.eq(id));
    Ok(parts.order(recording_parts::number).select(PartRow::as_select()).load(tx.conn())?)
}

/// Notes that a part is there; the same part again takes the place of the one before.
pub(crate) fn save_part(tx: &mut Tx<'_>, row: &PartRow) -> Result<()> {
    on!(tx.conn(), conn => diesel::insert_into(recording_parts::table)
        .values(row.clone())
        .on_conflict((recording_parts::recording_id, recording_parts::number))
        .do_update()
        .set((recording_parts::bytes.eq(row.bytes), recording_parts::sha256.eq(&row.sha256)))
        .execute(conn))?;
    Ok(())
}

/// Forgets an upload and its parts.
pub(crate) fn delete(tx: &mut Tx<'_>, id: RecordingId) -> Result<()> {
    let parts = recording_parts::table.filter(recording_parts::recording_id.eq(id));
    diesel::delete(parts).execute(tx.conn())?;
    diesel::delete(recording_uploads::table.find(id)).execute(tx.conn())?;
    Ok(())
}

/// Calls whose upload nobody has gone on with since a time.
pub(crate) fn stale(tx: &mut Tx<'_>, before: Timestamp, limit: i64) -> Result<Vec<CallId>> {
    Ok(recording_uploads::table
        .inner_join(recordings::table)
        .filter(recording_uploads::touched_at.lt(before))
        .filter(recordings::state.eq(RecordingState::Uploading))
        .order(recording_uploads::touched_at)
        .select(recordings::call_id)
        .limit(limit)
        .load(tx.conn())?)
}
