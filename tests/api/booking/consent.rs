//! What links say about consent, what their pages show of it, and what is written down.

use rapport_tests::{TestApp, User, test_on_both};
use types::SubscriptionTypeId;
use types::booking::*;
use types::crm::*;
use types::page::PageQuery;

use super::desk::{Desk, book, booking, change, link, meetings_of, of, page, settings, tuesday};
use crate::crm::desk::wrong_fields;

const ONE_TO_ONE: SubscriptionTypeId = SubscriptionTypeId::ONE_TO_ONE;

/// Says what holds for the account: whether consent is collected, with this text, for this type.
async fn account(admin: &User, gdpr_enabled: bool, text: &str, default: SubscriptionTypeId) {
    let PrivacySettings { mut texts, .. } = admin.get_privacy_settings().await.unwrap();
    texts[0].consent_text = text.to_owned();
    texts[0].privacy_policy_text = Some("We delete it after a year.".to_owned());
    let request = UpdatePrivacySettings { gdpr_enabled, texts, default_subscription_type_id: default };
    admin.update_privacy_settings(&request).await.unwrap();
}

async fn subscription_type(admin: &User, name: &str) -> SubscriptionTypeId {
    let request = CreateSubscriptionType { name: name.to_owned(), description: None, is_internal: false };
    admin.create_subscription_type(&request).await.unwrap().id
}

/// What the page shows.
async fn shown(app: &TestApp, link: &BookingLink) -> Option<PageConsent> {
    app.anonymous().get_booking_page(&page(link), &GetBookingPage::default()).await.unwrap().consent
}

fn own(link: &BookingLink) -> ConsentSettings {
    link.settings.consent.clone().unwrap()
}

/// Books, ticking the box, and answers what is then known of the contact: for what, and on which basis.
async fn recorded(
    app: &TestApp,
    by: &User,
    link: &BookingLink,
    time: &str,
) -> Vec<(SubscriptionTypeId, ConsentBasis, Option<String>)> {
    let email = format!("guest{}@example.org", time.replace(':', ""));
    let request = BookMeeting { has_consented: true, ..booking(tuesday(time), &email) };
    app.anonymous().book_meeting(&page(link), &request).await.unwrap();
    let all = meetings_of(by, link).await;
    let contact_id = all.iter().find(|one| one.starts_at == tuesday(time)).unwrap().contact_id;
    let path = ContactPath { contact_id };
    let mut known = by.list_contact_consents(&path, &PageQuery::default()).await.unwrap().current;
    known.sort_by_key(|entry| entry.subscription_type_id);
    known.into_iter().map(|entry| (entry.subscription_type_id, entry.basis, entry.text)).collect()
}

/// Saves what a link says about consent.
async fn set(by: &User, link: &BookingLink, consent: ConsentSettings) -> BookingLink {
    change(by, link, |settings| settings.consent = Some(consent)).await.unwrap()
}

/// Legitimate interest in prospects, for these types, in words of the link's own.
fn customised(link: &BookingLink, subscription_type_ids: Vec<SubscriptionTypeId>) -> ConsentSettings {
    ConsentSettings {
        is_enabled: true,
        is_customized: true,
        kind: ConsentKind::LegitimateInterest,
        basis: LegalBasis::LegitimateInterestProspect,
        subscription_type_ids,
        consent_text: Some("We may write to you.".to_owned()),
        privacy_policy_text: Some("Ours is short.".to_owned()),
        ..own(link)
    }
}

test_on_both!(
    /// MEET-72 to 76: the account's switch and default type hold for links that are made later, and change no link that is there;
    /// its text holds for every link that has none of its own.
    links_start_with_what_holds_for_the_account,
    async |app| {
        app.shows(&["MEET-72", "MEET-73", "MEET-74", "MEET-75", "MEET-76"]);
        let Desk { admin, ana, link: before } = Desk::open(app).await;
        let news = subscription_type(&admin, "News").await;
        account(&admin, true, "We keep your answers.", ONE_TO_ONE).await;
        assert_eq!((own(&before).is_enabled, shown(app, &before).await), (false, None));
        let during = link(&ana, settings()).await;
        assert!(own(&during).is_enabled && !own(&during).is_customized);
        let page_says = shown(app, &during).await.unwrap();
        assert_eq!((page_says.text.as_str(), page_says.asks), ("We keep your answers.", true));
        assert_eq!(page_says.privacy_policy_text.as_deref(), Some("We delete it after a year."));
        assert_eq!(wrong_fields(book(app, &during, tuesday("09:00"), "a@example.org").await), ["has_consented"]);
        let one_to_one = vec![(ONE_TO_ONE, ConsentBasis::Consent, Some("We keep your answers.".to_owned()))];
        assert_eq!(recorded(app, &ana, &during, "09:00").await, one_to_one);

        // Another default, and another text: the one for new links alone, the other for all that have none of their own.
        account(&admin, true, "We keep them for a year.", news).await;
        let later = link(&ana, settings()).await;
        assert_eq!(own(&later).default_subscription_type_id, news);
        assert_eq!(recorded(app, &ana, &later, "10:00").await[0].0, news);
        let after = recorded(app, &ana, &during, "11:00").await;
        assert_eq!((after[0].0, after[0].2.as_deref()), (ONE_TO_ONE, Some("We keep them for a year.")));

        account(&admin, false, "We keep them for a year.", news).await;
        let last = link(&ana, settings()).await;
        assert_eq!((own(&last).is_enabled, shown(app, &last).await), (false, None));
        for still in [&during, &later] {
            let now = ana.get_booking_link(&of(still.id)).await.unwrap();
            assert!(own(&now).is_enabled && shown(app, &now).await.is_some());
        }
        assert_eq!(recorded(app, &ana, &last, "12:00").await, []);
    }
);

