//! The rows of the event log.

use std::sync::Arc;

use db::schema::{event_log, events};
use db::{Cached, Conn, Database, Engine, JsonText, Limited, on};
use diesel::prelude::*;
use rand::Rng;
use types::{ContactId, Timestamp};

use super::cursor::Place;
use super::topic::{self, Topic};
use crate::{Result, Tx};

/// The one row of `event_log`.
const LOG_ID: i32 = 1;

/// How many rows one statement inserts on PostgreSQL at the most; each number of them is a statement that is kept.
const ROWS_AT_ONCE: usize = 16;

/// How many events are read at a time.
pub(crate) const PAGE: i64 = 500;

/// The event log of one database.
pub(crate) struct EventLog {
    pub(crate) epoch: Arc<str>,
    /// The newest position when it was opened: nobody on this node has begun to read before it.
    pub(crate) opened_at: i64,
}

/// An event that its transaction has not written yet.
pub(crate) struct PendingEvent {
    /// Whoever belongs to one of these is told.
    pub(crate) topics: Vec<Topic>,
    pub(crate) payload: String,
    pub(crate) contact_id: Option<ContactId>,
}

/// An event with its position.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct NumberedEvent {
    pub(crate) position: i64,
    /// Its audiences as they are stored.
    pub(crate) topic: String,
    pub(crate) payload: String,
}

/// The positions that the log holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Bounds {
    /// The oldest position that is kept, or the next one when nothing is.
    pub(crate) first: i64,
    /// The newest position; 0 when there was never any.
    pub(crate) last: i64,
}

#[derive(Insertable)]
#[diesel(table_name = events, treat_none_as_default_value = false)]
struct Row {
    id: i64,
    pos: Option<i64>,
    topic: String,
    payload: JsonText,
    contact_id: Option<ContactId>,
    created_at: Timestamp,
}

impl EventLog {
    /// Opens the log; begins it when there is none.
    pub(crate) async fn open(database: &Database) -> Result<Self> {
        let (epoch, opened_at) = database
            .write(
                |conn| -> Result<(String, i64)> {
                    let row = (
                        event_log::id.eq(LOG_ID),
                        event_log::epoch.eq(new_epoch()),
                        event_log::next_pos.eq(1_i64),
                        event_log::first_pos.eq(1_i64),
                    );
                    on!(conn, c => diesel::insert_into(event_log::table)
                        .values(row).on_conflict(event_log::id).do_nothing().execute(c))?;
                    let epoch = event_log::table.find(LOG_ID).select(event_log::epoch).get_result(conn)?;
                    Ok((epoch, bounds(conn)?.last))
                },
                |_| {},
            )
            .await?;
        Ok(Self { epoch: epoch.into(), opened_at })
    }

    /// A place in this log.
    pub(crate) fn place(&self, position: i64) -> Place {
        Place { epoch: Arc::clone(&self.epoch), position }
    }
}

