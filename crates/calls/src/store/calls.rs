//! Calls: their facts, and pages of them.

use db::schema::{calls, tracked_term_hits, transcripts};
use db::{Conn, MultiBackend};
use diesel::dsl::{exists, sql};
use diesel::expression::SqlLiteral;
use diesel::prelude::*;
use diesel::sql_types::{BigInt, Bool};
use platform::{Granted, Result, Tx};
use types::calls::{CallDirection, CallOutcome, CallSort, CallSource, ListCalls, TranscriptState};
use types::{CallId, Permission, RecordId, Subject, Timestamp, UserId};

use super::scope::Scope;

/// A row of `calls`.
#[derive(Clone, Debug, PartialEq, Queryable, Selectable, Insertable, AsChangeset)]
#[diesel(table_name = calls, treat_none_as_null = true)]
pub(crate) struct CallRow {
    pub(crate) id: CallId,
    pub(crate) title: String,
    /// The title as it is searched and sorted.
    pub(crate) title_key: String,
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
    /// What the call itself says of who may see it: its owner, and who sees records of its owner. Others see it because of
    /// what it belongs to.
    pub(crate) fn subjects(&self) -> Vec<Subject> {
        let record = Subject::Record { read: self.read_permission(), owner: self.owner_id };
        self.owner_id.map(Subject::User).into_iter().chain([record]).collect()
    }

