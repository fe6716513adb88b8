//! Who took part in a call.

mod add;
mod identify;
mod remove;

use platform::fields::Fields;
use platform::{Error, Granted, Result, Tx};
use types::calls::{AddParticipant, ParticipantKind};
use types::{ContactId, UserId};

use crate::fields::{self, Known};
use crate::store::calls::CallRow;
use crate::store::participants::{self, ParticipantRow};
use crate::store::people;

pub use add::{add, add_participant};
pub use identify::{match_participant, match_with};
pub use remove::{remove, remove_participant};

/// Adds a participant. An address decides who it is where nothing else does: a user's, or else a contact's; and then a
/// number, if exactly one contact has it. Whoever is in
/// the call already is not added again. `prefix` stands before the names of the fields in errors.
pub(crate) fn join(
    tx: &mut Tx<'_>,
    call: &Granted<CallRow>,
    prefix: &str,
    given: &AddParticipant,
) -> Result<ParticipantRow> {
    let mut checked = Fields::default();
    let known = fields::participant(&mut checked, prefix, given);
    checked.finish()?;
    let (mut user_id, mut contact_id) = (given.user_id, given.contact_id);
    if user_id.is_none() && contact_id.is_none() {
        (user_id, contact_id) = who_has(tx, &known)?;
    }
    let (kind, user_id, contact_id) = who_is(tx, prefix, user_id, contact_id)?;
    let present = participants::rows_of(tx, call.id)?;
    let same = |row: &&ParticipantRow| match kind {
        ParticipantKind::User => row.user_id == user_id,
        ParticipantKind::Contact => row.contact_id == contact_id,
        ParticipantKind::Other => {
            row.kind == kind
                && (&row.name, &row.email, &row.phone) == (&known.name, &known.email, &known.phone)
        }
    };
    if let Some(already) = present.iter().find(same) {
        return Ok(already.clone());
    }
    if present.len() >= fields::MAX_PARTICIPANTS {
        let rule = format!("must be at most {} in all", fields::MAX_PARTICIPANTS);
        return Err(Error::invalid("participants", rule));
    }
    let row = ParticipantRow {
        id: tx.new_id(),
        call_id: call.id,
        kind,
        user_id,
        contact_id,
        name: known.name,
        email: known.email,
        phone: known.phone,
        position: present.last().map_or(1, |last| last.position + 1),
    };
    participants::insert(tx, call, &row)?;
    Ok(row)
}

fn who_has(tx: &mut Tx<'_>, known: &Known) -> Result<(Option<UserId>, Option<ContactId>)> {
    if let Some(email) = known.email.as_deref() {
        let user = people::user_with_email(tx, email)?;
        let contact = if user.is_none() { people::contact_with_email(tx, email)? } else { None };
        if user.is_some() || contact.is_some() {
            return Ok((user, contact));
        }
    }
    match known.phone.as_deref() {
        Some(phone) => Ok((None, people::contact_with_phone(tx, phone)?)),
        None => Ok((None, None)),
    }
}

/// Checks that user and contact exist; a merged contact's id leads to the one that stayed.
pub(crate) fn who_is(
    tx: &mut Tx<'_>,
    prefix: &str,
    user_id: Option<UserId>,
    contact_id: Option<ContactId>,
) -> Result<(ParticipantKind, Option<UserId>, Option<ContactId>)> {
    if let Some(user) = user_id {
        if !people::is_active_user(tx, user)? {
            return Err(Error::invalid(&format!("{prefix}user_id"), "must be a user who may sign in"));
        }
        return Ok((ParticipantKind::User, user_id, None));
    }
    let Some(contact) = contact_id else { return Ok((ParticipantKind::Other, None, None)) };
    let contact = people::find_contact(tx, contact)?;
    let missing = || Error::invalid(&format!("{prefix}contact_id"), "names a contact that does not exist");
    Ok((ParticipantKind::Contact, None, Some(contact.ok_or_else(missing)?)))
}

/// Names the contact that what follows in the transaction is about: the first who took part.
pub(crate) fn name_contact(tx: &mut Tx<'_>, call: &Granted<CallRow>) -> Result<()> {
    let contacts = participants::contacts_of(tx, call.id)?;
    tx.about(contacts.first().copied());
    Ok(())
}
