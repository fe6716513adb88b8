//! Changing what is known of a contact.

use actix_web::put;
use platform::{Granted, Result, Tx};
use types::crm::{Contact, ContactPath, UpdateContact};
use types::{CompanyId, ContactId, Event, Permission, Subject, UserId};
use web::{Body, Call, Path, Reply};

use super::create::email_taken;
use crate::access;
use crate::store::{self, ContactRow};
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
    let facts = Facts::checked(
        tx,
        Facts {
            name: request.name.clone(),
            email: request.email.clone(),
            phone: request.phone.clone(),
            job_title: request.job_title.clone(),
            company_id: request.company_id,
            owner_id: request.owner_id,
        },
    )?;
    let mut row = locked.clone();
    facts.write_to(&mut row);
    require_free_email(tx, &row)?;
    write_changed(tx, &locked, row)
}

/// Writes a changed row and tells of it; does neither when nothing changed.
pub(crate) fn write_changed(
    tx: &mut Tx<'_>,
    locked: &Granted<ContactRow>,
    mut row: ContactRow,
) -> Result<Contact> {
    if row == **locked {
        return Ok(row.to_wire());
    }
    row.updated_at = tx.now();
    store::update_contact(tx, locked, &row).map_err(email_taken)?;
    let contact = row.to_wire();
    tx.emit(
        Subject::Permission(Permission::ReadContacts),
        Event::ContactChanged { contact: Box::new(contact.clone()) },
    )?;
    Ok(contact)
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
    /// The facts in their normal form, after checking every rule.
    pub(super) fn checked(tx: &mut Tx<'_>, given: Self) -> Result<Self> {
        let mut fields = Fields::default();
        let facts = Self {
            name: fields.required("name", &given.name, 200),
            email: fields.email("email", given.email.as_deref()),
            phone: fields.optional("phone", given.phone.as_deref(), 50),
            job_title: fields.optional("job_title", given.job_title.as_deref(), 200),
            company_id: given.company_id,
            owner_id: given.owner_id,
        };
        if let Some(company) = given.company_id
            && store::find_company(tx, company)?.is_none()
        {
            fields.refuse("company_id", "unknown", "there is no such company".to_owned());
        }
        if let Some(owner) = given.owner_id
            && !store::user_exists(tx, owner)?
        {
            fields.refuse("owner_id", "unknown", "there is no such user".to_owned());
        }
        fields.finish()?;
        Ok(facts)
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
