//! Consent: on which legal basis of the GDPR a contact's data is used, and for what.
//!
//! A *subscription type* says for what, a [`Consent`] is one entry of the log of a contact, [`PrivacySettings`] hold for
//! the account, and [`ConsentSettings`] for one booking link. [`ConsentSettings::effective`] alone says what a link's page
//! shows and what is recorded.

use crate::accounts::Locale;
use crate::wire::{paths, replies, requests, text_enum};
use crate::{ConsentId, SubscriptionTypeId, Timestamp, UserId};

text_enum! {
    /// What a booking page collects.
    pub enum ConsentKind {
        /// A notice is shown, and whoever books agrees to it with one box to tick (GDPR, article 6(1)(a)).
        NoticeAndConsent = "notice_and_consent",
        /// The company's legitimate interest is stated (GDPR, article 6(1)(f)).
        LegitimateInterest = "legitimate_interest",
    }
}

text_enum! {
    /// Whose data the company has a legitimate interest in.
    pub enum LegalBasis {
        /// That of a prospect or lead.
        LegitimateInterestProspect = "legitimate_interest_prospect",
        /// That of an existing customer.
        LegitimateInterestCustomer = "legitimate_interest_customer",
    }
}

text_enum! {
    /// The legal basis of one entry of the log.
    pub enum ConsentBasis {
        /// The contact has consented (GDPR, article 6(1)(a)).
        Consent = "consent",
        /// Legitimate interest in a prospect or lead (GDPR, article 6(1)(f)).
        LegitimateInterestProspect = "legitimate_interest_prospect",
        /// Legitimate interest in an existing customer (GDPR, article 6(1)(f)).
        LegitimateInterestCustomer = "legitimate_interest_customer",
    }
}

impl From<LegalBasis> for ConsentBasis {
    fn from(basis: LegalBasis) -> Self {
        match basis {
            LegalBasis::LegitimateInterestProspect => Self::LegitimateInterestProspect,
            LegalBasis::LegitimateInterestCustomer => Self::LegitimateInterestCustomer,
        }
    }
}

text_enum! {
    /// What an entry of the log says.
    pub enum ConsentState {
        /// The basis holds from then on.
        Given = "given",
        /// It does not any more: the contact has withdrawn its consent, or objected (GDPR, articles 7(3) and 21).
        Withdrawn = "withdrawn",
    }
}

/// What an account says about privacy in one language.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct PrivacyTexts {
    /// The language.
    pub language: Locale,
    /// Shown before a visitor submits, where consent is collected: 1 to 2000 characters.
    pub consent_text: String,
    /// Shown there instead, where legitimate interest is the basis: 1 to 2000 characters.
    pub legitimate_interest_text: String,
    /// The privacy policy, or what a visitor should know of it: at most 10000 characters.
    pub privacy_policy_text: Option<String>,
    /// Where the whole privacy policy stands: an `https` or `http` address of at most 2000 characters.
    pub privacy_policy_url: Option<String>,
}

/// What a booking link says about consent. A link that is not customised follows the account.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct ConsentSettings {
    /// Whether consent is collected. What else is set stays while it is not.
    pub is_enabled: bool,
    /// What is collected, if customised.
    pub kind: ConsentKind,
    /// The basis where legitimate interest is collected.
    pub basis: LegalBasis,
    /// What for while it is not customised: the account's default when the link was made. Never changes.
    #[serde(default = "SubscriptionTypeId::one_to_one")]
    pub default_subscription_type_id: SubscriptionTypeId,
    /// What for, if customised: at most 20, each once. Without any it is `default_subscription_type_id`.
    pub subscription_type_ids: Vec<SubscriptionTypeId>,
    /// Shown before a visitor submits, if customised: at most 2000 characters; absent for the account's text.
    pub consent_text: Option<String>,
    /// The privacy policy, if customised: at most 10000 characters; absent for the account's text.
    pub privacy_policy_text: Option<String>,
    /// Whether kind, basis, texts and types of its own hold. If not, they are kept for when they do again.
    pub is_customized: bool,
}

