//! Withdrawing what was given.

use actix_web::post;
use platform::fields::Fields;
use platform::{Error, Result, Tx};
use serde_json::json;
use types::crm::{Consent, ConsentState, ContactPath, WithdrawConsent};
use types::{ContactId, ErrorCode};
use web::{Body, Call, Path, Reply};

use super::{MOST_SOURCE, NewConsent, add};
use crate::{access, store};

/// Withdraw a contact's consent, or another legal basis, for one subscription type. What was given stays in the log.
#[utoipa::path(operation_id = "withdraw_contact_consent", tag = "crm", params(ContactPath), request_body = WithdrawConsent, responses((status = 201, body = Consent), (status = 409, description = "Nothing is given for this type.")))]
#[post("/v1/contacts/{contact_id}/consents/withdraw")]
pub async fn withdraw_contact_consent(
    call: Call,
    path: Path<ContactPath>,
    body: Body<WithdrawConsent>,
) -> Reply {
    call.create(move |tx| withdraw(tx, path.contact_id, &body)).await
}

/// Adds an entry to the log of a contact that takes back what holds for a subscription type.
///
/// # Errors
/// [`Error::Invalid`] for fields that break a rule; [`Error::Conflict`] when nothing is given for the type, and for a
/// contact that was merged away or erased; [`Error::Forbidden`] without `EditContacts`.
pub fn withdraw(tx: &mut Tx<'_>, id: ContactId, request: &WithdrawConsent) -> Result<Consent> {
    let contact = access::lock_contact(tx, id)?;
    let mut fields = Fields::default();
    let source = fields.required("source", &request.source, MOST_SOURCE);
    fields.finish()?;
    let subscription_type_id = request.subscription_type_id;
    let given = store::consents::current_of(tx, contact.id, subscription_type_id)?
        .filter(|row| row.state == ConsentState::Given)
        .ok_or_else(|| Error::conflict(ErrorCode::Conflict, "nothing is given for this subscription type"))?;
    let entry = NewConsent {
        subscription_type_id,
        basis: given.basis,
        state: ConsentState::Withdrawn,
        text: None,
        privacy_policy_text: None,
        source,
        language: None,
    };
    let added = add(tx, &contact, &[entry])?;
    let detail = json!({ "subscription_type_id": subscription_type_id, "basis": given.basis });
    tx.audit("consent.withdraw", ("contact", contact.id.0), detail)?;
    added.into_iter().next().ok_or_else(|| Error::internal("an entry was added, and is not there"))
}
