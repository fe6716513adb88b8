//! The timeline of records: slices write to it, and it is read page by page.

mod list;

use db::Json;
use platform::{Result, Tx};
use types::crm::{RecordRef, TimelineEvent};
use types::{ContactId, RecordId, Timestamp, UserId};

use crate::store::timeline::TimelineRow;
use crate::{records, store};

pub use list::{list, list_timeline};

/// Writes an entry of a record's timeline, as of now, by the user who acts.
///
/// # Errors
/// [`Error::Internal`](platform::Error::Internal) when the database refuses it.
pub fn record(tx: &mut Tx<'_>, record: impl Into<RecordRef>, event: TimelineEvent) -> Result<()> {
    let row = row(tx, record.into(), event, (tx.now(), tx.actor().user_id().ok()));
    store::timeline::insert(tx, row)
}

/// Writes anew what a record's timeline says about something, each entry with when it was and who did it, and has the
/// timeline be fetched again.
///
/// # Errors
/// [`Error::Internal`](platform::Error::Internal) when the database refuses it.
pub fn rewrite(
    tx: &mut Tx<'_>,
    record: RecordRef,
    subject: i64,
    entries: Vec<(TimelineEvent, Timestamp, Option<UserId>)>,
) -> Result<()> {
    store::timeline::delete_of_about(tx, record.id, subject)?;
    for (event, at, user_id) in entries {
        let row = row(tx, record, event, (at, user_id));
        store::timeline::insert(tx, row)?;
    }
    records::announce_associations(tx, &[record])
}

fn row(
    tx: &Tx<'_>,
    record: RecordRef,
    event: TimelineEvent,
    (at, user_id): (Timestamp, Option<UserId>),
) -> TimelineRow {
    TimelineRow {
        id: tx.new_id(),
        record_kind: record.kind,
        record_id: record.id,
        subject_id: subject_of(&event),
        event: Json(event),
        user_id,
        at,
    }
}

/// What an entry is about beside the record, by its id; the entry disappears with it.
fn subject_of(event: &TimelineEvent) -> Option<i64> {
    match event {
        TimelineEvent::RecordAssociated { record, .. }
        | TimelineEvent::CallRecorded { record }
        | TimelineEvent::CallTranscribed { record }
        | TimelineEvent::CallNoted { record, .. } => Some(record.id.0),
        TimelineEvent::ConversationStarted { thread_id, .. } => Some(thread_id.0),
        TimelineEvent::MeetingBooked { meeting_id, .. }
        | TimelineEvent::MeetingRescheduled { meeting_id, .. }
        | TimelineEvent::MeetingCancelled { meeting_id, .. }
        | TimelineEvent::MeetingOutcomeSet { meeting_id, .. } => Some(meeting_id.0),
        TimelineEvent::MeetingRequested { request_id } => Some(request_id.0),
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
