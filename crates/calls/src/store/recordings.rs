//! Recordings: what is known of each. The bytes are in the blob store.

use db::Json;
use db::schema::recordings;
use diesel::prelude::*;
use platform::{Result, Tx};
use types::calls::{ChannelLevel, Recording, RecordingProblem, RecordingState};
use types::{CallId, RecordingId, Timestamp};

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

/// The recordings of these calls.
pub(crate) fn of_calls(tx: &mut Tx<'_>, calls: &[CallId]) -> Result<Vec<RecordingRow>> {
    let of_calls = recordings::table.filter(recordings::call_id.eq_any(calls.to_vec()));
    Ok(of_calls.select(RecordingRow::as_select()).load(tx.conn())?)
}