replies! {
    /// What a contact can be written to, or have its data used, for.
    pub struct SubscriptionType {
        /// The type's id; `1` is the built-in type "one to one".
        pub id: SubscriptionTypeId,
        /// What people call it; no two have the same name.
        pub name: String,
        /// What it covers.
        pub description: Option<String>,
        /// Whether it is for the team alone, and never offered to contacts.
        pub is_internal: bool,
        /// Whether it comes with Rapport: it can be renamed, not archived.
        pub is_built_in: bool,
        /// Whether it cannot be chosen any more. What was recorded of it stays.
        pub archived: bool,
    }

    /// Subscription types.
    pub struct SubscriptionTypes {
        /// The types: the built-in one first, then by name.
        pub items: Vec<SubscriptionType>,
    }

    /// What holds for the whole account.
    pub struct PrivacySettings {
        /// Whether booking links that are made from now on collect consent. Those that are there stay as they are.
        pub gdpr_enabled: bool,
        /// The texts, once in each language.
        pub texts: Vec<PrivacyTexts>,
        /// What booking links that are made from now on collect consent for.
        pub default_subscription_type_id: SubscriptionTypeId,
    }

    /// What a page with consent shows, and what is recorded of whoever submits it.
    pub struct EffectiveConsent {
        /// What is collected.
        pub kind: ConsentKind,
        /// The basis that is recorded.
        pub basis: ConsentBasis,
        /// What is recorded for, at least one.
        pub subscription_type_ids: Vec<SubscriptionTypeId>,
        /// The text to show before submitting.
        pub text: String,
        /// The privacy policy to show.
        pub privacy_policy_text: Option<String>,
        /// Where the whole privacy policy stands.
        pub privacy_policy_url: Option<String>,
        /// The language of the account's texts.
        pub language: Locale,
    }

    /// One entry of the log of a contact. Entries are added, never changed.
    pub struct Consent {
        /// The entry's id.
        pub id: ConsentId,
        /// What it is about.
        pub subscription_type_id: SubscriptionTypeId,
        /// The legal basis.
        pub basis: ConsentBasis,
        /// Whether the basis was given or withdrawn.
        pub state: ConsentState,
        /// What the contact was shown or told.
        pub text: Option<String>,
        /// The privacy policy that it was shown.
        pub privacy_policy_text: Option<String>,
        /// Where it comes from: the booking link, or what the user wrote who recorded it.
        pub source: String,
        /// The language in which the contact was asked.
        pub language: Option<Locale>,
        /// The user who recorded it; absent for what the contact did itself.
        pub user_id: Option<UserId>,
        /// When. No two entries of a contact have the same time: the later one holds.
        pub at: Timestamp,
    }

    /// A page of the log of a contact.
    pub struct ContactConsents {
        /// What holds now: the newest entry about each subscription type, those that were withdrawn too.
        pub current: Vec<Consent>,
        /// The entries, the newest first.
        pub items: Vec<Consent>,
        /// Pass it as `cursor` for the next page; absent on the last page.
        pub next_cursor: Option<String>,
    }
}

requests! {
    /// The whole of what holds for the account.
    pub struct UpdatePrivacySettings {
        /// Whether booking links that are made from now on collect consent.
        pub gdpr_enabled: bool,
        /// The texts, once in each language.
        pub texts: Vec<PrivacyTexts>,
        /// What booking links that are made from now on collect consent for: a type that is not archived.
        pub default_subscription_type_id: SubscriptionTypeId,
    }

    /// A new subscription type.
    pub struct CreateSubscriptionType {
        /// What people call it: 1 to 100 characters, no two the same.
        pub name: String,
        /// What it covers: at most 500 characters.
        pub description: Option<String>,
        /// Whether it is for the team alone, and never offered to contacts.
        #[serde(default)]
        pub is_internal: bool,
    }

    /// The whole of what may change of a subscription type.
    pub struct UpdateSubscriptionType {
        /// What people call it: 1 to 100 characters, no two the same.
        pub name: String,
        /// What it covers: at most 500 characters.
        pub description: Option<String>,
        /// Whether it is for the team alone; the built-in type always is.
        pub is_internal: bool,
        /// Whether it cannot be chosen any more; never for the built-in type and the default.
        pub archived: bool,
    }

    /// What a user has learnt of a contact: by telephone, in a letter.
    pub struct RecordConsent {
        /// What it is about: a type that is not archived.
        pub subscription_type_id: SubscriptionTypeId,
        /// The legal basis.
        pub basis: ConsentBasis,
        /// What the contact was shown or told: at most 2000 characters.
        pub text: Option<String>,
        /// Where it comes from: 1 to 200 characters.
        pub source: String,
        /// The language in which the contact was asked.
        pub language: Option<Locale>,
    }

    /// What a contact does not want any more.
    pub struct WithdrawConsent {
        /// What it is about: a type that something is given for.
        pub subscription_type_id: SubscriptionTypeId,
        /// Where it comes from: 1 to 200 characters.
        pub source: String,
    }
}

paths! {
    /// The id of a subscription type.
    pub struct SubscriptionTypePath {
        /// The type.
        pub subscription_type_id: SubscriptionTypeId,
    }
}
