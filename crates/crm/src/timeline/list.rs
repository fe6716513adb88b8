//! Reading a timeline.

use actix_web::get;
use db::Cursor;
use platform::{Paging, Result, Tx};
use types::crm::{ListTimeline, RecordRef, TimelineEntry, TimelineEvent, TimelinePage};
use types::{Subject, Timestamp};
use web::{Call, Params, Reply};

use crate::store::timeline::TimelineRow;
use crate::{access, records, store};

/// List what happened to a record and around it, the newest first. What you may not see is left out, so a page may be
/// shorter than its limit.
#[utoipa::path(operation_id = "list_timeline", tag = "crm", params(ListTimeline), responses((status = 200, body = TimelinePage), (status = 404, description = "There is no such record, or you may not see it.")))]
#[get("/v1/timeline")]
pub async fn list_timeline(call: Call, query: Params<ListTimeline>) -> Reply {
    call.read(move |tx| list(tx, &query)).await
}

/// A page of a record's timeline.
///
/// # Errors
/// [`Error::NotFound`](platform::Error::NotFound) for a record that is out of sight;
/// [`Error::Invalid`](platform::Error::Invalid) for `cursor` or `limit`.
pub fn list(tx: &mut Tx<'_>, query: &ListTimeline) -> Result<TimelinePage> {
    let record = access::read_record(tx, RecordRef { kind: query.kind, id: query.id })?.record;
    let paging = Paging::of(query.cursor.as_deref(), query.limit)?;
    let after = match &paging.after {
        Some(cursor) => Some((Timestamp(cursor.number(0)?), cursor.number(1)?)),
        None => None,
    };
    let rows = store::timeline::page(tx, record.id, after, paging.rows())?;
    let page = paging.page(rows, |row| Cursor::new([row.at.0.into(), row.id.0.into()]));
    let named: Vec<RecordRef> = page.items.iter().filter_map(|row| named_by(&row.event.0)).collect();
    let found = records::summaries_by_record(tx, &named)?;
    let is_seen = |entry: &TimelineEntry| match &entry.event {
        TimelineEvent::ConversationStarted { inbox_id, .. } => tx.actor().may_see(&Subject::Inbox(*inbox_id)),
        event => named_by(event).is_none_or(|record| found.contains_key(&record)),
    };
    let items = page.items.into_iter().map(TimelineRow::into_wire).filter(is_seen).collect();
    Ok(TimelinePage { items, records: found.into_values().collect(), next_cursor: page.next_cursor })
}

fn named_by(event: &TimelineEvent) -> Option<RecordRef> {
    match event {
        TimelineEvent::RecordAssociated { record, .. }
        | TimelineEvent::CallRecorded { record }
        | TimelineEvent::CallTranscribed { record }
        | TimelineEvent::CallNoted { record, .. } => Some(*record),
        _ => None,
    }
}