test_on_both!(
    /// MEET-77, MEET-79 to 82: a link has a kind, a legal basis and types of its own, and what its page shows is recorded with them.
    a_link_has_consent_of_its_own,
    async |app| {
        app.shows(&["MEET-77", "MEET-79", "MEET-80", "MEET-81", "MEET-82"]);
        let Desk { admin, ana, link } = Desk::open(app).await;
        let (news, offers) = (subscription_type(&admin, "News").await, subscription_type(&admin, "Offers").await);
        account(&admin, true, "We keep your answers.", ONE_TO_ONE).await;
        let link = set(&ana, &link, customised(&link, vec![news, offers])).await;
        let page_says = shown(app, &link).await.unwrap();
        // Nothing is ticked for what is collected implicitly.
        assert_eq!((page_says.text.as_str(), page_says.asks), ("We may write to you.", false));
        assert_eq!(page_says.privacy_policy_text.as_deref(), Some("Ours is short."));
        book(app, &link, tuesday("09:00"), "carla@example.org").await.unwrap();
        let said = Some("We may write to you.".to_owned());
        let both = |basis| vec![(news, basis, said.clone()), (offers, basis, said.clone())];
        assert_eq!(recorded(app, &ana, &link, "10:00").await, both(ConsentBasis::LegitimateInterestProspect));
        let customer = LegalBasis::LegitimateInterestCustomer;
        let link = set(&ana, &link, ConsentSettings { basis: customer, ..own(&link) }).await;
        assert_eq!(recorded(app, &ana, &link, "11:00").await, both(ConsentBasis::LegitimateInterestCustomer));
        let asking = ConsentSettings { kind: ConsentKind::NoticeAndConsent, ..own(&link) };
        let link = set(&ana, &link, asking).await;
        assert!(shown(app, &link).await.unwrap().asks);
        assert_eq!(wrong_fields(book(app, &link, tuesday("12:00"), "b@example.org").await), ["has_consented"]);
        assert_eq!(recorded(app, &ana, &link, "12:00").await, both(ConsentBasis::Consent));
    }
);

test_on_both!(
    /// MEET-78, MEET-83: a link has texts of its own; switched off it shows and records nothing, and keeps them for when it is
    /// switched on again.
    a_link_keeps_its_consent_while_it_is_off,
    async |app| {
        app.shows(&["MEET-78", "MEET-83"]);
        let Desk { admin, ana, link } = Desk::open(app).await;
        let news = subscription_type(&admin, "News").await;
        account(&admin, true, "We keep your answers.", ONE_TO_ONE).await;
        let wanted = customised(&link, vec![news]);
        let link = set(&ana, &link, wanted.clone()).await;
        let page_says = shown(app, &link).await.unwrap();
        assert_eq!(page_says.privacy_policy_text.as_deref(), Some("Ours is short."));
        let account_says = ConsentSettings { privacy_policy_text: None, ..wanted.clone() };
        let link = set(&ana, &link, account_says).await;
        let page_says = shown(app, &link).await.unwrap();
        assert_eq!(page_says.privacy_policy_text.as_deref(), Some("We delete it after a year."));
        let link = set(&ana, &link, wanted.clone()).await;
        let off = set(&ana, &link, ConsentSettings { is_enabled: false, ..own(&link) }).await;
        assert_eq!(shown(app, &off).await, None);
        assert_eq!(recorded(app, &ana, &off, "13:00").await, []);
        let kept = own(&off);
        assert_eq!(kept.subscription_type_ids, [news]);
        assert_eq!((&kept.consent_text, &kept.privacy_policy_text), (&wanted.consent_text, &wanted.privacy_policy_text));
        let again = set(&ana, &off, ConsentSettings { is_enabled: true, ..kept }).await;
        assert_eq!(own(&again), own(&link));
        assert_eq!(shown(app, &again).await.unwrap().text, "We may write to you.");
    }
);

test_on_both!(
    /// MEET-84: what a link says about consent is as it was saved last: a change that is refused changes nothing of it, nor does
    /// one that leaves it out.
    consent_changes_when_the_link_is_saved,
    async |app| {
        app.shows(&["MEET-84"]);
        let Desk { admin, ana, .. } = Desk::open(app).await;
        account(&admin, true, "We keep your answers.", ONE_TO_ONE).await;
        let link = link(&ana, settings()).await;
        let other = ConsentSettings {
            is_customized: true,
            consent_text: Some("Another text.".to_owned()),
            ..own(&link)
        };
        let refused = change(&ana, &link, |settings| {
            settings.consent = Some(other.clone());
            settings.title = String::new();
        })
        .await;
        assert_eq!(wrong_fields(refused), ["settings.title"]);
        assert_eq!(ana.get_booking_link(&of(link.id)).await.unwrap().settings, link.settings);
        assert_eq!(shown(app, &link).await.unwrap().text, "We keep your answers.");
        let saved = change(&ana, &link, |settings| settings.consent = Some(other)).await.unwrap();
        assert_eq!(shown(app, &saved).await.unwrap().text, "Another text.");
        let titled = change(&ana, &saved, |settings| {
            settings.title = "Meet".to_owned();
            settings.consent = None;
        })
        .await
        .unwrap();
        assert_eq!(own(&titled), own(&saved));
        let unknown = ConsentSettings { subscription_type_ids: vec![SubscriptionTypeId(404)], ..own(&saved) };
        let refused = change(&ana, &titled, |settings| settings.consent = Some(unknown)).await;
        assert_eq!(wrong_fields(refused), ["settings.consent.subscription_type_ids"]);
        assert_eq!(shown(app, &titled).await.unwrap().text, "Another text.");
    }
);
