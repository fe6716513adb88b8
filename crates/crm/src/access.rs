//! The only door to a contact or a company.
//!
//! Reading needs `ReadContacts` and follows merges. Changing needs `EditContacts` (erasing `EraseContacts`), takes the
//! row's lock, and is refused on a contact that was merged away or erased. What a visitor does to its own contact goes
//! through [`lock_contact_of_visitor`]: `channels` has checked which contact that is.

use platform::{Actor, Error, Granted, Result, Tx};
use types::{CompanyId, ContactId, ErrorCode, Permission};

use crate::store::{self, CompanyRow, ContactRow};

/// A contact to read; the one that stayed if it was merged away.
pub(crate) fn read_contact(tx: &mut Tx<'_>, id: ContactId) -> Result<ContactRow> {
    tx.actor().require(Permission::ReadContacts)?;
    store::follow_contact(tx, id)?.ok_or(Error::NotFound)
}

/// A contact to change.
pub(crate) fn lock_contact(tx: &mut Tx<'_>, id: ContactId) -> Result<Granted<ContactRow>> {
    tx.actor().require(Permission::EditContacts)?;
    lock_live_contact(tx, id)
}

/// A contact to erase.
pub(crate) fn lock_contact_to_erase(tx: &mut Tx<'_>, id: ContactId) -> Result<Granted<ContactRow>> {
    tx.actor().require(Permission::EraseContacts)?;
    lock_live_contact(tx, id)
}

/// The contact of a visitor, to be changed by what the visitor does.
pub(crate) fn lock_contact_of_visitor(tx: &mut Tx<'_>, id: ContactId) -> Result<Granted<ContactRow>> {
    match tx.actor() {
        Actor::Visitor(_) | Actor::System => lock_live_contact(tx, id),
        _ => Err(Error::Forbidden(Permission::EditContacts)),
    }
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

fn lock_live_contact(tx: &mut Tx<'_>, id: ContactId) -> Result<Granted<ContactRow>> {
    let row = store::lock_contact(tx, id)?.ok_or(Error::NotFound)?;
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
    tx.about(id);
    Ok(Granted::new(row))
}

/// Insists that the actor may read contacts and companies.
pub(crate) fn require_read(tx: &Tx<'_>) -> Result<()> {
    tx.actor().require(Permission::ReadContacts)
}

/// Insists that the actor may make contacts and companies.
pub(crate) fn require_edit(tx: &Tx<'_>) -> Result<()> {
    tx.actor().require(Permission::EditContacts)
}

/// A company to read.
pub(crate) fn read_company(tx: &mut Tx<'_>, id: CompanyId) -> Result<CompanyRow> {
    require_read(tx)?;
    store::find_company(tx, id)?.ok_or(Error::NotFound)
}

/// A company to change.
pub(crate) fn lock_company(tx: &mut Tx<'_>, id: CompanyId) -> Result<Granted<CompanyRow>> {
    require_edit(tx)?;
    store::lock_company(tx, id)?.map(Granted::new).ok_or(Error::NotFound)
}
