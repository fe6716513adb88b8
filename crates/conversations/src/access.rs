//! The only door to an inbox, a thread or an entry.
//!
//! Of a thread whose inbox the actor may not use nobody learns that there is one (404); what the actor may see but not
//! do is refused (403). To change a thread its row is locked, which also makes the numbers of its entries.

use platform::{Actor, Error, Granted, Result, Tx};
use types::{InboxId, MessageId, Permission, Subject, ThreadId};

use crate::store::inboxes::InboxRow;
use crate::store::messages::MessageRow;
use crate::store::threads::ThreadRow;
use crate::store::{inboxes, messages, threads};

/// A thread to read.
pub(crate) fn read_thread(tx: &mut Tx<'_>, id: ThreadId) -> Result<ThreadRow> {
    let row = threads::find(tx, id)?.ok_or(Error::NotFound)?;
    if tx.actor().may_see(&row.subject()) { Ok(row) } else { Err(Error::NotFound) }
}

/// A thread to do something to that needs a permission.
pub(crate) fn lock_thread(
    tx: &mut Tx<'_>,
    id: ThreadId,
    permission: Permission,
) -> Result<Granted<ThreadRow>> {
    let row = threads::find_locked(tx, id)?.ok_or(Error::NotFound)?;
    if !tx.actor().may_see(&row.subject()) {
        return Err(Error::NotFound);
    }
    tx.actor().require(permission)?;
    tx.about(row.contact_id);
    Ok(Granted::new(row))
}

/// A visitor's own thread.
pub(crate) fn lock_thread_of_visitor(tx: &mut Tx<'_>, id: ThreadId) -> Result<Granted<ThreadRow>> {
    let row = lock_thread_to_follow(tx, id)?;
    match tx.actor() {
        Actor::System => Ok(row),
        Actor::Visitor(visitor) if row.visitor_id == Some(visitor.id) => Ok(row),
        _ => Err(Error::NotFound),
    }
}

/// A thread that changes because of something that happened elsewhere, such as a user's deactivation or a delivery,
/// whoever caused it.
pub(crate) fn lock_thread_to_follow(tx: &mut Tx<'_>, id: ThreadId) -> Result<Granted<ThreadRow>> {
    let row = threads::find_locked(tx, id)?.ok_or(Error::NotFound)?;
    tx.about(row.contact_id);
    Ok(Granted::new(row))
}

/// A thread that has just been made in this transaction.
pub(crate) fn grant_new_thread(row: ThreadRow) -> Granted<ThreadRow> {
    Granted::new(row)
}

/// The same thread with what this transaction has written to it since.
pub(crate) fn regrant(locked: &Granted<ThreadRow>, row: ThreadRow) -> Granted<ThreadRow> {
    debug_assert_eq!(locked.id, row.id);
    Granted::new(row)
}

/// An entry to read, with its thread.
pub(crate) fn read_message(tx: &mut Tx<'_>, id: MessageId) -> Result<(MessageRow, ThreadRow)> {
    let message = messages::find(tx, id)?.ok_or(Error::NotFound)?;
    let thread = read_thread(tx, message.thread_id)?;
    Ok((message, thread))
}

/// A message to send again, with its thread.
pub(crate) fn lock_message(
    tx: &mut Tx<'_>,
    id: MessageId,
) -> Result<(Granted<MessageRow>, Granted<ThreadRow>)> {
    let thread_id = messages::find(tx, id)?.ok_or(Error::NotFound)?.thread_id;
    let thread = lock_thread(tx, thread_id, Permission::Reply)?;
    let message = messages::find_locked(tx, id)?.ok_or(Error::NotFound)?;
    Ok((Granted::new(message), thread))
}

/// A message that its channel has news of, with its thread.
pub(crate) fn lock_message_to_follow(
    tx: &mut Tx<'_>,
    id: MessageId,
) -> Result<(Granted<MessageRow>, Granted<ThreadRow>)> {
    let thread_id = messages::find(tx, id)?.ok_or(Error::NotFound)?.thread_id;
    let thread = lock_thread_to_follow(tx, thread_id)?;
    let message = messages::find_locked(tx, id)?.ok_or(Error::NotFound)?;
    Ok((Granted::new(message), thread))
}

/// The inboxes whose threads the actor may list; nothing for all of them.
///
/// A list of all inboxes is wanted where each is read along its own index.
pub(crate) fn usable_inboxes(tx: &Tx<'_>, one: Option<InboxId>) -> Result<Option<Vec<InboxId>>> {
    let actor = tx.actor();
    actor.require(Permission::ReadThreads)?;
    if let Some(inbox) = one {
        return if actor.may_use_inbox(inbox) { Ok(Some(vec![inbox])) } else { Err(Error::NotFound) };
    }
    Ok(match actor {
        Actor::User(user) if !user.grants.all_inboxes => Some(user.grants.inboxes.iter().copied().collect()),
        Actor::Token(token) if !token.grants.all_inboxes => {
            Some(token.grants.inboxes.iter().copied().collect())
        }
        _ => None,
    })
}

/// An inbox to read: by whoever may use it, or manages inboxes.
pub(crate) fn read_inbox(tx: &mut Tx<'_>, id: InboxId) -> Result<InboxRow> {
    let actor = tx.actor();
    if !actor.may_see(&Subject::Inbox(id)) && !actor.has(Permission::ManageInboxes) {
        return Err(Error::NotFound);
    }
    inboxes::find(tx, id)?.ok_or(Error::NotFound)
}

/// An inbox to change.
pub(crate) fn lock_inbox(tx: &mut Tx<'_>, id: InboxId) -> Result<Granted<InboxRow>> {
    let actor = tx.actor();
    if !actor.has(Permission::ManageInboxes) && !actor.may_see(&Subject::Inbox(id)) {
        return Err(Error::NotFound);
    }
    actor.require(Permission::ManageInboxes)?;
    inboxes::find_locked(tx, id)?.map(Granted::new).ok_or(Error::NotFound)
}

/// Makes an inbox's row the actor's to fill.
pub(crate) fn grant_new_inbox(tx: &Tx<'_>, row: InboxRow) -> Result<Granted<InboxRow>> {
    tx.actor().require(Permission::ManageInboxes)?;
    Ok(Granted::new(row))
}
