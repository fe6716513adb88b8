//! Listing what belongs to a record.

use actix_web::get;
use platform::{Result, Tx};
use types::crm::{AssociatedKind, AssociatedRecord, Associations, ListAssociations, ObjectKind, RecordRef};
use web::{Call, Params, Reply};

use crate::{access, folding, records, store};

/// Most records of one kind.
const MOST: usize = 100;

/// List the records that belong to one, grouped by kind.
#[utoipa::path(operation_id = "list_associations", tag = "crm", params(ListAssociations), responses((status = 200, body = Associations), (status = 404, description = "There is no such record, or you may not see it.")))]
#[get("/v1/associations")]
pub async fn list_associations(call: Call, query: Params<ListAssociations>) -> Reply {
    call.read(move |tx| list(tx, &query)).await
}

/// What belongs to a record, of what the actor sees.
///
/// # Errors
/// [`Error::NotFound`](platform::Error::NotFound) for a record that is out of sight.
pub fn list(tx: &mut Tx<'_>, query: &ListAssociations) -> Result<Associations> {
    let record = access::read_record(tx, RecordRef { kind: query.kind, id: query.id })?.record;
    let kinds = ObjectKind::ALL.iter().map(|kind| of_kind(tx, record, *kind)).collect::<Result<_>>()?;
    Ok(Associations { kinds })
}

fn of_kind(tx: &mut Tx<'_>, record: RecordRef, kind: ObjectKind) -> Result<AssociatedKind> {
    let mut rows = store::associations::of_kind(tx, record.id, kind, MOST as i64 + 1)?;
    let more = rows.len() > MOST;
    rows.truncate(MOST);
    let others: Vec<RecordRef> = rows.iter().map(|row| row.other(record.id)).collect();
    let mut found = records::summaries_by_record(tx, &others)?;
    let mut items: Vec<AssociatedRecord> = rows
        .iter()
        .filter_map(|row| {
            Some(AssociatedRecord {
                association_id: row.id,
                summary: found.remove(&row.other(record.id))?,
                reason: row.reason,
                created_by: row.created_by,
                created_at: row.created_at,
            })
        })
        .collect();
    items.sort_by_cached_key(|item| folding::name_key(&item.summary.name));
    Ok(AssociatedKind { kind, items, more })
}
