//! Calls: their facts, and pages of them.

use db::schema::{call_participants, calls, contacts, tracked_term_hits, transcripts};
use db::{Conn, MultiBackend};
use diesel::dsl::exists;
use diesel::prelude::*;
use platform::{Granted, Result, Tx};
use types::calls::{CallDirection, CallOutcome, CallSource, ListCalls, TranscriptState};
use types::{CallId, Subject, Timestamp, UserId};

/// A row of `calls`.
#[derive(Clone, Debug, PartialEq, Queryable, Selectable, Insertable, AsChangeset)]
#[diesel(table_name = calls, treat_none_as_null = true)]
pub(crate) struct CallRow {
    pub(crate) id: CallId,
    pub(crate) title: String,
    pub(crate) direction: CallDirection,
    pub(crate) source: CallSource,
    pub(crate) external_id: Option<String>,
    pub(crate) started_at: Timestamp,
    pub(crate) duration_ms: Option<i64>,
    pub(crate) owner_id: Option<UserId>,
    pub(crate) outcome: Option<CallOutcome>,
    pub(crate) private: bool,
    pub(crate) created_at: Timestamp,
    pub(crate) updated_at: Timestamp,
    pub(crate) deleted_at: Option<Timestamp>,
}

impl CallRow {
    /// Who may see it.
    pub(crate) fn subject(&self) -> Subject {
        Subject::Call { owner: self.owner_id, private: self.private }
    }
}

pub(crate) fn find(tx: &mut Tx<'_>, id: CallId) -> Result<Option<CallRow>> {
    let there = calls::table.find(id).filter(calls::deleted_at.is_null());
    Ok(there.select(CallRow::as_select()).get_result(tx.conn()).optional()?)
}

/// The call, locked until the end of the transaction.
pub(crate) fn find_locked(tx: &mut Tx<'_>, id: CallId) -> Result<Option<CallRow>> {
    let query = calls::table.find(id).filter(calls::deleted_at.is_null());
    let found = match tx.conn() {
        Conn::Pg(conn) => query.select(CallRow::as_select()).for_update().get_result(conn),
        Conn::Sqlite(conn) => query.select(CallRow::as_select()).get_result(conn),
    };
    Ok(found.optional()?)
}

/// The call that a source knows under this name.
pub(crate) fn find_external(
    tx: &mut Tx<'_>,
    source: CallSource,
    external_id: &str,
) -> Result<Option<CallRow>> {
    Ok(calls::table
        .filter(calls::source.eq(source))
        .filter(calls::external_id.eq(external_id))
        .filter(calls::deleted_at.is_null())
        .select(CallRow::as_select())
        .get_result(tx.conn())
        .optional()?)
}

pub(crate) fn insert(tx: &mut Tx<'_>, row: &CallRow) -> Result<()> {
    diesel::insert_into(calls::table).values(row.clone()).execute(tx.conn())?;
    Ok(())
}

/// Writes a changed row over the one that was locked.
pub(crate) fn update(tx: &mut Tx<'_>, locked: &Granted<CallRow>, row: &CallRow) -> Result<()> {
    diesel::update(calls::table.find(locked.id)).set(row.clone()).execute(tx.conn())?;
    Ok(())
}

/// Takes the call out of sight, with what could name it.
pub(crate) fn hide(tx: &mut Tx<'_>, call: &Granted<CallRow>) -> Result<()> {
    let now = tx.now();
    diesel::update(calls::table.find(call.id))
        .set((calls::deleted_at.eq(now), calls::title.eq(""), calls::external_id.eq(None::<String>)))
        .execute(tx.conn())?;
    Ok(())
}

/// The calls with these ids that are there.
pub(crate) fn find_all(tx: &mut Tx<'_>, ids: &[CallId]) -> Result<Vec<CallRow>> {
    let there = calls::table.filter(calls::id.eq_any(ids.to_vec())).filter(calls::deleted_at.is_null());
    Ok(there.select(CallRow::as_select()).load(tx.conn())?)
}

/// Calls that began before a time, the oldest first.
pub(crate) fn begun_before(tx: &mut Tx<'_>, before: Timestamp, limit: i64) -> Result<Vec<CallId>> {
    let old = calls::table.filter(calls::deleted_at.is_null()).filter(calls::started_at.lt(before));
    Ok(old.order(calls::started_at).select(calls::id).limit(limit).load(tx.conn())?)
}

/// Which calls somebody may list.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Scope {
    /// Every call.
    All,
    /// Calls that are not private, and all calls of this user if there is one.
    NotPrivate(Option<UserId>),
    /// The private calls, and all calls of this user if there is one.
    Private(Option<UserId>),
    /// The calls of one user.
    OwnedBy(UserId),
}

/// Where a page begins: after the call with this beginning and this id.
pub(crate) type Key = (Timestamp, CallId);

type Query<'q> = calls::BoxedQuery<'q, MultiBackend>;

/// The ids of calls, for a condition of a query.
pub type CallIds = diesel::dsl::Select<Query<'static>, calls::id>;

