//! Reading the tracked terms.

use actix_web::get;
use platform::{Result, Tx};
use types::Page;
use types::calls::TrackedTerm;
use web::{Call, Reply};

use crate::access;
use crate::store::terms::{self, TermRow};

/// List the tracked terms by name, all on one page.
#[utoipa::path(operation_id = "list_tracked_terms", tag = "transcripts", responses((status = 200, body = Page<TrackedTerm>)))]
#[get("/v1/tracked_terms")]
pub async fn list_tracked_terms(call: Call) -> Reply {
    call.read(list).await
}

/// The tracked terms.
///
/// # Errors
/// [`Error::Forbidden`](platform::Error::Forbidden) without `UseCallIntelligence`.
pub fn list(tx: &mut Tx<'_>) -> Result<Page<TrackedTerm>> {
    access::require_intelligence(tx)?;
    let items = terms::list(tx)?.iter().map(TermRow::to_wire).collect();
    Ok(Page { items, next_cursor: None })
}
