//! The account's settings of privacy and consent.

use std::collections::HashSet;

use actix_web::{get, put};
use platform::fields::Fields;
use platform::{Result, Setting, Tx};
use serde::{Deserialize, Serialize};
use types::accounts::Locale;
use types::crm::{PrivacySettings, PrivacyTexts, UpdatePrivacySettings};
use url::Url;
use web::{Body, Call, Reply};

use crate::consents::{MOST_POLICY, MOST_TEXT};
use crate::{access, store};

/// Most characters of the address of a privacy policy.
const MOST_URL: usize = 2_000;

/// The settings as stored: what was never saved are the texts that come with Rapport.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(transparent)]
struct Privacy(PrivacySettings);

impl Setting for Privacy {
    const KEY: &'static str = "privacy";
}

/// The settings, whoever asks; every language has its texts.
///
/// # Errors
/// [`Error::Internal`](platform::Error::Internal) when the database refuses it.
pub fn load(tx: &mut Tx<'_>) -> Result<PrivacySettings> {
    let Privacy(saved) = tx.setting()?;
    let texts = Locale::ALL.iter().map(|language| saved.texts_in(*language)).collect();
    Ok(PrivacySettings { texts, ..saved })
}

/// Get the settings of privacy and consent.
#[utoipa::path(operation_id = "get_privacy_settings", tag = "settings", responses((status = 200, body = PrivacySettings)))]
#[get("/v1/settings/privacy")]
pub async fn get_privacy_settings(call: Call) -> Reply {
    call.read(|tx| {
        tx.actor().user_id()?;
        load(tx)
    })
    .await
}

/// Replace the settings of privacy and consent. Booking links that are there already stay as they are.
#[utoipa::path(operation_id = "update_privacy_settings", tag = "settings", request_body = UpdatePrivacySettings, responses((status = 200, body = PrivacySettings)))]
#[put("/v1/settings/privacy")]
pub async fn update_privacy_settings(call: Call, body: Body<UpdatePrivacySettings>) -> Reply {
    call.write(move |tx| update(tx, &body)).await
}

/// Writes the whole of the settings.
///
/// # Errors
/// [`Error::Invalid`](platform::Error::Invalid) for fields that break a rule;
/// [`Error::Forbidden`](platform::Error::Forbidden) without `ManageSettings`.
pub fn update(tx: &mut Tx<'_>, request: &UpdatePrivacySettings) -> Result<PrivacySettings> {
    access::require_settings(tx)?;
    let mut fields = Fields::default();
    let texts = check_texts(&mut fields, &request.texts);
    // Locked, so that nobody archives it meanwhile.
    let default = store::consents::lock_type_if_any(tx, request.default_subscription_type_id)?;
    if default.is_none_or(|row| row.archived) {
        let rule = "there is no such subscription type, or it is archived".to_owned();
        fields.refuse("default_subscription_type_id", "unknown", rule);
    }
    fields.finish()?;
    let before = load(tx)?;
    let after = PrivacySettings {
        gdpr_enabled: request.gdpr_enabled,
        texts,
        default_subscription_type_id: request.default_subscription_type_id,
    };
    tx.save_setting(&Privacy(after.clone()))?;
    tx.audit("settings.update", ("settings", 0), serde_json::json!({ "from": before, "to": after }))?;
    Ok(after)
}

/// The texts in their normal form, in the order of the languages.
fn check_texts(fields: &mut Fields, given: &[PrivacyTexts]) -> Vec<PrivacyTexts> {
    let languages: HashSet<Locale> = given.iter().map(|texts| texts.language).collect();
    if languages.len() != Locale::ALL.len() || given.len() != Locale::ALL.len() {
        fields.refuse("texts", "invalid", "must have texts in each language, once".to_owned());
    }
    let mut checked = Vec::with_capacity(given.len());
    for (index, texts) in given.iter().enumerate() {
        let field = |name: &str| format!("texts.{index}.{name}");
        let policy = texts.privacy_policy_text.as_deref();
        checked.push(PrivacyTexts {
            language: texts.language,
            consent_text: needed(fields, &field("consent_text"), &texts.consent_text),
            legitimate_interest_text: needed(
                fields,
                &field("legitimate_interest_text"),
                &texts.legitimate_interest_text,
            ),
            privacy_policy_text: fields.lines(&field("privacy_policy_text"), policy, MOST_POLICY),
            privacy_policy_url: address(
                fields,
                &field("privacy_policy_url"),
                texts.privacy_policy_url.as_deref(),
            ),
        });
    }
    checked.sort_by_key(|texts| texts.language);
    checked
}

/// A text of several lines that must not be empty.
fn needed(fields: &mut Fields, field: &str, text: &str) -> String {
    let text = fields.lines(field, Some(text), MOST_TEXT);
    if text.is_none() {
        fields.refuse(field, "required", "must not be empty".to_owned());
    }
    text.unwrap_or_default()
}

/// An address that visitors' browsers open, so nothing but the web's own schemes.
fn address(fields: &mut Fields, field: &str, given: Option<&str>) -> Option<String> {
    let given = fields.optional(field, given, MOST_URL)?;
    let is_web = |url: &Url| matches!(url.scheme(), "http" | "https") && url.has_host();
    if Url::parse(&given).ok().filter(is_web).is_none() {
        fields.refuse(
            field,
            "malformed",
            "must be an address such as https://example.org/privacy".to_owned(),
        );
    }
    Some(given)
}
