//! Associations: which records belong together, and why. Each pair is kept once and seen from both sides.

mod create;
mod delete;
mod list;

use std::collections::BTreeSet;

use platform::{Error, Result, Tx};
use types::crm::{Association, AssociationReason, ObjectKind, RecordRef, TimelineEvent};
use types::{CompanyId, ContactId, UserId};

use crate::store::associations::AssociationRow;
use crate::{access, records, store, timeline};

pub use create::{create, create_association};
pub use delete::{delete, delete_association};
pub use list::{list, list_associations, of_many};

/// Says that two records belong together; the caller has checked that the actor may. Saying it twice changes nothing but
/// the reason, where Rapport itself has found one.
///
/// The timelines of both say so, unless one is a call: the slice of calls writes an entry of its own.
///
/// # Errors
/// [`Error::Invalid`] for a record and itself.
pub fn associate(
    tx: &mut Tx<'_>,
    one: RecordRef,
    other: RecordRef,
    reason: AssociationReason,
) -> Result<Association> {
    if one.id == other.id {
        return Err(Error::invalid("to", "must be another record"));
    }
    let (from, to) = store::associations::ordered(one, other);
    let row = AssociationRow {
        id: tx.new_id(),
        from_kind: from.kind,
        from_id: from.id,
        to_kind: to.kind,
        to_id: to.id,
        reason,
        created_by: tx.actor().user_id().ok().filter(|_| reason == AssociationReason::Manual),
        created_at: tx.now(),
    };
    if !store::associations::insert(tx, &row)? {
        return again(tx, from, to, reason);
    }
    if from.kind != ObjectKind::Call && to.kind != ObjectKind::Call {
        timeline::record(tx, from, TimelineEvent::RecordAssociated { record: to, reason })?;
        timeline::record(tx, to, TimelineEvent::RecordAssociated { record: from, reason })?;
    }
    records::associated(tx, [from], to)?;
    records::associated(tx, [to], from)?;
    records::announce_associations(tx, &[from, to])?;
    Ok(row.to_wire())
}

/// The association that is there already, with the reason that Rapport has found by now.
fn again(tx: &mut Tx<'_>, from: RecordRef, to: RecordRef, reason: AssociationReason) -> Result<Association> {
    let mut known = store::associations::find_pair(tx, from, to)?.ok_or(Error::NotFound)?;
    if reason != AssociationReason::Manual && known.reason != reason {
        store::associations::set_reason(tx, known.id, reason)?;
        known.reason = reason;
        records::announce_associations(tx, &[from, to])?;
    }
    Ok(known.to_wire())
}

/// Says that two records do not belong together any more; the caller has checked that the actor may. Nothing happens
/// where they do not.
///
/// # Errors
/// [`Error::Internal`] when the database refuses it.
pub fn dissociate(tx: &mut Tx<'_>, one: RecordRef, other: RecordRef) -> Result<()> {
    match access::lock_own_association(tx, (one, other))? {
        Some(row) => remove(tx, &row),
        None => Ok(()),
    }
}

/// The associations of a record, the newest first, whether or not the actor sees what they lead to.
///
/// # Errors
/// [`Error::Internal`] when the database refuses it.
pub fn of(tx: &mut Tx<'_>, record: RecordRef) -> Result<Vec<Association>> {
    Ok(store::associations::of(tx, record.id)?.iter().map(AssociationRow::to_wire).collect())
}

/// The users who look after what a record belongs to, or nobody, each once.
///
/// # Errors
/// [`Error::Internal`] when the database refuses it.
pub fn owners(tx: &mut Tx<'_>, record: RecordRef) -> Result<BTreeSet<Option<UserId>>> {
    let others: Vec<RecordRef> =
        store::associations::of(tx, record.id)?.iter().map(|row| row.other(record.id)).collect();
    records::owners(tx, &others)
}

/// Removes an association and what the timelines say of it.
fn remove(tx: &mut Tx<'_>, row: &platform::Granted<AssociationRow>) -> Result<()> {
    store::associations::delete(tx, row)?;
    let ways = [(row.from(), row.to()), (row.to(), row.from())];
    for (one, other) in ways.into_iter().filter(|(one, _)| one.kind == ObjectKind::Call) {
        for owner in records::owners(tx, &[other])? {
            records::dissociated(tx, [one], owner)?;
        }
    }
    store::timeline::delete_of_about(tx, row.from_id, row.to_id.0)?;
    store::timeline::delete_of_about(tx, row.to_id, row.from_id.0)?;
    records::announce_associations(tx, &[row.from(), row.to()])
}

/// Has the contact's company be associated with it, and the one it had before not any more.
pub(crate) fn follow_company(
    tx: &mut Tx<'_>,
    contact: ContactId,
    (before, after): (Option<CompanyId>, Option<CompanyId>),
) -> Result<()> {
    if before == after {
        return Ok(());
    }
    if let Some(before) = before {
        dissociate(tx, contact.into(), before.into())?;
    }
    if let Some(after) = after {
        associate(tx, contact.into(), after.into(), AssociationReason::PrimaryCompany)?;
    }
    Ok(())
}

/// Has what belongs to a merged contact belong to the other one.
pub(crate) fn move_to(tx: &mut Tx<'_>, from: ContactId, into: ContactId) -> Result<()> {
    let into: RecordRef = into.into();
    let moving = store::associations::of(tx, from.into())?;
    store::associations::delete_all_of(tx, from.into())?;
    let mut concerned = vec![into];
    for row in moving {
        let other = row.other(from.into());
        if other.id == into.id {
            continue;
        }
        let (one, two) = store::associations::ordered(into, other);
        let moved =
            AssociationRow { from_kind: one.kind, from_id: one.id, to_kind: two.kind, to_id: two.id, ..row };
        store::associations::insert(tx, &moved)?;
        concerned.push(other);
    }
    records::associated(tx, concerned.iter().copied(), into)?;
    records::announce_associations(tx, &concerned)
}
