//! Segments: what was said, from when to when.

use db::on;
use db::schema::segments;
use diesel::prelude::*;
use platform::{Granted, Result, Tx};
use types::calls::Segment;
use types::{CallId, SegmentId, SpeakerId, Timestamp, UserId};

use super::calls::CallRow;
use super::words;

/// A row of `segments`.
#[derive(Clone, Debug, PartialEq, Queryable, Selectable, Insertable, AsChangeset)]
#[diesel(table_name = segments, treat_none_as_null = true)]
pub(crate) struct SegmentRow {
    pub(crate) id: SegmentId,
    pub(crate) call_id: CallId,
    pub(crate) seq: i64,
    pub(crate) speaker_id: Option<SpeakerId>,
    pub(crate) start_ms: i64,
    pub(crate) end_ms: i64,
    pub(crate) text: String,
    pub(crate) original_text: Option<String>,
    pub(crate) edited_by: Option<UserId>,
    pub(crate) edited_at: Option<Timestamp>,
    pub(crate) confidence: Option<i32>,
}

impl SegmentRow {
    pub(crate) fn into_wire(self) -> Segment {
        Segment {
            id: self.id,
            speaker_id: self.speaker_id,
            start_ms: self.start_ms,
            end_ms: self.end_ms,
            text: self.text,
            original_text: self.original_text,
            edited_by: self.edited_by,
            edited_at: self.edited_at,
            confidence: self.confidence,
        }
    }
}

/// Segments of a call between two moments, in their order, after the one with this number.
pub(crate) fn list(
    tx: &mut Tx<'_>,
    call: CallId,
    (from_ms, until_ms): (Option<i64>, Option<i64>),
    after_seq: i64,
    limit: i64,
) -> Result<Vec<SegmentRow>> {
    let mut rows = segments::table
        .filter(segments::call_id.eq(call))
        .filter(segments::seq.gt(after_seq))
        .order(segments::seq)
        .limit(limit)
        .select(SegmentRow::as_select())
        .into_boxed();
    if let Some(from) = from_ms {
        rows = rows.filter(segments::end_ms.gt(from));
    }
    if let Some(until) = until_ms {
        rows = rows.filter(segments::start_ms.lt(until));
    }
    Ok(rows.load(tx.conn())?)
}

/// All that was said in a call.
pub(crate) fn of_call(tx: &mut Tx<'_>, call: CallId) -> Result<Vec<SegmentRow>> {
    list(tx, call, (None, None), 0, i64::MAX)
}

/// One segment of a call.
pub(crate) fn find(tx: &mut Tx<'_>, call: CallId, id: SegmentId) -> Result<Option<SegmentRow>> {
    let of_call = segments::table.find(id).filter(segments::call_id.eq(call));
    Ok(of_call.select(SegmentRow::as_select()).get_result(tx.conn()).optional()?)
}

/// The segments with these ids, whatever their calls.
pub(crate) fn find_all(tx: &mut Tx<'_>, ids: &[SegmentId]) -> Result<Vec<SegmentRow>> {
    let some = segments::table.filter(segments::id.eq_any(ids.to_vec()));
    Ok(some.select(SegmentRow::as_select()).load(tx.conn())?)
}

/// Adds segments with their words.
pub(crate) fn insert(tx: &mut Tx<'_>, call: &Granted<CallRow>, rows: &[SegmentRow]) -> Result<()> {
    debug_assert!(rows.iter().all(|row| row.call_id == call.id));
    on!(tx.conn(), conn => diesel::insert_into(segments::table).values(rows).execute(conn))?;
    rows.iter().try_for_each(|row| words::insert(tx, row.id, &row.text))
}

/// Writes a changed segment, and its words if they changed.
pub(crate) fn update(
    tx: &mut Tx<'_>,
    call: &Granted<CallRow>,
    before: &SegmentRow,
    row: &SegmentRow,
) -> Result<()> {
    if row.text != before.text {
        words::remove(tx, before.id, &before.text)?;
        words::insert(tx, row.id, &row.text)?;
    }
    let of_call = segments::table.find(row.id).filter(segments::call_id.eq(call.id));
    diesel::update(of_call).set(row.clone()).execute(tx.conn())?;
    Ok(())
}
