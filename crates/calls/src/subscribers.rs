//! What follows for calls from events of other slices, in the same transaction.

use platform::{Result, Tx};
use types::{ContactId, Event};

use crate::store::participants;
use crate::{access, associations, calls, view};

/// Follows an event. What the transaction does afterwards is about whomever it was about before.
pub(crate) fn follow(tx: &mut Tx<'_>, event: &Event) -> Result<()> {
    let about = tx.contact();
    let followed = match event {
        Event::ContactMerged { from_id, into } => move_contact(tx, *from_id, into.id),
        Event::ContactErased { contact_id } => delete_of_contact(tx, *contact_id),
        _ => Ok(()),
    };
    tx.about(about);
    followed
}

/// Has a merged contact's calls be those of the contact that stays.
fn move_contact(tx: &mut Tx<'_>, from: ContactId, into: ContactId) -> Result<()> {
    for call_id in participants::calls_of_contact(tx, from)? {
        let Some(call) = access::lock_call_to_follow(tx, call_id)? else { continue };
        let due = associations::due(tx, call_id)?;
        participants::replace_contact(tx, &call, from, into)?;
        tx.about(into);
        associations::follow(tx, &call, &due)?;
        view::tell(tx, &call, Event::CallChanged { call_id })?;
    }
    Ok(())
}

/// Deletes the calls in which an erased contact is heard.
fn delete_of_contact(tx: &mut Tx<'_>, contact: ContactId) -> Result<()> {
    for call_id in participants::calls_of_contact(tx, contact)? {
        if let Some(call) = access::lock_call_to_follow(tx, call_id)? {
            calls::remove(tx, &call)?;
        }
    }
    Ok(())
}
