//! Listing what belongs to a record.

use std::collections::{BTreeSet, HashMap, HashSet};

use actix_web::get;
use platform::{Result, Tx};
use types::RecordId;
use types::crm::{
    AssociatedKind, AssociatedRecord, Associations, ListAssociations, ObjectKind, RecordRef, RecordSummary,
};
use web::{Call, Params, Reply};

use crate::store::associations::AssociationRow;
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
    let found = records::summaries_by_record(tx, &others)?;
    Ok(AssociatedKind { kind, items: shown(record.id, &rows, &found), more })
}

/// What belongs to each of these records, of what the actor sees: the newest 100 of each, by name.
///
/// # Errors
/// [`Error::Internal`](platform::Error::Internal) when the database refuses it.
pub fn of_many(tx: &mut Tx<'_>, ids: &[RecordId]) -> Result<HashMap<RecordId, Vec<AssociatedRecord>>> {
    let mut by_record: HashMap<RecordId, Vec<AssociationRow>> = HashMap::new();
    let wanted: HashSet<RecordId> = ids.iter().copied().collect();
    for row in store::associations::of_all(tx, ids)? {
        for id in [row.from_id, row.to_id] {
            if wanted.contains(&id) {
                by_record.entry(id).or_default().push(row.clone());
            }
        }
    }
    let mut others = BTreeSet::new();
    for (id, rows) in &mut by_record {
        rows.truncate(MOST);
        others.extend(rows.iter().map(|row| row.other(*id)));
    }
    let others: Vec<RecordRef> = others.into_iter().collect();
    let found = records::summaries_by_record(tx, &others)?;
    Ok(by_record.into_iter().map(|(id, rows)| (id, shown(id, &rows, &found))).collect())
}

/// The records on the other side of these associations, of those that were found, by name.
fn shown(
    record: RecordId,
    rows: &[AssociationRow],
    found: &HashMap<RecordRef, RecordSummary>,
) -> Vec<AssociatedRecord> {
    let mut items: Vec<AssociatedRecord> = rows
        .iter()
        .filter_map(|row| {
            Some(AssociatedRecord {
                association_id: row.id,
                summary: found.get(&row.other(record))?.clone(),
                reason: row.reason,
                created_by: row.created_by,
                created_at: row.created_at,
            })
        })
        .collect();
    items.sort_by_cached_key(|item| folding::name_key(&item.summary.name));
    items
}
