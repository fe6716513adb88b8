//! Changing what is known of a contact.

use std::collections::BTreeMap;

use actix_web::put;
use platform::{Granted, Result, Tx};
use serde_json::Value;
use types::crm::{Contact, ContactPath, ObjectKind, TimelineEvent, UpdateContact};
use types::{CompanyId, ContactId, Event, UserId};
use web::{Body, Call, Path, Reply};

use super::create::email_taken;
use crate::properties::{self, Changes};
use crate::store::{self, ContactRow};
use crate::{access, associations, records, timeline};
use platform::fields::{self, Fields};

/// Change a contact: the request holds the whole of its facts.
#[utoipa::path(operation_id = "update_contact", tag = "crm", params(ContactPath), request_body = UpdateContact, responses((status = 200, body = Contact)))]
#[put("/v1/contacts/{contact_id}")]
pub async fn update_contact(call: Call, path: Path<ContactPath>, body: Body<UpdateContact>) -> Reply {
    call.write(move |tx| update(tx, path.contact_id, &body)).await
}

/// Writes the whole of a contact's facts. Whether it is verified stays as it is.
///
/// # Errors
/// [`Error::Invalid`](platform::Error::Invalid) for fields that break a rule or an address that is taken;
/// [`Error::Conflict`](platform::Error::Conflict) `contact_merged` if it was merged away.
pub fn update(tx: &mut Tx<'_>, id: ContactId, request: &UpdateContact) -> Result<Contact> {
    let locked = access::lock_contact(tx, id)?;
    let (facts, values) = Facts {
        name: request.name.clone(),
        email: request.email.clone(),
        phone: request.phone.clone(),
        job_title: request.job_title.clone(),
        company_id: request.company_id,
        owner_id: request.owner_id,
    }
    .checked(tx, locked.company_id, &request.properties)?;
    let mut row = locked.clone();
    facts.write_to(&mut row);
    require_free_email(tx, &row)?;
    let has_new_values = values.write(tx, id)?;
    write(tx, &locked, row, has_new_values)
}

/// Writes a changed row and tells of it; does neither when nothing changed.
pub(crate) fn write_changed(
    tx: &mut Tx<'_>,
    locked: &Granted<ContactRow>,
    row: ContactRow,
) -> Result<Contact> {
    write(tx, locked, row, false)
}

fn write(
    tx: &mut Tx<'_>,
    locked: &Granted<ContactRow>,
    mut row: ContactRow,
    has_new_values: bool,
) -> Result<Contact> {
    if row == **locked && !has_new_values {
        return Ok(row.to_wire(properties::of_record(tx, row.id)?));
    }
    row.updated_at = tx.now();
    store::update_contact(tx, locked, &row).map_err(email_taken)?;
    associations::follow_company(tx, row.id, (locked.company_id, row.company_id))?;
    let owners = (locked.owner_id, row.owner_id);
    if owners.0 != owners.1 {
        timeline::record(tx, row.id, TimelineEvent::OwnerChanged { from: owners.0, to: owners.1 })?;
    }
    let contact = row.to_wire(properties::of_record(tx, row.id)?);
    records::announce(tx, row.id, owners, Event::ContactChanged { contact: Box::new(contact.clone()) })?;
    Ok(contact)
}

/// Takes a company from a contact, if it is still the contact's.
///
/// # Errors
/// [`Error::Forbidden`](platform::Error::Forbidden) without `EditContacts`.
pub(crate) fn leave_company(tx: &mut Tx<'_>, id: ContactId, company: CompanyId) -> Result<()> {
    let locked = access::lock_contact(tx, id)?;
    let mut row = locked.clone();
    row.company_id = row.company_id.filter(|own| *own != company);
    write(tx, &locked, row, false).map(|_| ())
}

/// Refuses an address that another verified contact has. An unverified contact may claim any.
pub(super) fn require_free_email(tx: &mut Tx<'_>, row: &ContactRow) -> Result<()> {
    let Some(email) = row.email.as_deref().filter(|_| row.verified) else { return Ok(()) };
    match store::holder_of_email(tx, email, row.id)? {
        Some(_) => Err(fields::taken("email", "another contact has this address")),
        None => Ok(()),
    }
}

/// What a user may write about a contact.
pub(super) struct Facts {
    pub(super) name: String,
    pub(super) email: Option<String>,
    pub(super) phone: Option<String>,
    pub(super) job_title: Option<String>,
    pub(super) company_id: Option<CompanyId>,
    pub(super) owner_id: Option<UserId>,
}

impl Facts {
    /// The facts in their normal form and the values of custom properties, after checking every rule. A company that
    /// is out of sight may stay, and not be given.
    pub(super) fn checked(
        self,
        tx: &mut Tx<'_>,
        company: Option<CompanyId>,
        values: &BTreeMap<String, Value>,
    ) -> Result<(Self, Changes)> {
        let mut fields = Fields::default();
        let facts = Self {
            name: fields.required("name", &self.name, 200),
            email: fields.email("email", self.email.as_deref()),
            phone: fields.optional("phone", self.phone.as_deref(), 50),
            job_title: fields.optional("job_title", self.job_title.as_deref(), 200),
            company_id: self.company_id,
            owner_id: self.owner_id,
        };
        if let Some(wanted) = self.company_id.filter(|_| self.company_id != company)
            && !store::find_company(tx, wanted)?.is_some_and(|row| tx.actor().sees_records_of(row.owner_id))
        {
            fields.refuse("company_id", "unknown", "there is no such company".to_owned());
        }
        records::check_owner(tx, &mut fields, self.owner_id)?;
        let values = Changes::checked(tx, &mut fields, ObjectKind::Contact, values)?;
        fields.finish()?;
        Ok((facts, values))
    }

    pub(super) fn write_to(self, row: &mut ContactRow) {
        row.rename(self.name);
        row.email = self.email;
        row.phone = self.phone;
        row.job_title = self.job_title;
        row.company_id = self.company_id;
        row.owner_id = self.owner_id;
    }
}
