//! Tracked terms, and where they were said.

use db::schema::{segments, tracked_term_hits, tracked_terms};
use db::{Json, on};
use diesel::dsl::count_star;
use diesel::prelude::*;
use platform::{Result, Tx};
use types::calls::TrackedTerm;
use types::{CallId, SegmentId, SpeakerId, Timestamp, TrackedTermId};

/// A row of `tracked_terms`.
#[derive(Clone, Debug, PartialEq, Queryable, Selectable, Insertable, AsChangeset)]
#[diesel(table_name = tracked_terms, treat_none_as_null = true)]
pub(crate) struct TermRow {
    pub(crate) id: TrackedTermId,
    pub(crate) name: String,
    pub(crate) variants: Json<Vec<String>>,
    pub(crate) matching: bool,
    pub(crate) created_at: Timestamp,
    pub(crate) updated_at: Timestamp,
    pub(crate) deleted_at: Option<Timestamp>,
}

impl TermRow {
    pub(crate) fn to_wire(&self) -> TrackedTerm {
        TrackedTerm {
            id: self.id,
            name: self.name.clone(),
            variants: self.variants.0.clone(),
            matching: self.matching,
            created_at: self.created_at,
            updated_at: self.updated_at,
        }
    }

    /// What counts as the term.
    pub(crate) fn phrases(&self) -> impl Iterator<Item = &str> {
        std::iter::once(&self.name).chain(&self.variants.0).map(String::as_str)
    }
}

/// A row of `tracked_term_hits`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Queryable, Selectable, Insertable)]
#[diesel(table_name = tracked_term_hits, treat_none_as_default_value = false)]
pub(crate) struct HitRow {
    pub(crate) segment_id: SegmentId,
    pub(crate) term_id: TrackedTermId,
    pub(crate) position: i32,
    pub(crate) length: i32,
    pub(crate) call_id: CallId,
}

/// All terms by name.
pub(crate) fn list(tx: &mut Tx<'_>) -> Result<Vec<TermRow>> {
    let there = tracked_terms::table.filter(tracked_terms::deleted_at.is_null());
    let by_name = there.order((tracked_terms::name, tracked_terms::id));
    Ok(by_name.select(TermRow::as_select()).load(tx.conn())?)
}

/// A term, deleted or not.
pub(crate) fn find(tx: &mut Tx<'_>, id: TrackedTermId) -> Result<Option<TermRow>> {
    Ok(tracked_terms::table.find(id).select(TermRow::as_select()).get_result(tx.conn()).optional()?)
}

pub(crate) fn insert(tx: &mut Tx<'_>, row: &TermRow) -> Result<()> {
    diesel::insert_into(tracked_terms::table).values(row.clone()).execute(tx.conn())?;
    Ok(())
}

pub(crate) fn update(tx: &mut Tx<'_>, row: &TermRow) -> Result<()> {
    diesel::update(tracked_terms::table.find(row.id)).set(row.clone()).execute(tx.conn())?;
    Ok(())
}

/// Deletes a term whose hits are gone.
pub(crate) fn delete(tx: &mut Tx<'_>, id: TrackedTermId) -> Result<()> {
    diesel::delete(tracked_terms::table.find(id)).execute(tx.conn())?;
    Ok(())
}

/// Notes where terms are said, as far as it is not noted already.
pub(crate) fn insert_hits(tx: &mut Tx<'_>, hits: &[HitRow]) -> Result<()> {
    if hits.is_empty() {
        return Ok(());
    }
    on!(tx.conn(), conn => diesel::insert_into(tracked_term_hits::table)
        .values(hits)
        .on_conflict_do_nothing()
        .execute(conn))?;
    Ok(())
}

/// Forgets which terms are said in a segment.
pub(crate) fn delete_hits_of(tx: &mut Tx<'_>, segment: SegmentId) -> Result<()> {
    let of_segment = tracked_term_hits::table.filter(tracked_term_hits::segment_id.eq(segment));
    diesel::delete(of_segment).execute(tx.conn())?;
    Ok(())
}

/// Forgets some of the segments that a term is said in; how many it were.
pub(crate) fn delete_some_hits(tx: &mut Tx<'_>, term: TrackedTermId, some: i64) -> Result<usize> {
    let of_term = tracked_term_hits::table.filter(tracked_term_hits::term_id.eq(term));
    let segments: Vec<SegmentId> =
        of_term.select(tracked_term_hits::segment_id).limit(some).load(tx.conn())?;
    let count = segments.len();
    diesel::delete(of_term.filter(tracked_term_hits::segment_id.eq_any(segments))).execute(tx.conn())?;
    Ok(count)
}

/// How often each term is said in a call.
pub(crate) fn counts_in_call(tx: &mut Tx<'_>, call: CallId) -> Result<Vec<(TrackedTermId, i64)>> {
    Ok(tracked_term_hits::table
        .filter(tracked_term_hits::call_id.eq(call))
        .group_by(tracked_term_hits::term_id)
        .select((tracked_term_hits::term_id, count_star()))
        .load(tx.conn())?)
}

/// A hit with the moment and the speaker of its segment.
pub(crate) type Placed = (HitRow, i64, Option<SpeakerId>);

/// Where terms are said in a call, in the order of time.
pub(crate) fn hits_in_call(tx: &mut Tx<'_>, call: CallId, most: i64) -> Result<Vec<Placed>> {
    Ok(tracked_term_hits::table
        .inner_join(segments::table)
        .filter(tracked_term_hits::call_id.eq(call))
        .order((segments::seq, tracked_term_hits::position))
        .select((HitRow::as_select(), segments::start_ms, segments::speaker_id))
        .limit(most)
        .load(tx.conn())?)
}

/// How often a term is said in each of the calls in which it is.
pub(crate) fn counts_by_call(tx: &mut Tx<'_>, term: TrackedTermId) -> Result<Vec<(CallId, i64)>> {
    Ok(tracked_term_hits::table
        .filter(tracked_term_hits::term_id.eq(term))
        .group_by(tracked_term_hits::call_id)
        .select((tracked_term_hits::call_id, count_star()))
        .load(tx.conn())?)
}
