//! The rules of consent: what an account and a new link start with, and what holds for a link.

use super::{
    ConsentBasis, ConsentKind, ConsentSettings, EffectiveConsent, LegalBasis, PrivacySettings, PrivacyTexts,
};
use crate::SubscriptionTypeId;
use crate::accounts::Locale;

impl SubscriptionTypeId {
    /// The built-in internal type "one to one": what a user and a contact write to each other.
    pub const ONE_TO_ONE: Self = Self(1);

    /// [`ONE_TO_ONE`](Self::ONE_TO_ONE), for what was written before there was another default.
    pub const fn one_to_one() -> Self {
        Self::ONE_TO_ONE
    }
}

impl Default for PrivacySettings {
    fn default() -> Self {
        Self {
            gdpr_enabled: false,
            texts: Locale::ALL.iter().map(|language| PrivacyTexts::initial(*language)).collect(),
            default_subscription_type_id: SubscriptionTypeId::ONE_TO_ONE,
        }
    }
}

impl PrivacySettings {
    /// The texts in a language.
    pub fn texts_in(&self, language: Locale) -> PrivacyTexts {
        let texts = self.texts.iter().find(|texts| texts.language == language);
        texts.cloned().unwrap_or_else(|| PrivacyTexts::initial(language))
    }
}

impl PrivacyTexts {
    /// The texts until an account writes its own.
    pub fn initial(language: Locale) -> Self {
        let (consent_text, legitimate_interest_text) = match language {
            Locale::English => (
                "We use what you enter here to hold this meeting and to write to you about it. By submitting you \
                 consent to that. You can withdraw your consent at any time.",
                "We use what you enter here to hold this meeting and to write to you about it, which is in our \
                 legitimate interest. You can object at any time.",
            ),
            Locale::French => (
                "Nous utilisons ce que vous saisissez ici pour tenir ce rendez-vous et vous écrire à son sujet. En \
                 validant, vous y consentez. Vous pouvez retirer votre consentement à tout moment.",
                "Nous utilisons ce que vous saisissez ici pour tenir ce rendez-vous et vous écrire à son sujet, ce \
                 qui relève de notre intérêt légitime. Vous pouvez vous y opposer à tout moment.",
            ),
        };
        Self {
            language,
            consent_text: consent_text.to_owned(),
            legitimate_interest_text: legitimate_interest_text.to_owned(),
            privacy_policy_text: None,
            privacy_policy_url: None,
        }
    }
}

impl ConsentSettings {
    /// What a link starts with. It keeps the type that was the default then, and whether the account collected consent.
    pub fn for_new_link(account: &PrivacySettings) -> Self {
        Self {
            is_enabled: account.gdpr_enabled,
            kind: ConsentKind::NoticeAndConsent,
            basis: LegalBasis::LegitimateInterestProspect,
            default_subscription_type_id: account.default_subscription_type_id,
            subscription_type_ids: vec![account.default_subscription_type_id],
            consent_text: None,
            privacy_policy_text: None,
            is_customized: false,
        }
    }

