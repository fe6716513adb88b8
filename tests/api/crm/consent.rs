use std::time::Duration;

use db::schema::consents;
use diesel::prelude::*;
use rapport_tests::{ClientError, TestApp, User, test_on_both};
use types::accounts::Locale;
use types::crm::*;
use types::page::PageQuery;
use types::{ContactId, Event, RecordAccess, SubscriptionTypeId};

use super::desk::{contact, user_with, wrong_fields};

const ONE_TO_ONE: SubscriptionTypeId = SubscriptionTypeId::ONE_TO_ONE;

fn status<T: std::fmt::Debug>(reply: Result<T, ClientError>) -> Option<u16> {
    reply.unwrap_err().status()
}

async fn subscription_type(by: &User, name: &str) -> SubscriptionTypeId {
    let request = CreateSubscriptionType { name: name.to_owned(), description: None, is_internal: false };
    by.create_subscription_type(&request).await.unwrap().id
}

fn learnt(id: SubscriptionTypeId, basis: ConsentBasis) -> RecordConsent {
    RecordConsent {
        subscription_type_id: id,
        basis,
        text: Some("We may write to you.".to_owned()),
        source: " By telephone ".to_owned(),
        language: Some(Locale::French),
    }
}

fn withdrawal(id: SubscriptionTypeId) -> WithdrawConsent {
    WithdrawConsent { subscription_type_id: id, source: "By letter".to_owned() }
}

async fn log(by: &User, contact_id: ContactId) -> ContactConsents {
    by.list_contact_consents(&ContactPath { contact_id }, &PageQuery::default()).await.unwrap()
}

/// What an entry says, for comparing.
fn said(entry: &Consent) -> (SubscriptionTypeId, ConsentBasis, ConsentState) {
    (entry.subscription_type_id, entry.basis, entry.state)
}

/// How many entries the database holds of a contact.
async fn stored(app: &TestApp, contact: ContactId) -> i64 {
    let count = move |tx: &mut platform::Tx<'_>| {
        Ok(consents::table.filter(consents::contact_id.eq(contact)).count().get_result(tx.conn())?)
    };
    app.ctx().read(&platform::Actor::System, count).await.unwrap()
}

test_on_both!(
    /// MEET-82: what a rep has learnt is added to a log, withdrawn there, and told live; what holds is the newest entry
    /// about each type.
    consents_are_recorded_and_withdrawn,
    async |app| {
        let (admin, ana) = (app.super_admin(), app.agent("Ana").await);
        let news = subscription_type(admin, "Newsletter").await;
        let carla = contact(admin, "Carla", None).await.id;
        let path = ContactPath { contact_id: carla };
        let mut live = admin.listen(None).await;
        let first = ana.record_contact_consent(&path, &learnt(news, ConsentBasis::Consent)).await.unwrap();
        assert_eq!((first.source.as_str(), first.user_id), ("By telephone", Some(ana.id())));
        assert_eq!((first.language, first.state), (Some(Locale::French), ConsentState::Given));
        live.next_event(|event| *event == Event::ConsentsChanged { contact_id: carla }).await;
        let interest = ConsentBasis::LegitimateInterestCustomer;
        ana.record_contact_consent(&path, &learnt(ONE_TO_ONE, interest)).await.unwrap();
        let gone = ana.withdraw_contact_consent(&path, &withdrawal(news)).await.unwrap();
        assert_eq!((gone.basis, gone.state, gone.text), (ConsentBasis::Consent, ConsentState::Withdrawn, None));
        let all = log(admin, carla).await;
        let withdrawn = (news, ConsentBasis::Consent, ConsentState::Withdrawn);
        let customer = (ONE_TO_ONE, interest, ConsentState::Given);
        let given = (news, ConsentBasis::Consent, ConsentState::Given);
        assert_eq!(all.items.iter().map(said).collect::<Vec<_>>(), [withdrawn, customer, given]);
        assert_eq!(all.current.iter().map(said).collect::<Vec<_>>(), [withdrawn, customer]);
        assert_eq!(all.items.last(), Some(&first));
        assert_eq!(status(ana.withdraw_contact_consent(&path, &withdrawal(news)).await), Some(409));
        ana.record_contact_consent(&path, &learnt(news, ConsentBasis::Consent)).await.unwrap();
        assert_eq!(log(admin, carla).await.current.iter().map(said).collect::<Vec<_>>(), [given, customer]);
        let page = PageQuery { cursor: None, limit: Some(3) };
        let page = admin.list_contact_consents(&path, &page).await.unwrap();
        let rest = PageQuery { cursor: page.next_cursor, limit: Some(3) };
        let rest = admin.list_contact_consents(&path, &rest).await.unwrap();
        assert_eq!((page.items.len(), rest.items, rest.next_cursor), (3, vec![first], None));
    }
);

