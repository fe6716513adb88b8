//! Identities: what proves who a contact is. One identity belongs to one contact.

use platform::{Error, Result, Tx};
use types::crm::Contact;
use types::{ContactId, ErrorCode};

use crate::{access, contacts, store};
use platform::fields::Fields;

/// Kind of an identity that a customer's own site vouches for with a signature.
const EXTERNAL: &str = "external";

/// The contact that a signed identity belongs to.
///
/// # Errors
/// [`Error::Internal`] when the database refuses.
pub fn find_external(tx: &mut Tx<'_>, value: &str) -> Result<Option<ContactId>> {
    store::find_identity(tx, EXTERNAL, value)
}

/// Binds a signed identity to a visitor's contact, which is verified from then on, and writes down what the signature
/// vouches for. An address that another verified contact has is left out.
///
/// # Errors
/// [`Error::Conflict`] when the identity belongs to another contact; [`Error::Invalid`] for fields that break a rule.
pub fn bind_external(
    tx: &mut Tx<'_>,
    contact: ContactId,
    value: &str,
    name: Option<&str>,
    email: Option<&str>,
) -> Result<Contact> {
    let locked = access::lock_contact_of_visitor(tx, contact)?;
    let (name, email) = check(name, email)?;
    match store::find_identity(tx, EXTERNAL, value)? {
        Some(holder) if holder == contact => {}
        Some(_) => {
            return Err(Error::conflict(ErrorCode::Conflict, "the identity belongs to another contact"));
        }
        None => store::insert_identity(tx, &locked, EXTERNAL, value)?,
    }
    let mut row = locked.clone();
    if !row.verified {
        // What the visitor claimed before was no more than a claim.
        row.email = None;
        row.verified = true;
    }
    if let Some(name) = name {
        row.rename(name);
    }
    if let Some(email) = email
        && store::holder_of_email(tx, &email, contact)?.is_none()
    {
        row.email = Some(email);
    }
    contacts::write_changed(tx, &locked, row)
}

/// Name and address of a visitor in their normal form.
pub(crate) fn check(name: Option<&str>, email: Option<&str>) -> Result<(Option<String>, Option<String>)> {
    let mut fields = Fields::default();
    let checked = (fields.optional("name", name, 200), fields.email("email", email));
    fields.finish()?;
    Ok(checked)
}
