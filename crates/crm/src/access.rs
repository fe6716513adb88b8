//! The only door to a record, and to what says how records are: properties, stages, statuses, views.
//!
//! Reading a record needs `ReadContacts`, and its owner to be one whose records the actor sees: what is out of sight is
//! not found. Contacts follow merges. Changing needs `EditContacts` (erasing `EraseContacts`), takes the row's lock, and
//! is refused on a contact that was merged away or erased. What a visitor does to its own contact goes through
//! [`lock_contact_of_visitor`]: `channels` has checked which contact that is.

use platform::{Actor, Error, Granted, Result, Tx};
use types::crm::{ObjectKind, RecordRef, RecordSummary};
use types::{
    AssociationId, CompanyId, ContactId, DealId, ErrorCode, ImportId, Permission, PropertyId, SavedViewId,
    TicketId, UserId,
};

use crate::records;
use crate::store::associations::AssociationRow;
use crate::store::imports::ImportRow;
use crate::store::properties::PropertyRow;
use crate::store::views::SavedViewRow;
use crate::store::{self, CompanyRow, ContactRow, DealRow, TicketRow};

/// What the actor sees: a row of an owner whose records are out of sight is not found.
fn in_sight<T>(tx: &Tx<'_>, row: Option<T>, owner: impl Fn(&T) -> Option<UserId>) -> Result<T> {
    row.filter(|row| tx.actor().sees_records_of(owner(row))).ok_or(Error::NotFound)
}

/// A contact to read; the one that stayed if it was merged away.
pub(crate) fn read_contact(tx: &mut Tx<'_>, id: ContactId) -> Result<ContactRow> {
    tx.actor().require(Permission::ReadContacts)?;
    let row = store::follow_contact(tx, id)?;
    in_sight(tx, row, |row| row.owner_id)
}

/// A contact to change.
pub(crate) fn lock_contact(tx: &mut Tx<'_>, id: ContactId) -> Result<Granted<ContactRow>> {
    tx.actor().require(Permission::EditContacts)?;
    let row = store::lock_contact(tx, id)?;
    let row = in_sight(tx, row, |row| row.owner_id)?;
    grant_live_contact(tx, row)
}

/// A contact to erase.
pub(crate) fn lock_contact_to_erase(tx: &mut Tx<'_>, id: ContactId) -> Result<Granted<ContactRow>> {
    tx.actor().require(Permission::EraseContacts)?;
    let row = store::lock_contact(tx, id)?;
    let row = in_sight(tx, row, |row| row.owner_id)?;
    grant_live_contact(tx, row)
}

/// The contact of a visitor, to be changed by what the visitor does.
pub(crate) fn lock_contact_of_visitor(tx: &mut Tx<'_>, id: ContactId) -> Result<Granted<ContactRow>> {
    match tx.actor() {
        Actor::Visitor(_) | Actor::System => {
            let row = store::lock_contact(tx, id)?.ok_or(Error::NotFound)?;
            grant_live_contact(tx, row)
        }
        _ => Err(Error::Forbidden(Permission::EditContacts)),
    }
}

/// The contact of somebody who books without having signed in; `bookers` has found out which one that is.
pub(crate) fn lock_contact_of_booker(tx: &mut Tx<'_>, id: ContactId) -> Result<Granted<ContactRow>> {
    let row = store::lock_contact(tx, id)?.ok_or(Error::NotFound)?;
    grant_live_contact(tx, row)
}