test_on_both!(
    /// What is wrong is named; a type that is archived cannot be recorded, and can be withdrawn.
    wrong_consents_are_named,
    async |app| {
        let admin = app.super_admin();
        let news = subscription_type(admin, "Newsletter").await;
        let path = ContactPath { contact_id: contact(admin, "Carla", None).await.id };
        admin.record_contact_consent(&path, &learnt(news, ConsentBasis::Consent)).await.unwrap();
        let change = UpdateSubscriptionType {
            name: "Newsletter".to_owned(),
            description: None,
            is_internal: false,
            archived: true,
        };
        let type_path = SubscriptionTypePath { subscription_type_id: news };
        assert!(admin.update_subscription_type(&type_path, &change).await.unwrap().archived);
        let wrong = RecordConsent {
            text: Some("x".repeat(2001)),
            source: "  ".to_owned(),
            ..learnt(news, ConsentBasis::Consent)
        };
        let fields = ["text", "source", "subscription_type_id"];
        assert_eq!(wrong_fields(admin.record_contact_consent(&path, &wrong).await), fields);
        let unknown = learnt(SubscriptionTypeId(404), ConsentBasis::Consent);
        assert_eq!(wrong_fields(admin.record_contact_consent(&path, &unknown).await), ["subscription_type_id"]);
        let empty = WithdrawConsent { source: String::new(), ..withdrawal(news) };
        assert_eq!(wrong_fields(admin.withdraw_contact_consent(&path, &empty).await), ["source"]);
        admin.withdraw_contact_consent(&path, &withdrawal(news)).await.unwrap();
        let nobody = ContactPath { contact_id: ContactId(404) };
        assert_eq!(status(admin.list_contact_consents(&nobody, &PageQuery::default()).await), Some(404));
    }
);

test_on_both!(
    /// Who does not see a contact neither sees, hears of nor changes its consents.
    consents_are_as_visible_as_their_contact,
    async |app| {
        let admin = app.super_admin();
        let own = user_with(app, "Olga", RecordAccess::Own).await;
        let path = ContactPath { contact_id: contact(admin, "Carla", Some(admin.id())).await.id };
        let mut of_own = own.listen(None).await;
        admin.record_contact_consent(&path, &learnt(ONE_TO_ONE, ConsentBasis::Consent)).await.unwrap();
        assert_eq!(of_own.drain(Duration::from_millis(700)).await, []);
        assert_eq!(status(own.list_contact_consents(&path, &PageQuery::default()).await), Some(404));
        let request = learnt(ONE_TO_ONE, ConsentBasis::Consent);
        assert_eq!(status(own.record_contact_consent(&path, &request).await), Some(404));
        assert_eq!(status(own.withdraw_contact_consent(&path, &withdrawal(ONE_TO_ONE)).await), Some(404));
    }
);

test_on_both!(
    /// A merge keeps both logs, in the order of time; erasing leaves nothing.
    consents_are_merged_and_erased,
    async |app| {
        let admin = app.super_admin();
        let news = subscription_type(admin, "Newsletter").await;
        let (one, two) = (contact(admin, "One", None).await.id, contact(admin, "Two", None).await.id);
        let (from, into) = (ContactPath { contact_id: one }, ContactPath { contact_id: two });
        admin.record_contact_consent(&from, &learnt(news, ConsentBasis::Consent)).await.unwrap();
        admin.record_contact_consent(&into, &learnt(ONE_TO_ONE, ConsentBasis::Consent)).await.unwrap();
        admin.withdraw_contact_consent(&from, &withdrawal(news)).await.unwrap();
        let mut live = admin.listen(None).await;
        admin.merge_contact(&into, &MergeContact { from_id: one }).await.unwrap();
        live.next_event(|event| *event == Event::ConsentsChanged { contact_id: two }).await;
        let given = (news, ConsentBasis::Consent, ConsentState::Given);
        let between = (ONE_TO_ONE, ConsentBasis::Consent, ConsentState::Given);
        let last = (news, ConsentBasis::Consent, ConsentState::Withdrawn);
        // The id of the merged one leads here.
        let all = log(admin, one).await;
        assert_eq!(all.items.iter().map(said).collect::<Vec<_>>(), [last, between, given]);
        assert_eq!((stored(app, one).await, stored(app, two).await), (0, 3));
        assert_eq!(status(admin.withdraw_contact_consent(&from, &withdrawal(ONE_TO_ONE)).await), Some(409));
        admin.erase_contact(&into, &EraseContact { confirm_name: "Two".to_owned() }).await.unwrap();
        assert_eq!(stored(app, two).await, 0);
        let late = admin.record_contact_consent(&into, &learnt(news, ConsentBasis::Consent)).await;
        assert_eq!(status(late), Some(409));
    }
);
