//! Entries of timelines.

use db::Json;
use db::schema::timeline_entries;
use diesel::prelude::*;
use platform::{Result, Tx};
use types::crm::{ObjectKind, TimelineEntry, TimelineEvent};
use types::{RecordId, TimelineEntryId, Timestamp, UserId};

/// A row of `timeline_entries`.
#[derive(Debug, Clone, PartialEq, Queryable, Insertable)]
#[diesel(table_name = timeline_entries)]
pub(crate) struct TimelineRow {
    pub(crate) id: TimelineEntryId,
    pub(crate) record_kind: ObjectKind,
    pub(crate) record_id: RecordId,
    pub(crate) subject_id: Option<i64>,
    pub(crate) event: Json<TimelineEvent>,
    pub(crate) user_id: Option<UserId>,
    pub(crate) at: Timestamp,
}

impl TimelineRow {
    pub(crate) fn into_wire(self) -> TimelineEntry {
        TimelineEntry { id: self.id, at: self.at, user_id: self.user_id, event: self.event.0 }
    }
}

pub(crate) fn insert(tx: &mut Tx<'_>, row: TimelineRow) -> Result<()> {
    diesel::insert_into(timeline_entries::table).values(row).execute(tx.conn())?;
    Ok(())
}

/// Entries of a record after a place in its timeline, the newest first.
pub(crate) fn page(
    tx: &mut Tx<'_>,
    record: RecordId,
    after: Option<(Timestamp, i64)>,
    limit: i64,
) -> Result<Vec<TimelineRow>> {
    let mut rows = timeline_entries::table
        .filter(timeline_entries::record_id.eq(record))
        .order((timeline_entries::at.desc(), timeline_entries::id.desc()))
        .limit(limit)
        .into_boxed();
    if let Some((at, id)) = after {
        rows = rows.filter(timeline_entries::at.le(at));
        rows = rows.filter(timeline_entries::at.lt(at).or(timeline_entries::id.lt(TimelineEntryId(id))));
    }
    Ok(rows.load(tx.conn())?)
}

/// Deletes the entries of a record, and those of others about it.
pub(crate) fn delete_all_of(tx: &mut Tx<'_>, record: RecordId) -> Result<()> {
    let own = timeline_entries::table.filter(timeline_entries::record_id.eq(record));
    diesel::delete(own).execute(tx.conn())?;
    delete_about(tx, record.0)
}

/// Deletes the entries about something.
pub(crate) fn delete_about(tx: &mut Tx<'_>, subject: i64) -> Result<()> {
    let about = timeline_entries::table.filter(timeline_entries::subject_id.eq(subject));
    diesel::delete(about).execute(tx.conn())?;
    Ok(())
}

/// Deletes what one record's timeline says about something.
pub(crate) fn delete_of_about(tx: &mut Tx<'_>, record: RecordId, subject: i64) -> Result<()> {
    let entries = timeline_entries::table
        .filter(timeline_entries::record_id.eq(record))
        .filter(timeline_entries::subject_id.eq(subject));
    diesel::delete(entries).execute(tx.conn())?;
    Ok(())
}

/// Moves the entries of a record to another one.
pub(crate) fn move_entries(tx: &mut Tx<'_>, from: RecordId, into: RecordId) -> Result<()> {
    diesel::update(timeline_entries::table.filter(timeline_entries::record_id.eq(from)))
        .set(timeline_entries::record_id.eq(into))
        .execute(tx.conn())?;
    Ok(())
}

/// What others' entries say about something.
pub(crate) fn about(tx: &mut Tx<'_>, subject: i64) -> Result<Vec<TimelineRow>> {
    Ok(timeline_entries::table.filter(timeline_entries::subject_id.eq(subject)).load(tx.conn())?)
}

/// Has an entry be about something else.
pub(crate) fn redirect(
    tx: &mut Tx<'_>,
    id: TimelineEntryId,
    subject: i64,
    event: TimelineEvent,
) -> Result<()> {
    diesel::update(timeline_entries::table.find(id))
        .set((timeline_entries::subject_id.eq(subject), timeline_entries::event.eq(Json(event))))
        .execute(tx.conn())?;
    Ok(())
}
