//! The timeline of records: slices write to it, and it is read page by page.

mod list;

use db::Json;
use platform::{Result, Tx};
use types::crm::{RecordRef, TimelineEvent};
use types::{ContactId, RecordId, Timestamp};

use crate::store;
use crate::store::timeline::TimelineRow;

pub use list::{list, list_timeline};

/// Writes an entry of a record's timeline, as of now, by the user who acts.
///
/// # Errors
/// [`Error::Internal`](platform::Error::Internal) when the database refuses it.
pub fn record(tx: &mut Tx<'_>, record: impl Into<RecordRef>, event: TimelineEvent) -> Result<()> {
    let now = tx.now();
    record_at(tx, record, event, now)
}

/// Writes an entry of a record's timeline about something that happened at another time.
///
/// # Errors
/// [`Error::Internal`](platform::Error::Internal) when the database refuses it.
pub fn record_at(
    tx: &mut Tx<'_>,
    record: impl Into<RecordRef>,
    event: TimelineEvent,
    at: Timestamp,
) -> Result<()> {
    let record = record.into();
    let row = TimelineRow {
        id: tx.new_id(),
        record_kind: record.kind,
        record_id: record.id,
        subject_id: subject_of(&event),
        event: Json(event),
        user_id: tx.actor().user_id().ok(),
        at,
    };
    store::timeline::insert(tx, row)
}

/// What an entry is about beside the record, by its id; the entry disappears with it.
fn subject_of(event: &TimelineEvent) -> Option<i64> {
    match event {
        TimelineEvent::RecordAssociated { record, .. } | TimelineEvent::CallRecorded { record } => {
            Some(record.id.0)
        }
        TimelineEvent::ConversationStarted { thread_id, .. } => Some(thread_id.0),
        TimelineEvent::RecordCreated
        | TimelineEvent::OwnerChanged { .. }
        | TimelineEvent::StageChanged { .. }
        | TimelineEvent::StatusChanged { .. } => None,
    }
}

/// Deletes what timelines say about something that is gone, such as a thread. [`records::forget`](crate::records::forget)
/// does it for records.
///
/// # Errors
/// [`Error::Internal`](platform::Error::Internal) when the database refuses it.
pub fn forget(tx: &mut Tx<'_>, subject: i64) -> Result<()> {
    store::timeline::delete_about(tx, subject)
}

/// Has the entries of a merged contact, and those about it, be the other contact's.
pub(crate) fn move_to(tx: &mut Tx<'_>, from: ContactId, into: ContactId) -> Result<()> {
    store::timeline::move_entries(tx, from.into(), into.into())?;
    for row in store::timeline::about(tx, from.0)? {
        if row.record_id == RecordId::from(into) {
            // The two belonged together, and are one now.
            store::timeline::delete_of_about(tx, row.record_id, from.0)?;
            continue;
        }
        let event = match row.event.0 {
            TimelineEvent::RecordAssociated { reason, .. } => {
                TimelineEvent::RecordAssociated { record: into.into(), reason }
            }
            other => other,
        };
        store::timeline::redirect(tx, row.id, into.0, event)?;
    }
    Ok(())
}
