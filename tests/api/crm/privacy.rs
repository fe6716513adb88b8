use platform::fields::Fields;
use rapport_tests::{ClientError, TestApp, User, test_on_both};
use types::accounts::Locale;
use types::crm::*;
use types::{ContactId, Event, SubscriptionTypeId};

use super::desk::{contact, wrong_fields};

const ONE_TO_ONE: SubscriptionTypeId = SubscriptionTypeId::ONE_TO_ONE;

fn status<T: std::fmt::Debug>(reply: Result<T, ClientError>) -> Option<u16> {
    reply.unwrap_err().status()
}

fn as_request(saved: PrivacySettings) -> UpdatePrivacySettings {
    let PrivacySettings { gdpr_enabled, texts, default_subscription_type_id } = saved;
    UpdatePrivacySettings { gdpr_enabled, texts, default_subscription_type_id }
}

async fn subscription_type(by: &User, name: &str) -> SubscriptionType {
    let description = Some("What is new".to_owned());
    let request = CreateSubscriptionType { name: name.to_owned(), description, is_internal: false };
    by.create_subscription_type(&request).await.unwrap()
}

fn same(saved: &SubscriptionType) -> UpdateSubscriptionType {
    UpdateSubscriptionType {
        name: saved.name.clone(),
        description: saved.description.clone(),
        is_internal: saved.is_internal,
        archived: saved.archived,
    }
}

async fn update(
    by: &User,
    id: SubscriptionTypeId,
    change: &UpdateSubscriptionType,
) -> Result<SubscriptionType, ClientError> {
    by.update_subscription_type(&SubscriptionTypePath { subscription_type_id: id }, change).await
}

/// Records of a contact what a page of this link shows, as booking does.
async fn book(app: &TestApp, contact: ContactId, link: ConsentSettings) {
    let submit = move |tx: &mut platform::Tx<'_>| {
        let shown = link.effective(&crm::privacy::load(tx)?, Locale::French);
        let entries = shown.map(|shown| crm::consents::NewConsent::of_page(&shown, "First meeting"));
        crm::consents::record(tx, contact, &entries.unwrap_or_default())
    };
    app.ctx().write(&platform::Actor::System, submit).await.unwrap();
}

/// What holds of a contact.
async fn held(app: &TestApp, contact: ContactId) -> Vec<Consent> {
    let read = move |tx: &mut platform::Tx<'_>| crm::consents::of_contact(tx, contact);
    app.ctx().read(&platform::Actor::System, read).await.unwrap()
}

test_on_both!(
    /// MEET-72, 74, 75, 76: the account's texts, switch and default are saved; links that are made later take them.
    privacy_settings_are_saved,
    async |app| {
        let (admin, ana) = (app.super_admin(), app.agent("Ana").await);
        let initial = ana.get_privacy_settings().await.unwrap();
        assert_eq!(initial, PrivacySettings::default());
        let news = subscription_type(admin, "Newsletter").await.id;
        let mut wanted = as_request(initial);
        wanted.gdpr_enabled = true;
        wanted.default_subscription_type_id = news;
        wanted.texts[0].consent_text = " We keep your answers.\nFor a year. ".to_owned();
        wanted.texts[0].privacy_policy_text = Some("What we do".to_owned());
        wanted.texts[1].privacy_policy_url = Some("https://example.org/confidentialité".to_owned());
        assert_eq!(status(ana.update_privacy_settings(&wanted).await), Some(403));
        wanted.texts.reverse();
        let saved = admin.update_privacy_settings(&wanted).await.unwrap();
        assert_eq!(ana.get_privacy_settings().await.unwrap(), saved);
        let english = saved.texts_in(Locale::English);
        assert_eq!(english.consent_text, "We keep your answers.\nFor a year.");
        assert_eq!(saved.texts[0], english, "the languages keep their order");
        let link = ConsentSettings::for_new_link(&saved);
        assert_eq!((link.is_enabled, link.default_subscription_type_id), (true, news));
        app.shows(&["MEET-72", "MEET-74", "MEET-75", "MEET-76"]);
    }
);

test_on_both!(
    /// What is wrong with the settings is named by its place.
    wrong_privacy_settings_are_named,
    async |app| {
        let admin = app.super_admin();
        let mut wrong = as_request(PrivacySettings::default());
        wrong.texts[0].consent_text = " ".to_owned();
        wrong.texts[0].privacy_policy_url = Some("javascript:alert(1)".to_owned());
        wrong.texts[1].legitimate_interest_text = "x".repeat(2001);
        wrong.default_subscription_type_id = SubscriptionTypeId(404);
        let fields = [
            "texts.0.consent_text",
            "texts.0.privacy_policy_url",
            "texts.1.legitimate_interest_text",
            "default_subscription_type_id",
        ];
        assert_eq!(wrong_fields(admin.update_privacy_settings(&wrong).await), fields);
        let mut twice = as_request(PrivacySettings::default());
        twice.texts[1].language = Locale::English;
        assert_eq!(wrong_fields(admin.update_privacy_settings(&twice).await), ["texts"]);
        assert_eq!(admin.get_privacy_settings().await.unwrap(), PrivacySettings::default());
    }
);