fn new_epoch() -> String {
    let mut bytes = [0; 8];
    rand::rng().fill_bytes(&mut bytes);
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

/// Begins a new epoch, so that every client loads everything again. To be called after restoring a backup, before the
/// server starts.
///
/// # Errors
/// [`Error::Internal`](crate::Error::Internal) when the database refuses it.
pub fn renew_epoch(conn: &mut Conn) -> Result<()> {
    diesel::update(event_log::table).set(event_log::epoch.eq(new_epoch())).execute(conn)?;
    Ok(())
}

/// Writes the events of a transaction, in the order they were emitted. On SQLite they are numbered here, since
/// nobody else writes until the commit; on PostgreSQL the sequencer numbers them once they are committed. Their ids are
/// made here, while the transaction holds its locks, so that of two transactions of one node that touch the same row
/// the later one's events have the higher ids.
pub(crate) fn append(
    conn: &mut Conn,
    pending: Vec<PendingEvent>,
    new_id: impl Fn() -> i64,
    now: Timestamp,
) -> Result<()> {
    let mut next = match conn.engine() {
        Engine::Sqlite => Some(take_positions(conn, pending.len() as i64)?),
        Engine::Postgres => None,
    };
    let rows: Vec<Row> = pending
        .into_iter()
        .map(|event| {
            let pos = next;
            next = next.map(|next| next + 1);
            Row {
                id: new_id(),
                pos,
                topic: topic::stored(&event.topics),
                payload: JsonText(event.payload),
                contact_id: event.contact_id,
                created_at: now,
            }
        })
        .collect();
    match conn {
        Conn::Pg(conn) if rows.len() > 1 => {
            for rows in rows.chunks(ROWS_AT_ONCE) {
                let insert = diesel::insert_into(events::table).values(rows).returning(events::id);
                Cached(insert).load::<i64>(conn)?;
            }
        }
        conn => {
            for row in rows {
                diesel::insert_into(events::table).values(row).execute(conn)?;
            }
        }
    }
    Ok(())
}

/// Reserves `count` positions and returns the first. Holds the log's row until the transaction ends.
pub(super) fn take_positions(conn: &mut Conn, count: i64) -> Result<i64> {
    let next: i64 = on!(conn, c => Cached(
        diesel::update(event_log::table.find(LOG_ID))
            .set(event_log::next_pos.eq(event_log::next_pos + count))
            .returning(event_log::next_pos)
    )
    .get_result(c))?;
    Ok(next - count)
}

/// The positions that the log holds.
pub(crate) fn bounds(conn: &mut Conn) -> Result<Bounds> {
    let (first, next): (i64, i64) =
        event_log::table.find(LOG_ID).select((event_log::first_pos, event_log::next_pos)).get_result(conn)?;
    Ok(Bounds { first, last: next - 1 })
}

/// The next events after a position, for any audience; at most [`PAGE`].
pub(crate) fn after(conn: &mut Conn, position: i64) -> Result<Vec<NumberedEvent>> {
    let query = events::table.filter(events::pos.gt(position)).order(events::pos).select((
        events::pos.assume_not_null(),
        events::topic,
        events::payload,
    ));
    let rows: Vec<(i64, String, JsonText)> = Limited { query, rows: PAGE }.load(conn)?;
    Ok(rows.into_iter().map(numbered).collect())
}

/// A part of the log as somebody sees it.
pub(crate) struct Part {
    pub(crate) events: Vec<NumberedEvent>,
    /// How far it reaches: whatever comes up to there and is not in it is for others.
    pub(crate) end: i64,
}

/// The next events after a position and up to another for these audiences; at most [`PAGE`].
pub(crate) fn between(conn: &mut Conn, after: i64, up_to: i64, topics: &[Topic]) -> Result<Part> {
    let names: Vec<String> = topics.iter().map(Topic::to_string).collect();
    let mut query = events::table
        .filter(events::topic.eq_any(names))
        .order(events::pos)
        .select((events::pos.assume_not_null(), events::topic, events::payload))
        .limit(PAGE)
        .into_boxed();
    for pattern in topics.iter().filter_map(Topic::pattern) {
        query = query.or_filter(events::topic.like(pattern));
    }
    // Those for several audiences are looked through here: there are few.
    query = query.or_filter(events::topic.like("% %"));
    query = query.filter(events::pos.gt(after).and(events::pos.le(up_to)));
    let rows: Vec<(i64, String, JsonText)> = query.load(conn)?;
    let end = match rows.last() {
        Some((position, ..)) if rows.len() as i64 == PAGE => *position,
        _ => up_to,
    };
    let rows = rows.into_iter().filter(|(_, stored, _)| topic::reaches_one(topics, stored));
    Ok(Part { events: rows.map(numbered).collect(), end })
}

fn numbered((position, topic, JsonText(payload)): (i64, String, JsonText)) -> NumberedEvent {
    NumberedEvent { position, topic, payload }
}

/// Deletes at most `limit` events that are older than `before`, oldest first; how many it were.
pub(crate) fn expire(tx: &mut Tx<'_>, before: Timestamp, limit: i64) -> Result<usize> {
    let old: Vec<(i64, Timestamp)> = events::table
        .filter(events::pos.is_not_null())
        .order(events::pos)
        .select((events::pos.assume_not_null(), events::created_at))
        .limit(limit)
        .load(tx.conn())?;
    // A prefix, so that what remains has no gap.
    let Some((last, _)) = old.iter().take_while(|(_, created_at)| *created_at < before).last() else {
        return Ok(0);
    };
    diesel::update(event_log::table.find(LOG_ID))
        .set(event_log::first_pos.eq(last + 1))
        .execute(tx.conn())?;
    let deleted = diesel::delete(events::table.filter(events::pos.le(last))).execute(tx.conn())?;
    Ok(deleted)
}

impl Bounds {
    /// Whether everything after a position is still there.
    pub(crate) fn can_resume(&self, position: i64) -> bool {
        (self.first - 1..=self.last).contains(&position)
    }
}