/// Two contacts to be made one. Both locks are taken in the order of the ids, so that two merges cannot wait for each
/// other.
pub(crate) fn lock_pair(
    tx: &mut Tx<'_>,
    (from, into): (ContactId, ContactId),
    lock: fn(&mut Tx<'_>, ContactId) -> Result<Granted<ContactRow>>,
) -> Result<(Granted<ContactRow>, Granted<ContactRow>)> {
    if from == into {
        return Err(Error::invalid("from_id", "must be another contact than the one it is merged into"));
    }
    if from < into {
        let from = lock(tx, from)?;
        Ok((from, lock(tx, into)?))
    } else {
        let into = lock(tx, into)?;
        Ok((lock(tx, from)?, into))
    }
}

fn grant_live_contact(tx: &mut Tx<'_>, row: ContactRow) -> Result<Granted<ContactRow>> {
    if let Some(into) = row.merged_into {
        return Err(Error::Conflict {
            code: ErrorCode::ContactMerged,
            detail: "the contact was merged into another one: change that one".to_owned(),
            extra: Some(serde_json::json!({ "contact_id": into })),
        });
    }
    if row.erased_at.is_some() {
        return Err(Error::conflict(
            ErrorCode::Conflict,
            "the contact has been erased and cannot be changed",
        ));
    }
    tx.about(row.id);
    Ok(Granted::new(row))
}

/// Insists that the actor may read records.
pub(crate) fn require_read(tx: &Tx<'_>) -> Result<()> {
    tx.actor().require(Permission::ReadContacts)
}

/// Insists that the actor may look at the list of a kind of records, or of all without one. Every user has calls.
pub(crate) fn require_list(tx: &Tx<'_>, list: Option<ObjectKind>) -> Result<()> {
    match list {
        Some(ObjectKind::Call) => tx.actor().user_id().map(|_| ()),
        _ => require_read(tx),
    }
}

/// Insists that the actor may make records.
pub(crate) fn require_edit(tx: &Tx<'_>) -> Result<()> {
    tx.actor().require(Permission::EditContacts)
}

/// A company to read.
pub(crate) fn read_company(tx: &mut Tx<'_>, id: CompanyId) -> Result<CompanyRow> {
    require_read(tx)?;
    let row = store::find_company(tx, id)?;
    in_sight(tx, row, |row| row.owner_id)
}

/// A company to change.
pub(crate) fn lock_company(tx: &mut Tx<'_>, id: CompanyId) -> Result<Granted<CompanyRow>> {
    require_edit(tx)?;
    let row = store::lock_company(tx, id)?;
    in_sight(tx, row, |row| row.owner_id).map(Granted::new)
}

/// A deal to read.
pub(crate) fn read_deal(tx: &mut Tx<'_>, id: DealId) -> Result<DealRow> {
    require_read(tx)?;
    let row = store::find_deal(tx, id)?;
    in_sight(tx, row, |row| row.owner_id)
}

/// A deal to change.
pub(crate) fn lock_deal(tx: &mut Tx<'_>, id: DealId) -> Result<Granted<DealRow>> {
    require_edit(tx)?;
    let row = store::lock_deal(tx, id)?;
    in_sight(tx, row, |row| row.owner_id).map(Granted::new)
}

/// A ticket to read.
pub(crate) fn read_ticket(tx: &mut Tx<'_>, id: TicketId) -> Result<TicketRow> {
    require_read(tx)?;
    let row = store::find_ticket(tx, id)?;
    in_sight(tx, row, |row| row.owner_id)
}

/// A ticket to change.
pub(crate) fn lock_ticket(tx: &mut Tx<'_>, id: TicketId) -> Result<Granted<TicketRow>> {
    require_edit(tx)?;
    let row = store::lock_ticket(tx, id)?;
    in_sight(tx, row, |row| row.owner_id).map(Granted::new)
}

/// A record of any kind to read, in a few words. The id of a contact that was merged leads to the one that stayed.
pub(crate) fn read_record(tx: &mut Tx<'_>, record: RecordRef) -> Result<RecordSummary> {
    require_read(tx)?;
    let record = match record.kind {
        ObjectKind::Contact => read_contact(tx, ContactId(record.id.0))?.id.into(),
        _ => record,
    };
    records::summaries(tx, &[record])?.pop().ok_or(Error::NotFound)
}

/// An association to remove; both of its records must be in sight.
pub(crate) fn lock_association(tx: &mut Tx<'_>, id: AssociationId) -> Result<Granted<AssociationRow>> {
    require_edit(tx)?;
    let row = store::associations::find(tx, id)?.ok_or(Error::NotFound)?;
    read_record(tx, row.from())?;
    read_record(tx, row.to())?;
    Ok(Granted::new(row))
}

/// An association that Rapport removes itself, because what it stands for has gone.
pub(crate) fn lock_own_association(
    tx: &mut Tx<'_>,
    (one, other): (RecordRef, RecordRef),
) -> Result<Option<Granted<AssociationRow>>> {
    Ok(store::associations::find_pair(tx, one, other)?.map(Granted::new))
}

/// Insists that the actor may change what records are: properties, stages, statuses.
pub(crate) fn require_settings(tx: &Tx<'_>) -> Result<()> {
    tx.actor().require(Permission::ManageSettings)
}

/// A custom property to change.
pub(crate) fn lock_property(tx: &mut Tx<'_>, id: PropertyId) -> Result<Granted<PropertyRow>> {
    require_settings(tx)?;
    store::properties::lock(tx, id).map(Granted::new)
}

/// A saved view to change: one's own. What others share may be seen, and is not theirs to change.
pub(crate) fn lock_view(tx: &mut Tx<'_>, id: SavedViewId) -> Result<Granted<SavedViewRow>> {
    let user = tx.actor().user_id()?;
    let row = store::views::lock(tx, id);
    require_list(tx, row.as_ref().ok().map(|row| row.list))?;
    let row = row?;
    if row.owner_id == user {
        return Ok(Granted::new(row));
    }
    Err(if row.shared {
        Error::conflict(ErrorCode::Conflict, "only who made the view may change it")
    } else {
        Error::NotFound
    })
}

/// An import to read: one's own.
pub(crate) fn read_import(tx: &mut Tx<'_>, id: ImportId) -> Result<ImportRow> {
    require_edit(tx)?;
    let user = tx.actor().user_id()?;
    let row = store::imports::find(tx, id)?;
    if row.user_id == user { Ok(row) } else { Err(Error::NotFound) }
}

/// An import to start or to go on with: one's own, or any for the job that carries it out.
pub(crate) fn lock_import(tx: &mut Tx<'_>, id: ImportId) -> Result<Granted<ImportRow>> {
    require_edit(tx)?;
    let row = store::imports::lock(tx, id)?;
    let is_own = match tx.actor() {
        Actor::System => true,
        other => other.user_id()? == row.user_id,
    };
    if is_own { Ok(Granted::new(row)) } else { Err(Error::NotFound) }
}