test_on_both!(
    /// MEET-76: own subscription types are made, renamed and archived beside the built-in internal one, which stays.
    subscription_types_are_kept,
    async |app| {
        let (admin, ana) = (app.super_admin(), app.agent("Ana").await);
        let mut live = ana.listen(None).await;
        let news = subscription_type(admin, "Newsletter").await;
        let told = Event::SubscriptionTypeChanged { subscription_type: news.clone() };
        live.next_event(|event| *event == told).await;
        let another = subscription_type(admin, "Another").await;
        let listed = ana.list_subscription_types().await.unwrap().items;
        let names: Vec<_> = listed.iter().map(|item| item.name.as_str()).collect();
        assert_eq!(names, ["One to one", "Another", "Newsletter"]);
        let built_in = listed[0].clone();
        assert_eq!((built_in.id, built_in.is_built_in, built_in.is_internal), (ONE_TO_ONE, true, true));
        let again = CreateSubscriptionType {
            name: " NEWSletter".to_owned(),
            description: None,
            is_internal: true,
        };
        assert_eq!(wrong_fields(admin.create_subscription_type(&again).await), ["name"]);
        let renamed = UpdateSubscriptionType { name: "one to one".to_owned(), ..same(&another) };
        assert_eq!(wrong_fields(update(admin, another.id, &renamed).await), ["name"]);
        let wrong = UpdateSubscriptionType { archived: true, is_internal: false, ..same(&built_in) };
        assert_eq!(wrong_fields(update(admin, ONE_TO_ONE, &wrong).await), ["archived", "is_internal"]);
        let mut settings = as_request(PrivacySettings::default());
        settings.default_subscription_type_id = news.id;
        admin.update_privacy_settings(&settings).await.unwrap();
        let archive = |saved: &SubscriptionType| UpdateSubscriptionType { archived: true, ..same(saved) };
        assert_eq!(status(update(admin, news.id, &archive(&news)).await), Some(409));
        assert!(update(admin, another.id, &archive(&another)).await.unwrap().archived);
        settings.default_subscription_type_id = another.id;
        let fields = wrong_fields(admin.update_privacy_settings(&settings).await);
        assert_eq!(fields, ["default_subscription_type_id"]);
        assert_eq!(status(update(admin, SubscriptionTypeId(404), &archive(&news)).await), Some(404));
    }
);

test_on_both!(
    /// MEET-73, 78 to 82: what a link's page shows is recorded of whoever submits it, for each of its types, and nothing
    /// while it is switched off.
    what_a_page_shows_is_recorded,
    async |app| {
        let admin = app.super_admin();
        let (news, offers) = (subscription_type(admin, "News").await.id, subscription_type(admin, "Offers").await.id);
        let carla = contact(admin, "Carla", None).await.id;
        let settings = PrivacySettings { gdpr_enabled: true, ..PrivacySettings::default() };
        let plain = ConsentSettings::for_new_link(&settings);
        book(app, carla, ConsentSettings { is_enabled: false, ..plain.clone() }).await;
        assert_eq!(held(app, carla).await, []);
        book(app, carla, plain.clone()).await;
        let first = held(app, carla).await.remove(0);
        assert_eq!((first.subscription_type_id, first.basis), (ONE_TO_ONE, ConsentBasis::Consent));
        assert_eq!(first.text, Some(PrivacyTexts::initial(Locale::French).consent_text));
        let by = (first.source.as_str(), first.user_id, first.language);
        assert_eq!(by, ("First meeting", None, Some(Locale::French)));
        let own = ConsentSettings {
            kind: ConsentKind::LegitimateInterest,
            basis: LegalBasis::LegitimateInterestProspect,
            subscription_type_ids: vec![news, offers],
            consent_text: Some("Ours".to_owned()),
            privacy_policy_text: Some("Policy".to_owned()),
            is_customized: true,
            ..plain
        };
        book(app, carla, own).await;
        let all = held(app, carla).await;
        let types: Vec<_> = all.iter().map(|entry| entry.subscription_type_id).collect();
        assert_eq!(types, [offers, news, ONE_TO_ONE]);
        assert_eq!(all[0].basis, ConsentBasis::LegitimateInterestProspect);
        assert_eq!((all[0].text.as_deref(), all[0].privacy_policy_text.as_deref()), (Some("Ours"), Some("Policy")));
        app.shows(&["MEET-73", "MEET-78", "MEET-79", "MEET-81", "MEET-82"]);
    }
);

test_on_both!(
    /// What a booking link says about consent is checked before it is saved.
    a_links_settings_are_checked,
    async |app| {
        let check = |link: ConsentSettings| async move {
            let read = move |tx: &mut platform::Tx<'_>| {
                let mut fields = Fields::default();
                let checked = crm::consents::check(tx, &mut fields, "consent", &link)?;
                fields.finish().map(|()| checked)
            };
            app.ctx().read(&platform::Actor::System, read).await
        };
        let plain = ConsentSettings::for_new_link(&PrivacySettings::default());
        assert_eq!(check(plain.clone()).await.unwrap(), plain);
        let empty = ConsentSettings { consent_text: Some("  ".to_owned()), ..plain.clone() };
        assert_eq!(check(empty).await.unwrap().consent_text, None);
        let wrong = ConsentSettings {
            default_subscription_type_id: SubscriptionTypeId(404),
            subscription_type_ids: vec![ONE_TO_ONE, ONE_TO_ONE],
            privacy_policy_text: Some("x".repeat(10_001)),
            ..plain
        };
        let Err(platform::Error::Invalid(errors)) = check(wrong).await else { panic!("it was taken") };
        let fields: Vec<_> = errors.iter().map(|error| error.field.as_str()).collect();
        let expected = ["privacy_policy_text", "subscription_type_ids", "default_subscription_type_id"];
        assert_eq!(fields, expected.map(|name| format!("consent.{name}")));
    }
);
