//! Counting how often a term was said over time.

use std::collections::{BTreeMap, HashMap};

use actix_web::get;
use platform::{Error, Result, Tx};
use types::calls::{CountInterval, CountTrackedTerm, ListCalls, TermCount, TermCounts, TrackedTermPath};
use types::{CallId, Timestamp, TrackedTermId};
use web::{Call, Params, Path, Reply};

use crate::access;
use crate::store::{calls, terms};

const DAY: i64 = 24 * 60 * 60 * Timestamp::SECOND;
/// Longest time that is counted at once, in days.
const MOST_DAYS: i64 = 366;
/// Days that are counted unless told.
const DEFAULT_DAYS: i64 = 90;
/// The first Monday after the beginning of time, which was a Thursday.
const FIRST_MONDAY: i64 = 4 * DAY;

/// Count how often a term was said in the calls that one may read, by the day or week on which they began.
#[utoipa::path(operation_id = "count_tracked_term", tag = "transcripts", params(TrackedTermPath, CountTrackedTerm), responses((status = 200, body = TermCounts)))]
#[get("/v1/tracked_terms/{term_id}/counts")]
pub async fn count_tracked_term(
    call: Call,
    path: Path<TrackedTermPath>,
    query: Params<CountTrackedTerm>,
) -> Reply {
    call.read(move |tx| count(tx, path.term_id, &query)).await
}

/// How often a term was said over time.
///
/// # Errors
/// [`Error::Invalid`] for `from`; [`Error::NotFound`] when there is no such term; [`Error::Forbidden`] without
/// `UseCallIntelligence`.
pub fn count(tx: &mut Tx<'_>, id: TrackedTermId, query: &CountTrackedTerm) -> Result<TermCounts> {
    access::require_intelligence(tx)?;
    let scope = access::scope(tx)?;
    terms::find(tx, id)?.filter(|row| row.deleted_at.is_none()).ok_or(Error::NotFound)?;
    let until = query.until.unwrap_or(tx.now());
    let from = query.from.unwrap_or(Timestamp(until.0.saturating_sub(DEFAULT_DAYS * DAY)));
    if from >= until || until.0.saturating_sub(from.0) > MOST_DAYS * DAY {
        return Err(Error::invalid("from", format!("must be before until, by at most {MOST_DAYS} days")));
    }
    let counted: HashMap<CallId, i64> = terms::counts_by_call(tx, id)?.into_iter().collect();
    let asked = ListCalls { term_id: Some(id), from: Some(from), until: Some(until), ..ListCalls::default() };
    let (first, step) = match query.interval.unwrap_or(CountInterval::Day) {
        CountInterval::Day => (0, DAY),
        CountInterval::Week => (FIRST_MONDAY, 7 * DAY),
    };
    let mut steps: BTreeMap<i64, TermCount> = BTreeMap::new();
    for (call, started_at) in calls::beginnings(tx, &scope, &asked)? {
        let begin = (started_at.0 - first).div_euclid(step) * step + first;
        let count = counted.get(&call).copied().unwrap_or_default();
        let entry = steps.entry(begin).or_insert(TermCount { from: Timestamp(begin), calls: 0, count: 0 });
        entry.calls += 1;
        entry.count += count;
    }
    Ok(TermCounts { items: steps.into_values().collect() })
}
