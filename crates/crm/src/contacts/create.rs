//! Creating a contact by hand.

use actix_web::post;
use platform::{Error, Result, Tx};
use types::crm::{Contact, CreateContact, TimelineEvent};
use types::{ContactId, Event};
use web::{Body, Call, Reply};

use super::update::Facts;
use crate::store::{self, ContactRow};
use crate::{access, associations, properties, records, timeline};

/// Create a contact. One that a user enters counts as verified.
#[utoipa::path(operation_id = "create_contact", tag = "crm", request_body = CreateContact, responses((status = 201, body = Contact)))]
#[post("/v1/contacts")]
pub async fn create_contact(call: Call, body: Body<CreateContact>) -> Reply {
    call.create(move |tx| create(tx, &body)).await
}

/// Creates a verified contact.
///
/// # Errors
/// [`Error::Invalid`] for fields that break a rule or an address that is taken; [`Error::Forbidden`] without
/// `EditContacts`.
pub fn create(tx: &mut Tx<'_>, request: &CreateContact) -> Result<Contact> {
    access::require_edit(tx)?;
    let (facts, values) = Facts {
        name: request.name.clone(),
        email: request.email.clone(),
        phone: request.phone.clone(),
        job_title: request.job_title.clone(),
        company_id: request.company_id,
        owner_id: request.owner_id,
    }
    .checked(tx, None, &request.properties)?;
    let id: ContactId = tx.new_id();
    tx.about(id);
    let mut row = ContactRow::named(id, facts.name.clone(), true, tx.now());
    facts.write_to(&mut row);
    super::update::require_free_email(tx, &row)?;
    store::insert_contact(tx, &row).map_err(email_taken)?;
    values.write(tx, id)?;
    timeline::record(tx, id, TimelineEvent::RecordCreated)?;
    associations::follow_company(tx, id, (None, row.company_id))?;
    let contact = row.to_wire(properties::of_record(tx, id)?);
    tx.emit(records::subject(row.owner_id), Event::ContactChanged { contact: Box::new(contact.clone()) })?;
    Ok(contact)
}

/// Two requests may find the same address free at the same moment; the database then refuses the second.
pub(super) fn email_taken(error: Error) -> Error {
    if error.is_taken() {
        platform::fields::taken("email", "another contact has this address")
    } else {
        error
    }
}
