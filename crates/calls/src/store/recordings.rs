//! Recordings: what is known of each. The bytes are in the blob store.

use db::Json;
use db::schema::recordings;
use diesel::prelude::*;
use platform::{Granted, Result, Tx};
use types::calls::{ChannelLevel, Recording, RecordingProblem, RecordingState};
use types::{CallId, RecordingId, Timestamp};

use super::calls::CallRow;

/// A row of `recordings`.
#[derive(Clone, Debug, PartialEq, Queryable, Selectable, Insertable, AsChangeset)]
#[diesel(table_name = recordings, treat_none_as_null = true)]
pub(crate) struct RecordingRow {
    pub(crate) id: RecordingId,
    pub(crate) call_id: CallId,
    pub(crate) state: RecordingState,
    pub(crate) name: String,
    pub(crate) media_type: Option<String>,
    pub(crate) bytes: i64,
    pub(crate) sha256: Option<String>,
    pub(crate) duration_ms: Option<i64>,
    pub(crate) has_picture: bool,
    pub(crate) channels: Json<Vec<ChannelLevel>>,
    pub(crate) problems: Json<Vec<RecordingProblem>>,
    pub(crate) created_at: Timestamp,
}

impl RecordingRow {
    pub(crate) fn to_wire(&self) -> Recording {
        Recording {
            state: self.state,
            id: Some(self.id),
            name: Some(self.name.clone()),
            media_type: self.media_type.clone(),
            bytes: Some(self.bytes),
            duration_ms: self.duration_ms,
            has_picture: self.has_picture,
            channels: self.channels.0.clone(),
            problems: self.problems.0.clone(),
        }
    }
}

impl RecordingRow {
    /// A recording of which only the name and the size are known yet.
    pub(crate) fn arriving(
        id: RecordingId,
        call_id: CallId,
        state: RecordingState,
        (name, bytes): (String, i64),
        now: Timestamp,
    ) -> Self {
        Self {
            id,
            call_id,
            state,
            name,
            media_type: None,
            bytes,
            sha256: None,
            duration_ms: None,
            has_picture: false,
            channels: Json(Vec::new()),
            problems: Json(Vec::new()),
            created_at: now,
        }
    }
}

/// What is said of a call that has no recording.
pub(crate) fn none() -> Recording {
    Recording {
        state: RecordingState::None,
        id: None,
        name: None,
        media_type: None,
        bytes: None,
        duration_ms: None,
        has_picture: false,
        channels: Vec::new(),
        problems: Vec::new(),
    }
}

/// The recording of a call.
pub(crate) fn find(tx: &mut Tx<'_>, call: CallId) -> Result<Option<RecordingRow>> {
    let of_call = recordings::table.filter(recordings::call_id.eq(call));
    Ok(of_call.select(RecordingRow::as_select()).get_result(tx.conn()).optional()?)
}

/// The recording with this id.
pub(crate) fn find_by_id(tx: &mut Tx<'_>, id: RecordingId) -> Result<Option<RecordingRow>> {
    Ok(recordings::table.find(id).select(RecordingRow::as_select()).get_result(tx.conn()).optional()?)
}

/// The recording with this id, if it waits to be examined.
pub(crate) fn find_processing(tx: &mut Tx<'_>, id: RecordingId) -> Result<Option<RecordingRow>> {
    Ok(find_by_id(tx, id)?.filter(|row| row.state == RecordingState::Processing))
}

/// The call whose recording has this digest and can be played.
pub(crate) fn with_digest(tx: &mut Tx<'_>, sha256: &str) -> Result<Option<CallId>> {
    Ok(recordings::table
        .filter(recordings::sha256.eq(sha256))
        .filter(recordings::state.eq(RecordingState::Ready))
        .select(recordings::call_id)
        .get_result(tx.conn())
        .optional()?)
}

pub(crate) fn insert(tx: &mut Tx<'_>, call: &Granted<CallRow>, row: &RecordingRow) -> Result<()> {
    debug_assert_eq!(call.id, row.call_id);
    diesel::insert_into(recordings::table).values(row.clone()).execute(tx.conn())?;
    Ok(())
}

pub(crate) fn update(tx: &mut Tx<'_>, call: &Granted<CallRow>, row: &RecordingRow) -> Result<()> {
    let of_call = recordings::table.find(row.id).filter(recordings::call_id.eq(call.id));
    diesel::update(of_call).set(row.clone()).execute(tx.conn())?;
    Ok(())
}

/// Forgets the recording of a call; its upload is forgotten already.
pub(crate) fn delete(tx: &mut Tx<'_>, call: &Granted<CallRow>) -> Result<()> {
    diesel::delete(recordings::table.filter(recordings::call_id.eq(call.id))).execute(tx.conn())?;
    Ok(())
}

/// The recordings of these calls.
pub(crate) fn of_calls(tx: &mut Tx<'_>, calls: &[CallId]) -> Result<Vec<RecordingRow>> {
    let of_calls = recordings::table.filter(recordings::call_id.eq_any(calls.to_vec()));
    Ok(of_calls.select(RecordingRow::as_select()).load(tx.conn())?)
}
