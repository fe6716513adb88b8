//! Whoever books a meeting: what `booking` does to their contact. Nobody has signed in, so what they say is a claim.

use std::collections::BTreeMap;

use platform::fields::Fields;
use platform::{Granted, Result, Tx};
use serde_json::Value;
use types::crm::{Contact, ObjectKind, TimelineEvent};
use types::{ContactId, Event};

use crate::properties::Changes;
use crate::store::{self, ContactRow};
use crate::{access, companies, contacts, properties, records, timeline};

/// Kind of an identity that somebody claimed by booking: the address they typed.
const BOOKING: &str = "booking";

/// What somebody who books says about themselves. The caller has checked name and address.
#[derive(Clone, Debug, Default)]
pub struct Booker {
    /// First and last name.
    pub name: String,
    /// The address in its normal form.
    pub email: String,
    /// Whether the address was proved with a code.
    pub is_proved: bool,
    /// The language of the page, for example `fr`.
    pub language: String,
    /// The IANA time zone that they chose, for example `Europe/Paris`.
    pub time_zone: String,
    /// The telephone number, if they were asked for it.
    pub phone: Option<String>,
    /// What they do, if they were asked for it.
    pub job_title: Option<String>,
    /// The name of their company, if they were asked for it.
    pub company: Option<String>,
    /// Custom properties that they were asked for, by key.
    pub properties: BTreeMap<String, Value>,
}

/// The contact of somebody who books: the verified one with the address, else the one that booked with it before, else a
/// new one. What is known of a verified contact stays as it is unless the address was proved.
///
/// # Errors
/// [`Error::Invalid`](platform::Error::Invalid) for properties that break a rule.
pub fn enter(tx: &mut Tx<'_>, booker: &Booker) -> Result<Contact> {
    // Two bookings with one new address make one contact.
    tx.lock(platform::Key::Named("booker", &booker.email))?;
    let known = match store::holder_of_email(tx, &booker.email, ContactId(0))? {
        Some(id) => Some(id),
        None => store::find_identity(tx, BOOKING, &booker.email)?,
    };
    let locked = match known {
        Some(id) => access::lock_contact_to_record(tx, id)?,
        None => create(tx, booker)?,
    };
    tx.about(locked.id);
    // Before anything depends on who is known, or the refusal would tell.
    let mut fields = Fields::default();
    let values = Changes::checked(tx, &mut fields, ObjectKind::Contact, &booker.properties)?;
    fields.finish()?;
    if locked.verified && !booker.is_proved {
        return Ok(locked.to_wire(properties::of_record(tx, locked.id)?));
    }
    let mut row = locked.clone();
    row.rename(booker.name.clone());
    row.verified |= booker.is_proved;
    row.language = Some(booker.language.clone());
    row.time_zone = Some(booker.time_zone.clone());
    row.phone = booker.phone.clone().or(row.phone);
    row.job_title = booker.job_title.clone().or(row.job_title);
    if let Some(name) = &booker.company {
        row.company_id = Some(companies::named(tx, name)?);
    }
    values.write(tx, row.id)?;
    contacts::write_changed(tx, &locked, row)
}

fn create(tx: &mut Tx<'_>, booker: &Booker) -> Result<Granted<ContactRow>> {
    let id: ContactId = tx.new_id();
    tx.about(id);
    let mut row = ContactRow::named(id, booker.name.clone(), false, tx.now());
    row.email = Some(booker.email.clone());
    store::insert_contact(tx, &row)?;
    let locked = access::lock_contact_to_record(tx, id)?;
    store::insert_identity(tx, &locked, BOOKING, &booker.email)?;
    timeline::record(tx, id, TimelineEvent::RecordCreated)?;
    let contact = Box::new(row.to_wire(BTreeMap::new()));
    tx.emit(records::subject(None), Event::ContactChanged { contact })?;
    Ok(locked)
}
