//! What follows for conversations from events of other slices, in the same transaction.

use platform::{Result, Tx};
use types::accounts::UserState;
use types::{ContactId, Event};

use crate::store::threads::Owner;
use crate::store::{messages, threads};
use crate::unassign;

/// How many of a contact's threads are announced anew; the newest are those on people's screens.
const ANNOUNCED_THREADS: i64 = 200;

/// Follows an event. What the transaction does afterwards is about whomever it was about before.
pub(crate) fn follow(tx: &mut Tx<'_>, event: &Event) -> Result<()> {
    let about = tx.contact();
    let followed = change(tx, event);
    tx.about(about);
    followed
}

fn change(tx: &mut Tx<'_>, event: &Event) -> Result<()> {
    match event {
        Event::UserChanged { user } if user.state == UserState::Deactivated => {
            unassign::begin(tx, Owner::User(user.id))
        }
        Event::TeamDeleted { team_id } => unassign::begin(tx, Owner::Team(*team_id)),
        Event::ContactChanged { contact } => announce_threads(tx, contact.id),
        Event::ContactMerged { from_id, into } => {
            threads::move_to_contact(tx, *from_id, into.id)?;
            announce_threads(tx, into.id)
        }
        Event::ContactErased { contact_id } => {
            messages::erase_of_contact(tx, *contact_id)?;
            threads::erase_of_contact(tx, *contact_id)?;
            announce_threads(tx, *contact_id)
        }
        _ => Ok(()),
    }
}

/// Tells how a contact's threads are now: each shows the contact's name and whether it is verified.
fn announce_threads(tx: &mut Tx<'_>, contact: ContactId) -> Result<()> {
    tx.about(contact);
    for thread in threads::of_contact(tx, contact, ANNOUNCED_THREADS)? {
        tx.emit(thread.subject(), Event::ThreadChanged { thread: Box::new(thread.to_wire()) })?;
    }
    Ok(())
}