/// A page of calls, the latest first.
pub(crate) fn list(
    tx: &mut Tx<'_>,
    scope: Scope,
    query: &ListCalls,
    after: Option<Key>,
    limit: i64,
) -> Result<Vec<CallRow>> {
    let there = calls::table.filter(calls::deleted_at.is_null()).into_boxed();
    let mut rows = by_relation(by_fact(in_scope(there, scope), query), query);
    if let Some((at, id)) = after {
        rows = rows.filter(calls::started_at.le(at));
        rows = rows.filter(calls::started_at.lt(at).or(calls::id.lt(id)));
    }
    let rows = rows.order((calls::started_at.desc(), calls::id.desc())).limit(limit);
    Ok(rows.select(CallRow::as_select()).load(tx.conn())?)
}

/// Those of these calls that somebody may list, that a query asks for, and whose transcripts are ready.
pub(crate) fn find_transcribed(
    tx: &mut Tx<'_>,
    scope: Scope,
    query: &ListCalls,
    ids: &[CallId],
) -> Result<Vec<CallRow>> {
    let there = calls::table.filter(calls::deleted_at.is_null()).into_boxed();
    let query = ListCalls { transcript: Some(TranscriptState::Ready), ..query.clone() };
    let rows = by_relation(by_fact(in_scope(there, scope), &query), &query);
    Ok(rows.filter(calls::id.eq_any(ids.to_vec())).select(CallRow::as_select()).load(tx.conn())?)
}

/// When the calls began that somebody may list and that a query asks for.
pub(crate) fn beginnings(
    tx: &mut Tx<'_>,
    scope: Scope,
    query: &ListCalls,
) -> Result<Vec<(CallId, Timestamp)>> {
    let there = calls::table.filter(calls::deleted_at.is_null()).into_boxed();
    let rows = by_relation(by_fact(in_scope(there, scope), query), query);
    Ok(rows.select((calls::id, calls::started_at)).load(tx.conn())?)
}

/// The ids of the calls that somebody may list, for a condition of a query.
pub(crate) fn ids_in_scope(scope: Scope) -> CallIds {
    in_scope(calls::table.filter(calls::deleted_at.is_null()).into_boxed(), scope).select(calls::id)
}

fn in_scope(rows: Query<'_>, scope: Scope) -> Query<'_> {
    match scope {
        Scope::All => rows,
        Scope::NotPrivate(None) => rows.filter(calls::private.eq(false)),
        Scope::NotPrivate(Some(user)) => {
            rows.filter(calls::private.eq(false).or(calls::owner_id.eq(user).assume_not_null()))
        }
        Scope::Private(None) => rows.filter(calls::private.eq(true)),
        Scope::Private(Some(user)) => {
            rows.filter(calls::private.eq(true).or(calls::owner_id.eq(user).assume_not_null()))
        }
        Scope::OwnedBy(user) => rows.filter(calls::owner_id.eq(user)),
    }
}

/// Narrows by what stands in the call itself.
fn by_fact<'q>(mut rows: Query<'q>, query: &ListCalls) -> Query<'q> {
    if let Some(owner) = query.owner_id {
        rows = rows.filter(calls::owner_id.eq(owner));
    }
    if let Some(direction) = query.direction {
        rows = rows.filter(calls::direction.eq(direction));
    }
    if let Some(outcome) = query.outcome {
        rows = rows.filter(calls::outcome.eq(outcome));
    }
    if let Some(least) = query.min_duration_ms {
        rows = rows.filter(calls::duration_ms.ge(least));
    }
    if let Some(most) = query.max_duration_ms {
        rows = rows.filter(calls::duration_ms.le(most));
    }
    if let Some(from) = query.from {
        rows = rows.filter(calls::started_at.ge(from));
    }
    if let Some(until) = query.until {
        rows = rows.filter(calls::started_at.lt(until));
    }
    rows
}

/// Narrows by what belongs to the call.
fn by_relation<'q>(mut rows: Query<'q>, query: &ListCalls) -> Query<'q> {
    if let Some(contact) = query.contact_id {
        let part = call_participants::table.filter(call_participants::call_id.eq(calls::id));
        rows = rows.filter(exists(part.filter(call_participants::contact_id.eq(contact))));
    }
    if let Some(company) = query.company_id {
        let part = call_participants::table
            .inner_join(contacts::table)
            .filter(call_participants::call_id.eq(calls::id))
            .filter(contacts::company_id.eq(company));
        rows = rows.filter(exists(part));
    }
    if let Some(state) = query.transcript {
        let transcript = transcripts::table.filter(transcripts::call_id.eq(calls::id));
        rows = rows.filter(exists(transcript.filter(transcripts::state.eq(state))));
    }
    if let Some(term) = query.term_id {
        let hit = tracked_term_hits::table.filter(tracked_term_hits::call_id.eq(calls::id));
        rows = rows.filter(exists(hit.filter(tracked_term_hits::term_id.eq(term))));
    }
    rows
}
