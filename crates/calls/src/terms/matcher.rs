//! Looking for terms in what was said.

use types::TrackedTermId;

use crate::store::segments::SegmentRow;
use crate::store::terms::{HitRow, TermRow};
use crate::words::{self, Query};

/// Terms that are looked for.
pub(crate) struct Matcher {
    phrases: Vec<(TrackedTermId, Query)>,
}

impl Matcher {
    /// Looks for the names and the variants of these terms.
    pub(crate) fn of(terms: &[TermRow]) -> Self {
        let phrases = terms.iter().flat_map(|term| {
            let phrases = term.phrases().filter_map(Query::phrase);
            phrases.map(|phrase| (term.id, phrase)).collect::<Vec<_>>()
        });
        Self { phrases: phrases.collect() }
    }

    /// Where they are said. Where variants of a term overlap, as `refund` and `full refund` do, the longest that begins
    /// first counts, and counts once.
    pub(crate) fn hits(&self, segments: &[SegmentRow]) -> Vec<HitRow> {
        let mut hits = Vec::new();
        for segment in segments {
            let words = words::split(&segment.text);
            let mut here = Vec::new();
            for (term, phrase) in &self.phrases {
                here.extend(phrase.find(&words).unwrap_or_default().into_iter().map(|range| (*term, range)));
            }
            here.sort_unstable_by_key(|(term, range)| (*term, range.position, -range.length));
            let mut last: Option<(TrackedTermId, i32)> = None;
            for (term, range) in here {
                if last.is_some_and(|(other, end)| other == term && range.position < end) {
                    continue;
                }
                last = Some((term, range.position + range.length));
                hits.push(HitRow {
                    segment_id: segment.id,
                    term_id: term,
                    position: range.position,
                    length: range.length,
                    call_id: segment.call_id,
                });
            }
        }
        hits
    }
}

#[cfg(test)]
mod tests {
    use db::Json;
    use types::{CallId, SegmentId, Timestamp};

    use super::*;

    #[test]
    fn overlapping_variants_count_once() {
        let term = |id: i64, name: &str, variants: &[&str]| TermRow {
            id: TrackedTermId(id),
            name: name.to_owned(),
            variants: Json(variants.iter().map(|&variant| variant.to_owned()).collect()),
            matching: false,
            created_at: Timestamp(0),
            updated_at: Timestamp(0),
            deleted_at: None,
        };
        let segment = SegmentRow {
            id: SegmentId(5),
            call_id: CallId(3),
            seq: 1,
            speaker_id: None,
            start_ms: 0,
            end_ms: 1,
            text: "A full refund? Réfund, refunds.".to_owned(),
            original_text: None,
            edited_by: None,
            edited_at: None,
            confidence: None,
        };
        let matcher = Matcher::of(&[term(1, "Refund", &["full refund"]), term(2, "full", &[])]);
        let hits: Vec<_> =
            matcher.hits(&[segment]).iter().map(|hit| (hit.term_id.0, hit.position, hit.length)).collect();
        assert_eq!(hits, [(1, 2, 11), (1, 15, 6), (2, 2, 4)]);
    }
}