    /// What the link's page shows in a language and what is recorded, or nothing where consent is not collected.
    ///
    /// Whether the account collects consent does not matter here: that holds for new links only.
    pub fn effective(&self, account: &PrivacySettings, language: Locale) -> Option<EffectiveConsent> {
        if !self.is_enabled {
            return None;
        }
        let texts = account.texts_in(language);
        let kind = if self.is_customized { self.kind } else { ConsentKind::NoticeAndConsent };
        let (basis, of_account) = match kind {
            ConsentKind::NoticeAndConsent => (ConsentBasis::Consent, texts.consent_text),
            ConsentKind::LegitimateInterest => (self.basis.into(), texts.legitimate_interest_text),
        };
        let own = |text: &Option<String>| text.clone().filter(|_| self.is_customized);
        let subscription_type_ids = match self.is_customized && !self.subscription_type_ids.is_empty() {
            true => self.subscription_type_ids.clone(),
            false => vec![self.default_subscription_type_id],
        };
        Some(EffectiveConsent {
            kind,
            basis,
            subscription_type_ids,
            text: own(&self.consent_text).unwrap_or(of_account),
            privacy_policy_text: own(&self.privacy_policy_text).or(texts.privacy_policy_text),
            privacy_policy_url: texts.privacy_policy_url,
            language,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const NEWS: SubscriptionTypeId = SubscriptionTypeId(7);
    const OFFERS: SubscriptionTypeId = SubscriptionTypeId(8);

    fn account() -> PrivacySettings {
        let mut account = PrivacySettings { gdpr_enabled: true, ..PrivacySettings::default() };
        for texts in &mut account.texts {
            texts.consent_text = format!("consent {}", texts.language);
            texts.legitimate_interest_text = format!("interest {}", texts.language);
            texts.privacy_policy_text = Some(format!("policy {}", texts.language));
            texts.privacy_policy_url = Some("https://example.org/privacy".to_owned());
        }
        account
    }

    fn customized() -> ConsentSettings {
        ConsentSettings {
            kind: ConsentKind::LegitimateInterest,
            basis: LegalBasis::LegitimateInterestCustomer,
            subscription_type_ids: vec![NEWS, OFFERS],
            consent_text: Some("own text".to_owned()),
            privacy_policy_text: Some("own policy".to_owned()),
            is_customized: true,
            ..ConsentSettings::for_new_link(&account())
        }
    }

    #[test]
    fn an_account_starts_without_consent_and_with_texts_in_every_language() {
        let account = PrivacySettings::default();
        assert!(!account.gdpr_enabled);
        let languages: Vec<_> = account.texts.iter().map(|texts| texts.language).collect();
        assert_eq!(languages, Locale::ALL);
        assert!(account.texts_in(Locale::French).consent_text.contains("consentement"));
        let without = PrivacySettings { texts: Vec::new(), ..account };
        assert_eq!(without.texts_in(Locale::English), PrivacyTexts::initial(Locale::English));
    }

    #[test]
    fn new_links_take_the_accounts_switch_and_default() {
        let on = PrivacySettings { default_subscription_type_id: NEWS, ..account() };
        let link = ConsentSettings::for_new_link(&on);
        assert!(link.is_enabled && !link.is_customized);
        let off = PrivacySettings { gdpr_enabled: false, ..on.clone() };
        assert!(!ConsentSettings::for_new_link(&off).is_enabled);
        assert_eq!(link.effective(&on, Locale::English).unwrap().subscription_type_ids, [NEWS]);
        // A default that changes later holds for links that are made later.
        let changed = PrivacySettings { default_subscription_type_id: OFFERS, ..on };
        assert_eq!(link.effective(&changed, Locale::English).unwrap().subscription_type_ids, [NEWS]);
    }

    #[test]
    fn a_link_that_is_not_customised_follows_the_accounts_texts() {
        let (mut account, link) = (account(), ConsentSettings::for_new_link(&account()));
        let shown = link.effective(&account, Locale::French).unwrap();
        assert_eq!((shown.kind, shown.basis), (ConsentKind::NoticeAndConsent, ConsentBasis::Consent));
        assert_eq!(shown.subscription_type_ids, [SubscriptionTypeId::ONE_TO_ONE]);
        assert_eq!(shown.text, "consent fr");
        assert_eq!(shown.privacy_policy_text.as_deref(), Some("policy fr"));
        assert_eq!(shown.privacy_policy_url.as_deref(), Some("https://example.org/privacy"));
        account.texts[0].consent_text = "new".to_owned();
        assert_eq!(link.effective(&account, Locale::English).unwrap().text, "new");
    }

    #[test]
    fn switching_the_account_off_changes_no_link() {
        let off = PrivacySettings { gdpr_enabled: false, ..account() };
        for link in [ConsentSettings::for_new_link(&account()), customized()] {
            let before = link.effective(&account(), Locale::English);
            assert!(before.is_some());
            assert_eq!(link.effective(&off, Locale::English), before);
        }
    }

    #[test]
    fn a_customised_link_has_kind_basis_types_and_texts_of_its_own() {
        let shown = customized().effective(&account(), Locale::English).unwrap();
        let basis = ConsentBasis::LegitimateInterestCustomer;
        assert_eq!((shown.kind, shown.basis), (ConsentKind::LegitimateInterest, basis));
        assert_eq!(shown.subscription_type_ids, [NEWS, OFFERS]);
        assert_eq!(shown.text, "own text");
        assert_eq!(shown.privacy_policy_text.as_deref(), Some("own policy"));
        let partly = ConsentSettings {
            consent_text: None,
            privacy_policy_text: None,
            subscription_type_ids: Vec::new(),
            ..customized()
        };
        let shown = partly.effective(&account(), Locale::English).unwrap();
        assert_eq!(shown.text, "interest en");
        assert_eq!(shown.privacy_policy_text.as_deref(), Some("policy en"));
        assert_eq!(shown.subscription_type_ids, [SubscriptionTypeId::ONE_TO_ONE]);
    }

    #[test]
    fn what_was_customised_is_kept_while_it_does_not_hold() {
        let off = ConsentSettings { is_enabled: false, ..customized() };
        assert_eq!(off.effective(&account(), Locale::English), None);
        let on = ConsentSettings { is_enabled: true, ..off };
        assert_eq!(on, customized());
        let plain = ConsentSettings { is_customized: false, ..customized() };
        let shown = plain.effective(&account(), Locale::English).unwrap();
        assert_eq!((shown.basis, shown.text.as_str()), (ConsentBasis::Consent, "consent en"));
        assert_eq!(shown.subscription_type_ids, [SubscriptionTypeId::ONE_TO_ONE]);
    }

    #[test]
    fn a_link_that_names_no_default_has_the_built_in_type() {
        let mut json = serde_json::to_value(customized()).unwrap();
        json.as_object_mut().unwrap().remove("default_subscription_type_id");
        let link: ConsentSettings = serde_json::from_value(json).unwrap();
        assert_eq!(link, customized());
    }
}
