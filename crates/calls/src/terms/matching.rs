//! Looking through all calls for a term that was added, changed or deleted.

use platform::{Actor, Ctx, Job, Result, Tx};
use serde::{Deserialize, Serialize};
use types::{SegmentId, Timestamp, TrackedTermId};

use super::Matcher;
use crate::store::terms::{self, TermRow};
use crate::store::{segments, words as index};
use crate::words::Query;

/// Segments that are looked through in one transaction.
const AT_A_TIME: usize = 200;
/// Hits that are forgotten in one transaction.
const FORGOTTEN_AT_A_TIME: i64 = 500;

/// Finds anew where a term is said.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct MatchTrackedTerm {
    /// The term.
    pub term_id: TrackedTermId,
    /// When it was changed. When it was changed again, another job does the work.
    pub updated_at: Timestamp,
}

impl Job for MatchTrackedTerm {
    const KIND: &'static str = "match_tracked_term";

    async fn run(self, ctx: Ctx) -> Result<()> {
        while ctx.write(&Actor::System, move |tx| self.forget_some(tx)).await? {}
        let Some(term) = ctx.read(&Actor::System, move |tx| self.term(tx)).await? else { return Ok(()) };
        let mut phrases: Vec<Query> = Vec::new();
        if term.deleted_at.is_none() {
            phrases.extend(term.phrases().filter_map(Query::phrase));
        }
        for phrase in phrases {
            let mut before = None;
            loop {
                let wanted = phrase.clone();
                let ids =
                    ctx.read(&Actor::System, move |tx| index::find(tx, &wanted, before, AT_A_TIME)).await?;
                before = ids.last().copied();
                let is_end = ids.len() < AT_A_TIME;
                ctx.write(&Actor::System, move |tx| self.look_through(tx, &ids)).await?;
                if is_end {
                    break;
                }
            }
        }
        ctx.write(&Actor::System, move |tx| self.finish(tx)).await
    }
}

impl MatchTrackedTerm {
    /// The term, unless it was changed again.
    fn term(self, tx: &mut Tx<'_>) -> Result<Option<TermRow>> {
        Ok(terms::find(tx, self.term_id)?.filter(|row| row.updated_at == self.updated_at))
    }

    /// Forgets some of the places where the term was found before; whether there may be more.
    fn forget_some(self, tx: &mut Tx<'_>) -> Result<bool> {
        super::lock(tx)?;
        if self.term(tx)?.is_none() {
            return Ok(false);
        }
        Ok(terms::delete_some_hits(tx, self.term_id, FORGOTTEN_AT_A_TIME)? > 0)
    }

    fn look_through(self, tx: &mut Tx<'_>, ids: &[SegmentId]) -> Result<()> {
        super::lock(tx)?;
        let Some(term) = self.term(tx)? else { return Ok(()) };
        // Some may be gone, or say something else, since they were found.
        let rows = segments::find_all(tx, ids)?;
        terms::insert_hits(tx, &Matcher::of(&[term]).hits(&rows))
    }

    fn finish(self, tx: &mut Tx<'_>) -> Result<()> {
        super::lock(tx)?;
        match self.term(tx)? {
            Some(row) if row.deleted_at.is_some() => terms::delete(tx, row.id),
            Some(row) => terms::update(tx, &TermRow { matching: false, ..row }),
            None => Ok(()),
        }
    }
}
