//! What an import does with one row.

use platform::{Result, Tx};
use types::ContactId;
use types::crm::{CreateContact, UpdateContact};

use super::update::{Facts, require_free_email};
use crate::access;
use crate::store::ContactRow;

/// Creates a contact or changes one, or with `dry` only checks whether that would break a rule.
///
/// # Errors
/// [`Error::Invalid`](platform::Error::Invalid) for fields that break a rule.
pub(crate) fn save_imported(
    tx: &mut Tx<'_>,
    id: Option<ContactId>,
    request: UpdateContact,
    dry: bool,
) -> Result<()> {
    if dry {
        return check(tx, id, &request);
    }
    match id {
        Some(id) => super::update(tx, id, &request)?,
        None => super::create(
            tx,
            &CreateContact {
                name: request.name,
                email: request.email,
                phone: request.phone,
                job_title: request.job_title,
                company_id: request.company_id,
                owner_id: request.owner_id,
                properties: request.properties,
            },
        )?,
    };
    Ok(())
}

fn check(tx: &mut Tx<'_>, id: Option<ContactId>, request: &UpdateContact) -> Result<()> {
    let known = id.map(|id| access::read_contact(tx, id)).transpose()?;
    let facts = Facts {
        name: request.name.clone(),
        email: request.email.clone(),
        phone: request.phone.clone(),
        job_title: request.job_title.clone(),
        company_id: request.company_id,
        owner_id: request.owner_id,
    };
    let company = known.as_ref().and_then(|row| row.company_id);
    let (facts, _) = facts.checked(tx, company, &request.properties)?;
    let mut row =
        known.unwrap_or_else(|| ContactRow::named(ContactId(0), facts.name.clone(), true, tx.now()));
    facts.write_to(&mut row);
    require_free_email(tx, &row)
}
