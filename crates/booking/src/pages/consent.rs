//! What whoever books is told about their data and agrees to, and writing it down.

use platform::fields::Fields;
use platform::{Result, Tx};
use types::ContactId;
use types::accounts::Locale;
use types::booking::{BookingLanguage, BookingLinkSettings, PageConsent};
use types::crm::{ConsentKind, EffectiveConsent};

use crate::store::links::LinkRow;

/// What the page of a link shows, if it collects anything.
pub(super) fn shown(tx: &mut Tx<'_>, settings: &BookingLinkSettings) -> Result<Option<EffectiveConsent>> {
    let Some(consent) = &settings.consent else { return Ok(None) };
    let language = match settings.language {
        BookingLanguage::English => Locale::English,
        BookingLanguage::French => Locale::French,
    };
    Ok(consent.effective(&crm::privacy::load(tx)?, language))
}

/// The same for the page.
pub(super) fn to_page(shown: EffectiveConsent) -> PageConsent {
    PageConsent {
        asks: asks(&shown),
        text: shown.text,
        privacy_policy_text: shown.privacy_policy_text,
        privacy_policy_url: shown.privacy_policy_url,
    }
}

fn asks(shown: &EffectiveConsent) -> bool {
    shown.kind == ConsentKind::NoticeAndConsent
}

/// Insists on the tick, where one is asked for; what is to be written down.
pub(super) fn checked(
    tx: &mut Tx<'_>,
    fields: &mut Fields,
    link: &LinkRow,
    has_consented: bool,
) -> Result<Option<EffectiveConsent>> {
    let shown = shown(tx, &link.settings.0)?;
    if shown.as_ref().is_some_and(asks) && !has_consented {
        fields.refuse("has_consented", "required", "must be ticked to go on".to_owned());
    }
    Ok(shown)
}

/// Writes down what a contact was shown and agreed to.
pub(super) fn record(
    tx: &mut Tx<'_>,
    contact: ContactId,
    shown: Option<&EffectiveConsent>,
    link: &LinkRow,
) -> Result<()> {
    let Some(shown) = shown else { return Ok(()) };
    let source = format!("/meet/{}", link.path());
    crm::consents::record(tx, contact, &crm::consents::NewConsent::of_page(shown, &source))
}
