//! The only door to a call and to what belongs to it.
//!
//! A call is seen by its owner, and by whoever may read calls (private calls, if it is one) and sees records of its owner,
//! or of a record that it belongs to. Of any other nobody learns that there is one (404). Its owner may change it, and
//! whoever may edit calls; what the actor may see but not do is refused (403). To change a call, or anything that belongs
//! to it, its row is locked.

use platform::{Actor, Error, Granted, Result, Tx};
use types::calls::{CallSource, RecordingState};
use types::{CallId, Permission, Subject, TelephonyAccountId, UserId};

use crate::store::calls::{self, CallRow};
use crate::store::recordings;
use crate::store::scope::Scope;
use crate::store::telephony::{self, AccountRow};

/// Whoever may see one of these may see the call, and is told of it.
pub(crate) fn audience(tx: &mut Tx<'_>, call: &CallRow) -> Result<Vec<Subject>> {
    let mut subjects = call.subjects();
    let owners = crm::associations::owners(tx, call.id.into())?.into_iter();
    let others = owners.filter(|owner| *owner != call.owner_id);
    subjects.extend(others.map(|owner| Subject::Record { read: call.read_permission(), owner }));
    Ok(subjects)
}

/// Whether somebody may see a call.
pub(crate) fn may_see(tx: &mut Tx<'_>, actor: &Actor, call: &CallRow) -> Result<bool> {
    if call.subjects().iter().any(|subject| actor.may_see(subject)) {
        return Ok(true);
    }
    // What it belongs to is asked for where that can matter.
    if !actor.has(call.read_permission()) {
        return Ok(false);
    }
    Ok(audience(tx, call)?.iter().any(|subject| actor.may_see(subject)))
}

/// A call to read.
pub(crate) fn read_call(tx: &mut Tx<'_>, id: CallId) -> Result<CallRow> {
    let row = calls::find(tx, id)?.ok_or(Error::NotFound)?;
    if may_see(tx, tx.actor(), &row)? { Ok(row) } else { Err(Error::NotFound) }
}

/// Those of the calls with these ids that the actor may see.
pub(crate) fn seen(tx: &mut Tx<'_>, ids: &[CallId]) -> Result<Vec<CallRow>> {
    let mut seen = Vec::new();
    for row in calls::find_all(tx, ids)? {
        if may_see(tx, tx.actor(), &row)? {
            seen.push(row);
        }
    }
    Ok(seen)
}

/// A call that the actor may change, to be read before what belongs to it is changed in another transaction.
pub(crate) fn read_call_to_change(tx: &mut Tx<'_>, id: CallId) -> Result<CallRow> {
    let row = read_call(tx, id)?;
    if !tx.actor().owns(row.owner_id) {
        tx.actor().require(Permission::EditCalls)?;
    }
    Ok(row)
}

/// A call to change.
pub(crate) fn lock_call(tx: &mut Tx<'_>, id: CallId) -> Result<Granted<CallRow>> {
    let row = lock_seen(tx, id)?;
    if !tx.actor().owns(row.owner_id) {
        tx.actor().require(Permission::EditCalls)?;
    }
    Ok(Granted::new(row))
}

/// A call that the actor may comment on.
pub(crate) fn lock_call_to_comment(tx: &mut Tx<'_>, id: CallId) -> Result<Granted<CallRow>> {
    let row = lock_seen(tx, id)?;
    if !tx.actor().owns(row.owner_id) {
        tx.actor().require(Permission::Comment)?;
    }
    Ok(Granted::new(row))
}

/// A call to delete. Its owner may take back one that was made for an upload, until that has brought a recording.
pub(crate) fn lock_call_to_delete(tx: &mut Tx<'_>, id: CallId) -> Result<Granted<CallRow>> {
    let row = lock_seen(tx, id)?;
    let is_own_upload = row.source == CallSource::Upload && tx.actor().owns(row.owner_id);
    let arrived = [RecordingState::Processing, RecordingState::Ready];
    let has_arrived = recordings::find(tx, id)?.is_some_and(|recording| arrived.contains(&recording.state));
    if !is_own_upload || has_arrived {
        tx.actor().require(Permission::DeleteCalls)?;
    }
    Ok(Granted::new(row))
}

/// A call that changes because of something that happened elsewhere, such as a finished import, whoever caused it.
/// Nothing when it was deleted meanwhile.
pub(crate) fn lock_call_to_follow(tx: &mut Tx<'_>, id: CallId) -> Result<Option<Granted<CallRow>>> {
    Ok(calls::find_locked(tx, id)?.map(Granted::new))
}

/// A call that is to stay as it is until the end of the transaction, because something is made of it.
pub(crate) fn hold_call(tx: &mut Tx<'_>, id: CallId) -> Result<CallRow> {
    lock_seen(tx, id)
}

fn lock_seen(tx: &mut Tx<'_>, id: CallId) -> Result<CallRow> {
    let row = calls::find_locked(tx, id)?.ok_or(Error::NotFound)?;
    if may_see(tx, tx.actor(), &row)? { Ok(row) } else { Err(Error::NotFound) }
}

/// A call that has just been made in this transaction.
pub(crate) fn grant_new_call(row: CallRow) -> Granted<CallRow> {
    Granted::new(row)
}

/// The same call with what this transaction has written to it since.
pub(crate) fn regrant(locked: &Granted<CallRow>, row: CallRow) -> Granted<CallRow> {
    debug_assert_eq!(locked.id, row.id);
    Granted::new(row)
}

/// Insists that the actor may create calls.
pub(crate) fn require_edit(tx: &Tx<'_>) -> Result<()> {
    tx.actor().require(Permission::EditCalls)
}

/// Insists that the actor may make a call of this owner private, or open to others.
pub(crate) fn require_private(tx: &Tx<'_>, owner: Option<UserId>) -> Result<()> {
    if tx.actor().owns(owner) { Ok(()) } else { tx.actor().require(Permission::ReadPrivateCalls) }
}

/// Insists that the actor may use transcripts and what is made of them.
pub(crate) fn require_intelligence(tx: &Tx<'_>) -> Result<()> {
    tx.actor().require(Permission::UseCallIntelligence)
}

/// Which calls the actor may list: the rule of [`may_see`], for the database.
///
/// # Errors
/// [`Error::Forbidden`] for a program that may read none; a user has calls of its own at least.
pub(crate) fn scope(tx: &Tx<'_>) -> Result<Scope> {
    let actor = tx.actor();
    let own = match actor {
        Actor::User(user) => Some(user.id),
        _ => None,
    };
    let (open, private) = (actor.has(Permission::ReadCalls), actor.has(Permission::ReadPrivateCalls));
    if !open && !private && own.is_none() {
        actor.require(Permission::ReadCalls)?;
    }
    Ok(Scope { own, open, private, owners: actor.record_owners() })
}

/// An account at a telephony provider to change or remove.
pub(crate) fn lock_telephony_account(tx: &mut Tx<'_>, id: TelephonyAccountId) -> Result<Granted<AccountRow>> {
    tx.actor().require(Permission::ManageCalls)?;
    telephony::find_locked(tx, id)?.map(Granted::new).ok_or(Error::NotFound)
}
