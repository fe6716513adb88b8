//! Recording what a user has learnt of a contact.

use actix_web::post;
use platform::fields::Fields;
use platform::{Error, Result, Tx};
use serde_json::json;
use types::ContactId;
use types::crm::{Consent, ConsentState, ContactPath, RecordConsent};
use web::{Body, Call, Path, Reply};

use super::{MOST_SOURCE, MOST_TEXT, NewConsent, add};
use crate::{access, store};

/// Record a contact's consent, or another legal basis, that you have learnt of: by telephone, in a letter.
#[utoipa::path(operation_id = "record_contact_consent", tag = "crm", params(ContactPath), request_body = RecordConsent, responses((status = 201, body = Consent)))]
#[post("/v1/contacts/{contact_id}/consents")]
pub async fn record_contact_consent(call: Call, path: Path<ContactPath>, body: Body<RecordConsent>) -> Reply {
    call.create(move |tx| record_by_user(tx, path.contact_id, &body)).await
}

/// Adds an entry to the log of a contact.
///
/// # Errors
/// [`Error::Invalid`] for fields that break a rule; [`Error::Conflict`] for a contact that was merged away or erased;
/// [`Error::Forbidden`] without `EditContacts`.
pub fn record_by_user(tx: &mut Tx<'_>, id: ContactId, request: &RecordConsent) -> Result<Consent> {
    let contact = access::lock_contact(tx, id)?;
    let mut fields = Fields::default();
    let text = fields.lines("text", request.text.as_deref(), MOST_TEXT);
    let source = fields.required("source", &request.source, MOST_SOURCE);
    if store::consents::find_type(tx, request.subscription_type_id)?.is_none_or(|row| row.archived) {
        let rule = "there is no such subscription type, or it is archived".to_owned();
        fields.refuse("subscription_type_id", "unknown", rule);
    }
    fields.finish()?;
    let entry = NewConsent {
        subscription_type_id: request.subscription_type_id,
        basis: request.basis,
        state: ConsentState::Given,
        text,
        privacy_policy_text: None,
        source,
        language: request.language,
    };
    let added = add(tx, &contact, &[entry])?;
    let detail = json!({ "subscription_type_id": request.subscription_type_id, "basis": request.basis });
    tx.audit("consent.record", ("contact", contact.id.0), detail)?;
    added.into_iter().next().ok_or_else(|| Error::internal("an entry was added, and is not there"))
}
