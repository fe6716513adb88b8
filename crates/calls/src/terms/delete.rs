//! Deleting tracked terms.

use actix_web::delete;
use platform::{Error, Result, Tx};
use types::calls::TrackedTermPath;
use types::{Permission, TrackedTermId};
use web::{Call, Path, Reply};

use super::matching::MatchTrackedTerm;
use crate::store::terms::{self, TermRow};

/// Track a term no longer. Where it was said is forgotten.
#[utoipa::path(operation_id = "delete_tracked_term", tag = "transcripts", params(TrackedTermPath), responses((status = 204)))]
#[delete("/v1/tracked_terms/{term_id}")]
pub async fn delete_tracked_term(call: Call, path: Path<TrackedTermPath>) -> Reply {
    call.delete(move |tx| delete(tx, path.term_id)).await
}

/// Takes a term out of sight; a job takes it away.
///
/// # Errors
/// [`Error::NotFound`] when there is no such term; [`Error::Forbidden`] without `ManageTrackedTerms`.
pub fn delete(tx: &mut Tx<'_>, id: TrackedTermId) -> Result<()> {
    tx.actor().require(Permission::ManageTrackedTerms)?;
    super::lock(tx)?;
    let before = terms::find(tx, id)?.filter(|row| row.deleted_at.is_none()).ok_or(Error::NotFound)?;
    let row = TermRow { deleted_at: Some(tx.now()), updated_at: tx.now(), ..before };
    terms::update(tx, &row)?;
    tx.audit("tracked_term.delete", ("tracked_term", id.0), serde_json::json!({ "name": row.name }))?;
    tx.enqueue(&MatchTrackedTerm { term_id: id, updated_at: row.updated_at })?;
    Ok(())
}
