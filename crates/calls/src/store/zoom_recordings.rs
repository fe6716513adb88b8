//! Recordings that were taken over from Zoom. A row outlives its call.

use db::schema::zoom_recordings;
use diesel::prelude::*;
use platform::{Result, Tx};
use types::{CallId, Timestamp};

/// A row of `zoom_recordings`.
#[derive(Clone, Debug, PartialEq, Eq, Queryable, Selectable, Insertable)]
#[diesel(table_name = zoom_recordings)]
pub(crate) struct ZoomRecordingRow {
    /// The meeting's uuid and the recording file's id.
    pub(crate) key: String,
    pub(crate) call_id: CallId,
    /// Whether Zoom's transcript was taken over too.
    pub(crate) transcript: bool,
    pub(crate) taken_at: Timestamp,
}

pub(crate) fn find(tx: &mut Tx<'_>, key: &str) -> Result<Option<ZoomRecordingRow>> {
    let found = zoom_recordings::table.find(key).select(ZoomRecordingRow::as_select());
    Ok(found.get_result(tx.conn()).optional()?)
}

pub(crate) fn insert(tx: &mut Tx<'_>, row: &ZoomRecordingRow) -> Result<()> {
    diesel::insert_into(zoom_recordings::table).values(row.clone()).execute(tx.conn())?;
    Ok(())
}

/// Notes that Zoom's transcript was taken over.
pub(crate) fn note_transcript(tx: &mut Tx<'_>, key: &str) -> Result<()> {
    let row = zoom_recordings::table.find(key);
    diesel::update(row).set(zoom_recordings::transcript.eq(true)).execute(tx.conn())?;
    Ok(())
}
