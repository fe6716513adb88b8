//! Records of any kind: in a few words, searched, told of, forgotten.

mod search;

use std::collections::{BTreeMap, BTreeSet, HashMap};

use platform::{Error, Result, Tx};
use types::crm::{ObjectKind, RecordRef, RecordSummary};
use types::{Event, Permission, RecordId, Subject, UserId};

use crate::store;

pub use search::{search, search_records};

/// What a slice above tells of the records that it keeps itself: the calls.
pub trait RecordSource: Send + Sync {
    /// Those of the records with these ids that the actor may see, in a few words.
    ///
    /// # Errors
    /// Whatever the database refuses.
    fn summaries(&self, tx: &mut Tx<'_>, ids: &[RecordId]) -> Result<Vec<RecordSummary>>;

    /// Those whose title starts with a text that the actor may see, at most `limit`.
    ///
    /// # Errors
    /// Whatever the database refuses.
    fn search(&self, tx: &mut Tx<'_>, text: &str, limit: i64) -> Result<Vec<RecordSummary>>;

    /// Follows that one of these records has come to belong to another one, which its timeline shall tell.
    ///
    /// # Errors
    /// Whatever the database refuses.
    fn associated(&self, tx: &mut Tx<'_>, id: RecordId, other: RecordRef) -> Result<()>;

    /// Follows that one of these records does not belong any more to something that this user looks after: who saw it
    /// for that may not see it any more.
    ///
    /// # Errors
    /// Whatever the database refuses.
    fn dissociated(&self, tx: &mut Tx<'_>, id: RecordId, owner: Option<UserId>) -> Result<()>;
}

/// Where calls are found; the server wires it in as an extension. Without it there are none.
pub struct Calls(pub Box<dyn RecordSource>);

/// Those of the records that exist and that the actor sees, in a few words, in no order.
///
/// # Errors
/// [`Error::Internal`] when the database refuses it.
pub fn summaries(tx: &mut Tx<'_>, records: &[RecordRef]) -> Result<Vec<RecordSummary>> {
    let mut found = Vec::new();
    for (kind, ids) in by_kind(records) {
        if kind == ObjectKind::Call {
            if let Ok(calls) = tx.ctx().extension::<Calls>() {
                found.extend(calls.0.summaries(tx, &ids)?);
            }
            continue;
        }
        let visible = store::records::find(tx, kind, &ids)?;
        found.extend(visible.into_iter().filter(|summary| tx.actor().sees_records_of(summary.owner_id)));
    }
    Ok(found)
}

/// The users who look after these records, or nobody, each once.
pub(crate) fn owners(tx: &mut Tx<'_>, records: &[RecordRef]) -> Result<BTreeSet<Option<UserId>>> {
    let mut owners = BTreeSet::new();
    for (kind, ids) in by_kind(records) {
        owners.extend(store::records::find(tx, kind, &ids)?.into_iter().map(|found| found.owner_id));
    }
    Ok(owners)
}

fn by_kind(records: &[RecordRef]) -> BTreeMap<ObjectKind, Vec<RecordId>> {
    let mut by_kind: BTreeMap<ObjectKind, Vec<RecordId>> = BTreeMap::new();
    for record in records {
        by_kind.entry(record.kind).or_default().push(record.id);
    }
    by_kind
}

/// What [`summaries`] finds, by record.
pub(crate) fn summaries_by_record(
    tx: &mut Tx<'_>,
    records: &[RecordRef],
) -> Result<HashMap<RecordRef, RecordSummary>> {
    Ok(summaries(tx, records)?.into_iter().map(|summary| (summary.record, summary)).collect())
}

/// Who is told of a record of this owner.
pub fn subject(owner: Option<UserId>) -> Subject {
    Subject::Record { read: Permission::ReadContacts, owner }
}

/// Tells of a record that changed. When it has another owner than before, those who looked at it by the old one are
/// told to forget it first: some of them do not see it any more.
pub(crate) fn announce(
    tx: &mut Tx<'_>,
    record: impl Into<RecordRef>,
    (before, owner): (Option<UserId>, Option<UserId>),
    event: Event,
) -> Result<()> {
    if before != owner {
        let record = record.into();
        tx.emit(subject(before), Event::RecordRemoved { record })?;
        let calls = store::associations::of(tx, record.id)?.into_iter().map(|row| row.other(record.id));
        dissociated(tx, calls, before)?;
    }
    tx.emit(subject(owner), event)
}

/// Tells the slice of calls that those among these records belong to another one now.
pub(crate) fn associated(
    tx: &mut Tx<'_>,
    records: impl IntoIterator<Item = RecordRef>,
    other: RecordRef,
) -> Result<()> {
    let Ok(calls) = tx.ctx().extension::<Calls>() else { return Ok(()) };
    let records = records.into_iter().filter(|record| record.kind == ObjectKind::Call);
    records.into_iter().try_for_each(|record| calls.0.associated(tx, record.id, other))
}

/// Tells the slice of calls that those among these records do not belong to something of this user any more.
pub(crate) fn dissociated(
    tx: &mut Tx<'_>,
    records: impl IntoIterator<Item = RecordRef>,
    owner: Option<UserId>,
) -> Result<()> {
    let Ok(calls) = tx.ctx().extension::<Calls>() else { return Ok(()) };
    let records = records.into_iter().filter(|record| record.kind == ObjectKind::Call);
    records.into_iter().try_for_each(|record| calls.0.dissociated(tx, record.id, owner))
}

/// Forgets everything that was kept about a record beside its own row: property values, associations, timeline. For a
/// record of this owner that is deleted or erased; slices above call it for theirs.
///
/// # Errors
/// [`Error::Internal`] when the database refuses it.
pub fn forget(tx: &mut Tx<'_>, record: RecordRef, owner: Option<UserId>) -> Result<()> {
    let others =
        store::associations::of(tx, record.id)?.iter().map(|row| row.other(record.id)).collect::<Vec<_>>();
    store::properties::delete_values(tx, record.id)?;
    store::associations::delete_all_of(tx, record.id)?;
    store::timeline::delete_all_of(tx, record.id)?;
    dissociated(tx, others.iter().copied(), owner)?;
    announce_associations(tx, &others)
}

/// Has what is shown of records be fetched again: what belongs to them, or their timeline, changed.
pub(crate) fn announce_associations(tx: &mut Tx<'_>, records: &[RecordRef]) -> Result<()> {
    for (kind, ids) in by_kind(records) {
        for found in store::records::find(tx, kind, &ids)? {
            tx.emit(subject(found.owner_id), Event::AssociationsChanged { record: found.record })?;
        }
    }
    Ok(())
}

/// Refuses an owner who does not exist.
pub(crate) fn check_owner(
    tx: &mut Tx<'_>,
    fields: &mut platform::fields::Fields,
    owner: Option<UserId>,
) -> Result<()> {
    if let Some(owner) = owner
        && !store::records::user_exists(tx, owner)?
    {
        fields.refuse("owner_id", "unknown", "there is no such user".to_owned());
    }
    Ok(())
}

/// Refuses a kind whose records are kept by a slice above.
pub(crate) fn require_own_kind(field: &str, kind: ObjectKind) -> Result<()> {
    if kind == ObjectKind::Call {
        return Err(Error::invalid(field, "must be contact, company, deal or ticket"));
    }
    Ok(())
}
