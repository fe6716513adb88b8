//! What `channels` does to the contacts of its visitors. It has checked which contact is whose; a user cannot come here.

use std::collections::BTreeMap;

use platform::{Error, Result, Tx};
use types::crm::{Contact, TimelineEvent};
use types::{ContactId, ErrorCode, Event};

use crate::store::{self, ContactRow};
use crate::{access, contacts, identities, records, timeline};

/// A contact for a visitor of whom nothing is known.
#[derive(Debug, Clone, Copy)]
pub struct NewVisitorContact<'a> {
    /// The id that was reserved for it.
    pub id: ContactId,
    /// The name to show until a better one is known.
    pub name: &'a str,
    /// The language of the browser, for example `fr`.
    pub language: Option<&'a str>,
    /// The IANA time zone of the browser, for example `Europe/Paris`.
    pub time_zone: Option<&'a str>,
}

/// Makes the unverified contact of a visitor.
///
/// # Errors
/// [`Error::Internal`] when the id is in use.
pub fn create(tx: &mut Tx<'_>, new: NewVisitorContact<'_>) -> Result<Contact> {
    tx.about(new.id);
    let mut row = ContactRow::named(new.id, new.name.to_owned(), false, tx.now());
    row.language = new.language.map(str::to_owned);
    row.time_zone = new.time_zone.map(str::to_owned);
    store::insert_contact(tx, &row)?;
    timeline::record(tx, new.id, TimelineEvent::RecordCreated)?;
    let contact = row.to_wire(BTreeMap::new());
    tx.emit(records::subject(None), Event::ContactChanged { contact: Box::new(contact.clone()) })?;
    Ok(contact)
}

/// Writes down who an unverified visitor says it is. It is compared with nobody and merged into nobody.
///
/// # Errors
/// [`Error::Conflict`] when the contact is verified; [`Error::Invalid`] for fields that break a rule.
pub fn claim(
    tx: &mut Tx<'_>,
    contact: ContactId,
    name: Option<&str>,
    email: Option<&str>,
) -> Result<Contact> {
    let locked = access::lock_contact_of_visitor(tx, contact)?;
    if locked.verified {
        return Err(Error::conflict(
            ErrorCode::IdentityRefused,
            "who the visitor is has been proved; what it says without proof is not taken over",
        ));
    }
    let (name, email) = identities::check(name, email)?;
    let mut row = locked.clone();
    if let Some(name) = name {
        row.rename(name);
    }
    if email.is_some() {
        row.email = email;
    }
    contacts::write_changed(tx, &locked, row)
}

/// Merges a visitor's own contact into the one that its signed identity belongs to.
///
/// # Errors
/// [`Error::Conflict`] when one was merged away or erased before, or when `from` is verified: it is somebody else then.
pub fn merge(tx: &mut Tx<'_>, from: ContactId, into: ContactId) -> Result<Contact> {
    let (from, into) = access::lock_pair(tx, (from, into), access::lock_contact_of_visitor)?;
    if from.verified {
        return Err(Error::conflict(ErrorCode::Conflict, "the visitor's contact has an identity of its own"));
    }
    contacts::merge_locked(tx, &from, &into)
}
