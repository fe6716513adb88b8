//! Merging two contacts that turn out to be one person.

use actix_web::post;
use platform::{Granted, Result, Tx};
use serde_json::json;
use types::crm::{Contact, ContactPath, MergeContact};
use types::{ContactId, Event};
use web::{Body, Call, Path, Reply};

use crate::store::{self, ContactRow};
use crate::{access, associations, properties, records, timeline};

/// Merge another contact into this one. The other one's conversations and identities move over, and its id leads here
/// from then on. What this contact does not know yet is taken from the other one.
#[utoipa::path(operation_id = "merge_contact", tag = "crm", params(ContactPath), request_body = MergeContact, responses((status = 200, body = Contact)))]
#[post("/v1/contacts/{contact_id}/merge")]
pub async fn merge_contact(call: Call, path: Path<ContactPath>, body: Body<MergeContact>) -> Reply {
    call.write(move |tx| merge(tx, body.from_id, path.contact_id)).await
}

/// Merges `from` into `into`.
///
/// # Errors
/// [`Error::Invalid`](platform::Error::Invalid) when both are the same;
/// [`Error::Conflict`](platform::Error::Conflict) when one was merged away or erased before.
pub fn merge(tx: &mut Tx<'_>, from: ContactId, into: ContactId) -> Result<Contact> {
    let (from, into) = access::lock_pair(tx, (from, into), access::lock_contact)?;
    tx.audit("contact.merge", ("contact", into.id.0), json!({ "from_id": from.id }))?;
    merge_locked(tx, &from, &into)
}

/// Merges two locked contacts and tells of it.
pub(crate) fn merge_locked(
    tx: &mut Tx<'_>,
    from: &Granted<ContactRow>,
    into: &Granted<ContactRow>,
) -> Result<Contact> {
    tx.about(into.id);
    let now = tx.now();
    // The merged row goes empty first: an address may stand on one verified contact alone.
    let mut gone = ContactRow::named(from.id, String::new(), false, from.created_at);
    gone.merged_into = Some(into.id);
    gone.updated_at = now;
    store::update_contact(tx, from, &gone)?;
    store::redirect(tx, from, into.id)?;
    store::move_identities(tx, from, into.id)?;
    let mut row = combined(from, into);
    row.updated_at = now;
    store::update_contact(tx, into, &row)?;
    move_what_hangs_on(tx, from, into, &row)?;
    let contact = row.to_wire(properties::of_record(tx, row.id)?);
    if from.owner_id != row.owner_id {
        tx.emit(records::subject(from.owner_id), Event::RecordRemoved { record: from.id.into() })?;
    }
    if store::consents::move_to(tx, from, into.id)? {
        tx.emit(records::subject(row.owner_id), Event::ConsentsChanged { contact_id: into.id })?;
    }
    let merged = Event::ContactMerged { from_id: from.id, into: Box::new(contact.clone()) };
    records::announce(tx, row.id, (into.owner_id, row.owner_id), merged)?;
    Ok(contact)
}

/// Values, associations and timeline become those of the contact that stays, which has one company.
fn move_what_hangs_on(
    tx: &mut Tx<'_>,
    from: &ContactRow,
    into: &ContactRow,
    both: &ContactRow,
) -> Result<()> {
    associations::follow_company(tx, from.id, (from.company_id, None))?;
    store::properties::move_values(tx, from.id.into(), into.id.into())?;
    timeline::move_to(tx, from.id, into.id)?;
    associations::move_to(tx, from.id, into.id)?;
    associations::follow_company(tx, into.id, (into.company_id, both.company_id))
}

/// What is known of both. What one merely claims never becomes a fact of one that is verified.
fn combined(from: &ContactRow, into: &ContactRow) -> ContactRow {
    let mut row = into.clone();
    if from.verified && !into.verified {
        row.rename(from.name.clone());
        row.email.clone_from(&from.email);
    } else if from.verified || !into.verified {
        row.email = row.email.or_else(|| from.email.clone());
    }
    row.verified |= from.verified;
    row.phone = row.phone.or_else(|| from.phone.clone());
    row.job_title = row.job_title.or_else(|| from.job_title.clone());
    row.company_id = row.company_id.or(from.company_id);
    row.owner_id = row.owner_id.or(from.owner_id);
    row.time_zone = row.time_zone.or_else(|| from.time_zone.clone());
    row.language = row.language.or_else(|| from.language.clone());
    row
}

#[cfg(test)]
mod tests {
    use types::Timestamp;

    use super::*;

    fn contact(id: i64, name: &str, email: Option<&str>, verified: bool) -> ContactRow {
        let mut row = ContactRow::named(ContactId(id), name.to_owned(), verified, Timestamp(0));
        row.email = email.map(str::to_owned);
        row
    }

    #[test]
    fn what_is_unknown_is_taken_over() {
        let mut from = contact(1, "A. Bell", Some("bell@example.org"), true);
        from.phone = Some("1".to_owned());
        let into = contact(2, "Ann Bell", None, true);
        let both = combined(&from, &into);
        assert_eq!((both.id, both.name.as_str()), (ContactId(2), "Ann Bell"));
        assert_eq!((both.email.as_deref(), both.phone.as_deref()), (Some("bell@example.org"), Some("1")));
    }

    #[test]
    fn a_claimed_address_never_becomes_a_verified_contacts() {
        let claimed = contact(1, "Mallory", Some("boss@example.org"), false);
        let real = contact(2, "Ann", None, true);
        assert_eq!(combined(&claimed, &real).email, None);
        let both = combined(&real, &claimed);
        assert_eq!((both.name.as_str(), both.email, both.verified), ("Ann", None, true));
    }
}