    /// What reading it needs, for whoever is not its owner.
    pub(crate) fn read_permission(&self) -> Permission {
        if self.private { Permission::ReadPrivateCalls } else { Permission::ReadCalls }
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
        .set((
            calls::deleted_at.eq(now),
            calls::title.eq(""),
            calls::title_key.eq(""),
            calls::external_id.eq(None::<String>),
        ))
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

/// Where a page begins: after the call with this value of what the list is sorted by, and this id.
pub(crate) enum After {
    Began(Timestamp, CallId),
    Took(i64, CallId),
    Title(String, CallId),
}

/// What stands for a duration that is not known.
pub(crate) const UNKNOWN_MS: i64 = -1;

type Query<'q> = calls::BoxedQuery<'q, MultiBackend>;

/// Keeps the rows after a key, ascending or descending.
macro_rules! after {
    ($rows:expr, $column:expr, $value:expr, $id:expr, ascending) => {
        $rows.filter($column.ge($value.clone())).filter($column.gt($value).or(calls::id.gt($id)))
    };
    ($rows:expr, $column:expr, $value:expr, $id:expr, descending) => {
        $rows.filter($column.le($value.clone())).filter($column.lt($value).or(calls::id.lt($id)))
    };
}

/// A page of calls.
pub(crate) fn list(
    tx: &mut Tx<'_>,
    scope: &Scope,
    query: &ListCalls,
    after: Option<After>,
    limit: i64,
) -> Result<Vec<CallRow>> {
    let rows = page(scope, query, after, limit);
    Ok(rows.select(CallRow::as_select()).load(tx.conn())?)
}

fn page<'q>(scope: &Scope, query: &ListCalls, after: Option<After>, limit: i64) -> Query<'q> {
    let sort = query.sort.unwrap_or(CallSort::StartedAtDescending);
    let rows = narrowed(scope, query);
    let rows = match sort {
        CallSort::StartedAtDescending => rows.order((calls::started_at.desc(), calls::id.desc())),
        CallSort::StartedAt => rows.order((calls::started_at.asc(), calls::id.asc())),
        CallSort::DurationDescending => rows.order((took().desc(), calls::id.desc())),
        CallSort::Duration => rows.order((took().asc(), calls::id.asc())),
        CallSort::TitleDescending => rows.order((calls::title_key.desc(), calls::id.desc())),
        CallSort::Title => rows.order((calls::title_key.asc(), calls::id.asc())),
    };
    let rows = match (after, sort) {
        (Some(After::Began(at, id)), CallSort::StartedAt) => {
            after!(rows, calls::started_at, at, id, ascending)
        }
        (Some(After::Began(at, id)), _) => after!(rows, calls::started_at, at, id, descending),
        (Some(After::Took(ms, id)), CallSort::Duration) => after!(rows, took(), ms, id, ascending),
        (Some(After::Took(ms, id)), _) => after!(rows, took(), ms, id, descending),
        (Some(After::Title(key, id)), CallSort::Title) => after!(rows, calls::title_key, key, id, ascending),
        (Some(After::Title(key, id)), _) => after!(rows, calls::title_key, key, id, descending),
        (None, _) => rows,
    };
    rows.limit(limit)
}

/// How long a call took, in milliseconds, or [`UNKNOWN_MS`]: as the index has it.
fn took() -> SqlLiteral<BigInt> {
    sql::<BigInt>("COALESCE(calls.duration_ms, -1)")
}

/// Calls whose title starts with a text, by title.
pub(crate) fn starting_with(tx: &mut Tx<'_>, scope: &Scope, key: &str, limit: i64) -> Result<Vec<CallRow>> {
    let rows = narrowed(scope, &ListCalls::default())
        .filter(calls::title_key.ge(key.to_owned()))
        .filter(calls::title_key.lt(crm::folding::end_of_prefix(key)))
        .order((calls::title_key.asc(), calls::id.asc()))
        .limit(limit);
    Ok(rows.select(CallRow::as_select()).load(tx.conn())?)
}

/// Those of these calls that somebody may list, that a query asks for, and whose transcripts are ready.
pub(crate) fn find_transcribed(
    tx: &mut Tx<'_>,
    scope: &Scope,
    query: &ListCalls,
    ids: &[CallId],
) -> Result<Vec<CallRow>> {
    let query = ListCalls { transcript: Some(TranscriptState::Ready), ..query.clone() };
    let rows = narrowed(scope, &query);
    Ok(rows.filter(calls::id.eq_any(ids.to_vec())).select(CallRow::as_select()).load(tx.conn())?)
}

/// When the calls began that somebody may list and that a query asks for.
pub(crate) fn beginnings(
    tx: &mut Tx<'_>,
    scope: &Scope,
    query: &ListCalls,
) -> Result<Vec<(CallId, Timestamp)>> {
    let rows = narrowed(scope, query);
    Ok(rows.select((calls::id, calls::started_at)).load(tx.conn())?)
}

/// A condition of a query: that the call which a column names is one that somebody may list.
pub(crate) fn in_scope(scope: &Scope, column: &'static str) -> SqlLiteral<Bool> {
    let condition = scope.condition().map(|condition| format!(" AND {condition}")).unwrap_or_default();
    sql(&format!("{column} IN (SELECT calls.id FROM calls WHERE calls.deleted_at IS NULL{condition})"))
}

/// The calls that somebody may list and that a query asks for.
fn narrowed<'q>(scope: &Scope, query: &ListCalls) -> Query<'q> {
    let mut rows = calls::table.filter(calls::deleted_at.is_null()).into_boxed();
    if let Some(condition) = scope.condition() {
        rows = rows.filter(sql::<Bool>(&condition));
    }
    by_relation(by_fact(rows, query), query)
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
    if let Some(text) = query.q.as_deref() {
        let key = crm::folding::name_key(text);
        let escaped = key.replace('\\', "\\\\").replace('%', "\\%").replace('_', "\\_");
        rows = rows.filter(calls::title_key.like(format!("%{escaped}%")).escape('\\'));
    }
    rows
}

/// Narrows by what belongs to the call.
fn by_relation<'q>(mut rows: Query<'q>, query: &ListCalls) -> Query<'q> {
    let records = [
        query.contact_id.map(RecordId::from),
        query.company_id.map(RecordId::from),
        query.deal_id.map(RecordId::from),
        query.ticket_id.map(RecordId::from),
    ];
    for RecordId(id) in records.into_iter().flatten() {
        let from = format!("SELECT from_id FROM associations WHERE to_id = {id}");
        let to = format!("SELECT to_id FROM associations WHERE from_id = {id}");
        rows = rows.filter(sql::<Bool>(&format!("calls.id IN ({from} UNION ALL {to})")));
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

#[cfg(test)]
#[path = "calls_plan_tests.rs"]
mod plan_tests;
