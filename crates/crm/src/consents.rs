//! The consents of contacts: a log to which entries are added, and what holds by it now.
//!
//! Slices above record what a visitor was shown with [`record`], read with [`of_contact`] what holds, and check what a
//! booking link says with [`check`].

mod list;
mod record;
mod withdraw;

use std::collections::HashSet;

use platform::fields::Fields;
use platform::{Granted, Result, Tx};
use types::accounts::Locale;
use types::crm::{Consent, ConsentBasis, ConsentSettings, ConsentState, EffectiveConsent};
use types::{ContactId, Event, SubscriptionTypeId, Timestamp};

use crate::store::ContactRow;
use crate::store::consents::ConsentRow;
use crate::{access, records, store};

pub use list::{list, list_contact_consents};
pub use record::{record_by_user, record_contact_consent};
pub use withdraw::{withdraw, withdraw_contact_consent};

/// Most characters of a text that a contact is shown or told.
pub(crate) const MOST_TEXT: usize = 2_000;
/// Most characters of a privacy policy.
pub(crate) const MOST_POLICY: usize = 10_000;
/// Most characters of where an entry comes from.
const MOST_SOURCE: usize = 200;
/// Most subscription types of one booking link.
const MOST_TYPES: usize = 20;

/// An entry to be added to the log of a contact.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewConsent {
    /// What it is about. An archived type is taken: a link that has it goes on.
    pub subscription_type_id: SubscriptionTypeId,
    /// The legal basis.
    pub basis: ConsentBasis,
    /// Whether the basis is given or withdrawn.
    pub state: ConsentState,
    /// What the contact was shown or told.
    pub text: Option<String>,
    /// The privacy policy that it was shown.
    pub privacy_policy_text: Option<String>,
    /// Where it comes from, such as the name of the booking link; cut to 200 characters.
    pub source: String,
    /// The language in which the contact was asked.
    pub language: Option<Locale>,
}

impl NewConsent {
    /// The entries for somebody who submits a page: one for each subscription type, with what the page has shown.
    pub fn of_page(shown: &EffectiveConsent, source: &str) -> Vec<Self> {
        let entry = |id: &SubscriptionTypeId| Self {
            subscription_type_id: *id,
            basis: shown.basis,
            state: ConsentState::Given,
            text: Some(shown.text.clone()),
            privacy_policy_text: shown.privacy_policy_text.clone(),
            source: source.to_owned(),
            language: Some(shown.language),
        };
        shown.subscription_type_ids.iter().map(entry).collect()
    }
}

/// Adds entries to the log of a contact, or of the one that it was merged into, and tells whoever sees it. The caller has
/// checked that the actor may. Each entry carries the user who acts; none for a visitor.
///
/// # Errors
/// [`Error::NotFound`](platform::Error::NotFound) without such a contact;
/// [`Error::Conflict`](platform::Error::Conflict) for one that was erased.
pub fn record(tx: &mut Tx<'_>, contact_id: ContactId, entries: &[NewConsent]) -> Result<()> {
    let locked = access::lock_contact_to_record(tx, contact_id)?;
    add(tx, &locked, entries).map(|_| ())
}

/// What holds of a contact, or of the one that it was merged into: the newest entry about each subscription type, those
/// that were withdrawn too. The caller has checked that the actor may.
///
/// # Errors
/// [`Error::Internal`](platform::Error::Internal) when the database refuses it.
pub fn of_contact(tx: &mut Tx<'_>, contact_id: ContactId) -> Result<Vec<Consent>> {
    let Some(contact) = store::follow_contact(tx, contact_id)? else { return Ok(Vec::new()) };
    current(tx, contact.id)
}

/// Checks what a booking link says about consent, and returns it in its normal form. `field` is the name of the settings
/// in the request, such as `consent`.
///
/// # Errors
/// [`Error::Internal`](platform::Error::Internal) when the database refuses it; what is wrong is told to `fields`.
pub fn check(
    tx: &mut Tx<'_>,
    fields: &mut Fields,
    field: &str,
    settings: &ConsentSettings,
) -> Result<ConsentSettings> {
    let mut checked = settings.clone();
    let own = |name: &str| format!("{field}.{name}");
    checked.consent_text = fields.lines(&own("consent_text"), settings.consent_text.as_deref(), MOST_TEXT);
    checked.privacy_policy_text =
        fields.lines(&own("privacy_policy_text"), settings.privacy_policy_text.as_deref(), MOST_POLICY);
    let known: HashSet<_> = store::consents::types(tx)?.into_iter().map(|row| row.id).collect();
    let mut seen = HashSet::new();
    let ids = &settings.subscription_type_ids;
    if ids.len() > MOST_TYPES {
        let rule = format!("must have at most {MOST_TYPES} types");
        fields.refuse(&own("subscription_type_ids"), "out_of_range", rule);
    }
    if !ids.iter().all(|id| known.contains(id) && seen.insert(*id)) {
        let rule = "must name subscription types that exist, each once".to_owned();
        fields.refuse(&own("subscription_type_ids"), "unknown", rule);
    }
    if !known.contains(&settings.default_subscription_type_id) {
        let rule = "there is no such subscription type".to_owned();
        fields.refuse(&own("default_subscription_type_id"), "unknown", rule);
    }
    Ok(checked)
}

/// Adds entries to the log of a locked contact.
fn add(tx: &mut Tx<'_>, contact: &Granted<ContactRow>, entries: &[NewConsent]) -> Result<Vec<Consent>> {
    let mut newest = store::consents::newest(tx, contact.id)?;
    let mut added = Vec::with_capacity(entries.len());
    for entry in entries {
        // The later one holds, so no two may be of the same time: also where the clock stands still, or goes back.
        let at = newest.map_or(tx.now(), |newest| tx.now().max(Timestamp(newest.0.saturating_add(1))));
        newest = Some(at);
        let row = ConsentRow {
            id: tx.new_id(),
            contact_id: contact.id,
            subscription_type_id: entry.subscription_type_id,
            basis: entry.basis,
            state: entry.state,
            text: entry.text.clone(),
            privacy_policy_text: entry.privacy_policy_text.clone(),
            source: entry.source.chars().take(MOST_SOURCE).collect(),
            language: entry.language,
            user_id: tx.actor().user_id().ok(),
            at,
        };
        store::consents::insert(tx, contact, row.clone())?;
        added.push(row.into_wire());
    }
    if !added.is_empty() {
        tx.emit(records::subject(contact.owner_id), Event::ConsentsChanged { contact_id: contact.id })?;
    }
    Ok(added)
}

fn current(tx: &mut Tx<'_>, contact: ContactId) -> Result<Vec<Consent>> {
    let mut rows = store::consents::current(tx, contact)?;
    rows.sort_by_key(|row| std::cmp::Reverse((row.at, row.id)));
    Ok(rows.into_iter().map(ConsentRow::into_wire).collect())
}
