//! Reading which terms were said in a call.

use std::collections::HashMap;

use actix_web::get;
use platform::{Result, Tx};
use types::calls::{CallPath, CallTerm, CallTerms, TermHit, TextRange};
use types::{CallId, TrackedTermId};
use web::{Call, Path, Reply};

use crate::store::terms::{self, TermRow};
use crate::transcripts::read_call;

/// Most places that are named.
const MOST_HITS: i64 = 1000;

/// List the tracked terms that were said in a call, the most frequent first, with the places.
#[utoipa::path(operation_id = "list_call_terms", tag = "transcripts", params(CallPath), responses((status = 200, body = CallTerms)))]
#[get("/v1/calls/{call_id}/terms")]
pub async fn list_call_terms(call: Call, path: Path<CallPath>) -> Reply {
    call.read(move |tx| of_call(tx, path.call_id)).await
}

/// The terms that were said in a call.
///
/// # Errors
/// [`Error::Forbidden`](platform::Error::Forbidden) without `UseCallIntelligence`.
pub fn of_call(tx: &mut Tx<'_>, id: CallId) -> Result<CallTerms> {
    let call = read_call(tx, id)?;
    let placed = terms::hits_in_call(tx, call.id, MOST_HITS)?;
    let counts: HashMap<TrackedTermId, i64> = terms::counts_in_call(tx, call.id)?.into_iter().collect();
    let mut items: Vec<CallTerm> = Vec::new();
    for TermRow { id: term_id, name, .. } in terms::list(tx)? {
        let Some(count) = counts.get(&term_id).copied() else { continue };
        let here = placed.iter().filter(|(hit, _, _)| hit.term_id == term_id);
        let hits = here.map(|(hit, start_ms, speaker_id)| TermHit {
            segment_id: hit.segment_id,
            start_ms: *start_ms,
            speaker_id: *speaker_id,
            range: TextRange { position: hit.position, length: hit.length },
        });
        items.push(CallTerm { term_id, name, count, hits: hits.collect() });
    }
    items.sort_by(|one, other| other.count.cmp(&one.count).then_with(|| one.name.cmp(&other.name)));
    Ok(CallTerms { items })
}
