//! Finding records of any kind by how they start, for pickers.

use std::collections::HashMap;

use actix_web::get;
use platform::{Error, Result, Tx};
use types::RecordId;
use types::crm::{ObjectKind, RecordSummaries, RecordSummary, SearchRecords};
use web::{Call, Params, Reply};

use super::Calls;
use crate::{access, folding, store};

/// Records of each kind unless the request says otherwise.
const DEFAULT_LIMIT: u16 = 10;
/// Most records of each kind.
const MAX_LIMIT: u16 = 50;

/// Find records whose name, address, domain or subject starts with a text, for pickers.
#[utoipa::path(operation_id = "search_records", tag = "crm", params(SearchRecords), responses((status = 200, body = RecordSummaries)))]
#[get("/v1/records")]
pub async fn search_records(call: Call, query: Params<SearchRecords>) -> Reply {
    call.read(move |tx| search(tx, &query)).await
}

/// The first records by name of each kind, or of one.
///
/// # Errors
/// [`Error::Invalid`] for `q` or `limit`; [`Error::Forbidden`] without `ReadContacts`.
pub fn search(tx: &mut Tx<'_>, query: &SearchRecords) -> Result<RecordSummaries> {
    access::require_read(tx)?;
    let text = query.q.trim();
    if text.is_empty() || text.chars().count() > 200 {
        return Err(Error::invalid("q", "must have 1 to 200 characters"));
    }
    let limit = query.limit.unwrap_or(DEFAULT_LIMIT);
    if !(1..=MAX_LIMIT).contains(&limit) {
        return Err(Error::invalid("limit", format!("must be 1 to {MAX_LIMIT}")));
    }
    let mut items = Vec::new();
    for kind in ObjectKind::ALL.iter().copied().filter(|kind| query.kind.is_none_or(|wanted| wanted == *kind))
    {
        items.extend(of_kind(tx, kind, text, limit)?);
    }
    Ok(RecordSummaries { items })
}

fn of_kind(tx: &mut Tx<'_>, kind: ObjectKind, text: &str, limit: u16) -> Result<Vec<RecordSummary>> {
    if kind == ObjectKind::Call {
        return match tx.ctx().extension::<Calls>() {
            Ok(calls) => calls.0.search(tx, text, i64::from(limit)),
            Err(_) => Ok(Vec::new()),
        };
    }
    let visible: Option<Vec<_>> = tx.actor().record_owners().map(|owners| owners.into_iter().collect());
    let ids = store::records::search(tx, kind, text, visible.as_deref(), i64::from(limit))?;
    let mut found: HashMap<RecordId, RecordSummary> = store::records::find(tx, kind, &ids)?
        .into_iter()
        .map(|summary| (summary.record.id, summary))
        .collect();
    let mut ordered: Vec<RecordSummary> = ids.iter().filter_map(|id| found.remove(id)).collect();
    ordered.sort_by_cached_key(|summary| folding::name_key(&summary.name));
    ordered.truncate(usize::from(limit));
    Ok(ordered)
}
