//! The only door to a call and to what belongs to it.
//!
//! A call is seen by its owner, and by whoever may read calls; a private one by its owner, and by whoever may read private
//! calls. Of any other nobody learns that there is one (404). Its owner may change it, and whoever may edit calls; what
//! the actor may see but not do is refused (403). To change a call, or anything that belongs to it, its row is locked.

use platform::{Actor, Error, Granted, Result, Tx};
use types::{CallId, Permission, UserId};

use crate::store::calls::{self, CallRow, Scope};

/// A call to read.
pub(crate) fn read_call(tx: &mut Tx<'_>, id: CallId) -> Result<CallRow> {
    let row = calls::find(tx, id)?.ok_or(Error::NotFound)?;
    if tx.actor().may_see(&row.subject()) { Ok(row) } else { Err(Error::NotFound) }
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

/// A call to delete.
pub(crate) fn lock_call_to_delete(tx: &mut Tx<'_>, id: CallId) -> Result<Granted<CallRow>> {
    let row = lock_seen(tx, id)?;
    tx.actor().require(Permission::DeleteCalls)?;
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
    if tx.actor().may_see(&row.subject()) { Ok(row) } else { Err(Error::NotFound) }
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

/// Which calls the actor may list: the rule of [`Actor::may_see`], for the database.
///
/// # Errors
/// [`Error::Forbidden`] for a program that may read none; a user has calls of its own at least.
pub(crate) fn scope(tx: &Tx<'_>) -> Result<Scope> {
    let actor = tx.actor();
    let own = match actor {
        Actor::User(user) => Some(user.id),
        _ => None,
    };
    match (actor.has(Permission::ReadCalls), actor.has(Permission::ReadPrivateCalls), own) {
        (true, true, _) => Ok(Scope::All),
        (true, false, own) => Ok(Scope::NotPrivate(own)),
        (false, true, own) => Ok(Scope::Private(own)),
        (false, false, Some(own)) => Ok(Scope::OwnedBy(own)),
        (false, false, None) => actor.require(Permission::ReadCalls).map(|()| Scope::All),
    }
}
