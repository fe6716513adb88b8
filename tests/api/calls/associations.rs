use std::time::Duration;

use rapport_tests::{User, test_on_both};
use types::calls::{
    AddParticipant, Call, CreateCall, ListCalls, MatchParticipant, ParticipantPath, UpdateCall,
};
use types::crm::*;
use types::{CallId, Event, RecordAccess};

use super::desk::{NOBODY, call, contact, path, request, titles};
use super::sound::recorded;
use crate::crm::desk as crm;

/// How long a socket must stay silent to be believed.
const QUIET: Duration = Duration::from_millis(700);

/// What a call belongs to, with why, by name.
fn records(call: &Call) -> Vec<(&str, AssociationReason)> {
    call.records.iter().map(|one| (one.summary.name.as_str(), one.reason)).collect()
}

/// How often the timeline of a record tells of a call.
async fn told_on(by: &User, record: impl Into<RecordRef>, call: CallId) -> usize {
    let entries = crm::timeline(by, record).await.items;
    let tells = |entry: &&TimelineEntry| entry.event == TimelineEvent::CallRecorded { record: call.into() };
    entries.iter().filter(tells).count()
}

fn pair(call: CallId, record: impl Into<RecordRef>) -> CreateAssociation {
    CreateAssociation { from: call.into(), to: record.into() }
}

async fn works_at(by: &User, name: &str, company: &Company) -> Contact {
    let request =
        CreateContact { name: name.to_owned(), company_id: Some(company.id), ..CreateContact::default() };
    by.create_contact(&request).await.unwrap()
}

test_on_both!(
    /// CALL-17, 60, 72: a call belongs to the contacts who take part and to their companies, and says why, for as long as
    /// they take part.
    a_call_belongs_to_who_takes_part,
    async |app| {
        let (admin, ana) = (app.super_admin(), app.agent("Ana").await);
        let acme = crm::company(admin, "Acme", None).await;
        let zoe = works_at(admin, "Zoë", &acme).await;
        let participants = vec![contact(zoe.id), AddParticipant { user_id: Some(ana.id()), ..NOBODY }];
        let made = ana.create_call(&CreateCall { participants, ..request(app, "Refund") }).await.unwrap();
        let found = [("Acme", AssociationReason::PrimaryCompany), ("Zoë", AssociationReason::Participant)];
        assert_eq!(records(&made), found);
        assert_eq!(told_on(&ana, zoe.id, made.id).await, 1);
        assert_eq!(told_on(&ana, acme.id, made.id).await, 1);
        let beta = crm::company(admin, "Beta", None).await;
        let carl = works_at(admin, "Carl", &beta).await;
        let place = ParticipantPath { call_id: made.id, participant_id: made.participants[0].id };
        let other = MatchParticipant { user_id: None, contact_id: Some(carl.id) };
        let changed = ana.match_participant(&place, &other).await.unwrap();
        let found = [("Beta", AssociationReason::PrimaryCompany), ("Carl", AssociationReason::Participant)];
        assert_eq!(records(&changed), found);
        assert_eq!(told_on(&ana, zoe.id, made.id).await, 0);
        ana.remove_participant(&place).await.unwrap();
        assert_eq!(ana.get_call(&path(made.id)).await.unwrap().records, []);
        app.shows(&["CALL-60", "CALL-72"]);
    }
);

test_on_both!(
    /// CALL-73 to 78: more associations are made and removed by hand, and stay so whoever takes part; timelines follow.
    associations_by_hand_stay,
    async |app| {
        let (admin, ana) = (app.super_admin(), app.agent("Ana").await);
        let acme = crm::company(admin, "Acme", None).await;
        let zoe = works_at(admin, "Zoë", &acme).await;
        let made = call(app, &ana, "Refund").await;
        let (deal, ticket) = (crm::deal(admin, "Chairs", None).await, crm::ticket(admin, "Broken", None).await);
        ana.create_association(&pair(made.id, deal.id)).await.unwrap();
        ana.create_association(&pair(made.id, ticket.id)).await.unwrap();
        ana.create_association(&pair(made.id, acme.id)).await.unwrap();
        let changed = ana.add_participant(&path(made.id), &contact(zoe.id)).await.unwrap();
        assert_eq!(
            records(&changed),
            [
                ("Acme", AssociationReason::Manual),
                ("Broken", AssociationReason::Manual),
                ("Chairs", AssociationReason::Manual),
                ("Zoë", AssociationReason::Participant),
            ]
        );
        assert_eq!(told_on(&ana, deal.id, made.id).await, 1);
        // From the other side it is a call with its title.
        let calls = crm::associated(&ana, deal.id, ObjectKind::Call).await;
        assert_eq!(calls[0].summary.name, "Refund");
        for record in &changed.records {
            let path = AssociationPath { association_id: record.association_id };
            ana.delete_association(&path).await.unwrap();
        }
        assert_eq!(told_on(&ana, deal.id, made.id).await, 0);
        // What was removed by hand does not come back when somebody else joins.
        let named = AddParticipant { name: Some("Somebody".to_owned()), ..NOBODY };
        let changed = ana.add_participant(&path(made.id), &named).await.unwrap();
        assert_eq!(records(&changed), []);
        app.shows(&["CALL-73", "CALL-74", "CALL-76", "CALL-78"]);
    }
);

test_on_both!(
    /// CALL-75, 77: a call is found by its title and shown in a few words; its associations are listed from its side.
    a_call_is_a_record,
    async |app| {
        let (admin, ana) = (app.super_admin(), app.agent("Ana").await);
        let made = call(app, &ana, "Réclamation de Zoë").await;
        let deal = crm::deal(admin, "Chairs", None).await;
        ana.create_association(&pair(made.id, deal.id)).await.unwrap();
        let deals = crm::associated(&ana, made.id, ObjectKind::Deal).await;
        assert_eq!(deals[0].summary.name, "Chairs");
        let query = SearchRecords { q: "reclam".to_owned(), kind: Some(ObjectKind::Call), limit: None };
        let found = ana.search_records(&query).await.unwrap().items;
        assert_eq!((found.len(), found[0].record), (1, made.id.into()));
        assert_eq!(found[0].owner_id, Some(ana.id()));
        let hidden = CreateCall { private: true, ..request(app, "Réclamation secrète") };
        ana.create_call(&hidden).await.unwrap();
        let ben = app.agent("Ben").await;
        assert_eq!(ben.search_records(&query).await.unwrap().items.len(), 1);
        assert_eq!(ana.search_records(&query).await.unwrap().items.len(), 2);
        app.shows(&["CALL-75", "CALL-77"]);
    }
);

test_on_both!(
    /// A deleted call leaves nothing on timelines; its moved beginning moves them.
    timelines_follow_the_call,
    async |app| {
        let (admin, ana) = (app.super_admin(), app.agent("Ana").await);
        let zoe = crm::contact(admin, "Zoe", None).await;
        let participants = vec![contact(zoe.id)];
        let made = ana.create_call(&CreateCall { participants, ..request(app, "Refund") }).await.unwrap();
        let earlier = made.started_at.plus_seconds(-3600);
        let change = UpdateCall {
            title: made.title.clone(),
            direction: made.direction,
            started_at: earlier,
            duration_ms: None,
            owner_id: made.owner_id,
            outcome: None,
            private: false,
        };
        ana.update_call(&path(made.id), &change).await.unwrap();
        let recorded = TimelineEvent::CallRecorded { record: made.id.into() };
        let entries = crm::timeline(&ana, zoe.id).await.items;
        let entry = entries.iter().find(|entry| entry.event == recorded).unwrap();
        assert_eq!((entry.at, entry.user_id), (earlier, Some(ana.id())));
        admin.delete_call(&path(made.id)).await.unwrap();
        assert_eq!(told_on(&ana, zoe.id, made.id).await, 0);
        assert_eq!(crm::associated(&ana, zoe.id, ObjectKind::Call).await, []);
    }
);

test_on_both!(
    /// When two contacts become one, so do their places in calls.
    a_merged_contact_brings_its_calls,
    async |app| {
        let (admin, ana) = (app.super_admin(), app.agent("Ana").await);
        let (from, into) = (crm::contact(admin, "Zoe", None).await, crm::contact(admin, "Zora", None).await);
        let participants = vec![contact(from.id)];
        let made = ana.create_call(&CreateCall { participants, ..request(app, "Refund") }).await.unwrap();
        let merge = MergeContact { from_id: from.id };
        admin.merge_contact(&ContactPath { contact_id: into.id }, &merge).await.unwrap();
        let merged = ana.get_call(&path(made.id)).await.unwrap();
        assert_eq!(records(&merged), [("Zora", AssociationReason::Participant)]);
        assert_eq!(told_on(&ana, into.id, made.id).await, 1);
    }
);

test_on_both!(
    /// CALL-04, 69, 82: whose access to records is narrowed sees the calls of owners whose records it shows, and those that
    /// belong to such a record: in reading, in lists, in searches, in events and in each request for the sound.
    calls_are_seen_by_way_of_records,
    async |app| {
        let (admin, ana) = (app.super_admin(), app.agent("Ana").await);
        let olga = crm::user_with(app, "Olga", RecordAccess::Own).await;
        let made = recorded(app, &ana, 440).await.id;
        let deal = crm::deal(admin, "Chairs", Some(olga.id())).await;
        let all = ListCalls::default();
        let sound = || app.raw(reqwest::Method::GET, &format!("/v1/calls/{made}/recording/content"));
        let plays = async || sound().bearer_auth(&olga.token).send().await.unwrap().status().as_u16();
        assert_eq!(olga.get_call(&path(made)).await.unwrap_err().status(), Some(404));
        assert_eq!(titles(&olga, &all).await, [""; 0]);
        assert_eq!(plays().await, 404);

        let mut of_olga = olga.listen(None).await;
        ana.add_participant(&path(made), &AddParticipant { name: Some("X".to_owned()), ..NOBODY }).await.unwrap();
        assert_eq!(of_olga.drain(QUIET).await, []);
        let made_pair = admin.create_association(&pair(made, deal.id)).await.unwrap();
        of_olga.next_event(|event| *event == Event::CallChanged { call_id: made }).await;
        assert_eq!(olga.get_call(&path(made)).await.unwrap().id, made);
        assert_eq!(titles(&olga, &all).await, ["Recorded"]);
        assert_eq!(plays().await, 200);
        let query = SearchRecords { q: "recorded".to_owned(), kind: Some(ObjectKind::Call), limit: None };
        assert_eq!(olga.search_records(&query).await.unwrap().items.len(), 1);

        let association_id = made_pair.id;
        admin.delete_association(&AssociationPath { association_id }).await.unwrap();
        of_olga.next_event(|event| *event == Event::CallRemoved { call_id: made }).await;
        assert_eq!(olga.get_call(&path(made)).await.unwrap_err().status(), Some(404));
        assert_eq!(plays().await, 404);
        // What nobody looks after is everybody's.
        let unowned = crm::ticket(admin, "Broken", None).await;
        admin.create_association(&pair(made, unowned.id)).await.unwrap();
        assert_eq!(titles(&olga, &all).await, ["Recorded"]);
        app.shows(&["CALL-04", "CALL-69", "CALL-82"]);
    }
);

test_on_both!(
    /// CALL-69: with another owner of its record a call is out of sight of who saw it for that, and told to be.
    a_record_that_changes_hands_takes_its_calls,
    async |app| {
        let (admin, ana) = (app.super_admin(), app.agent("Ana").await);
        let olga = crm::user_with(app, "Olga", RecordAccess::Own).await;
        let made = call(app, &ana, "Refund").await.id;
        let deal = crm::deal(admin, "Chairs", Some(olga.id())).await;
        admin.create_association(&pair(made, deal.id)).await.unwrap();
        assert!(olga.get_call(&path(made)).await.is_ok());
        let mut of_olga = olga.listen(None).await;
        let moved = SaveDeal { name: "Chairs".to_owned(), owner_id: Some(ana.id()), ..SaveDeal::default() };
        admin.update_deal(&DealPath { deal_id: deal.id }, &moved).await.unwrap();
        of_olga.next_event(|event| *event == Event::CallRemoved { call_id: made }).await;
        assert_eq!(olga.get_call(&path(made)).await.unwrap_err().status(), Some(404));
    }
);

test_on_both!(
    /// CALL-79, 83: lists show what each call belongs to, narrow by it, and sort.
    lists_show_and_narrow_by_records,
    async |app| {
        let (admin, ana) = (app.super_admin(), app.agent("Ana").await);
        let (deal, ticket) = (crm::deal(admin, "Chairs", None).await, crm::ticket(admin, "Broken", None).await);
        for (title, duration_ms) in [("Über alles", Some(2000)), ("apple", None), ("Banana 100%", Some(9000))] {
            ana.create_call(&CreateCall { duration_ms, ..request(app, title) }).await.unwrap();
        }
        let all = ListCalls::default();
        let page = ana.list_calls(&all).await.unwrap().items;
        let banana = page.iter().find(|call| call.title.starts_with("Banana")).unwrap();
        ana.create_association(&pair(banana.id, deal.id)).await.unwrap();
        ana.create_association(&pair(banana.id, ticket.id)).await.unwrap();
        let page = ana.list_calls(&ListCalls { deal_id: Some(deal.id), ..all.clone() }).await.unwrap().items;
        let found = [("Broken", AssociationReason::Manual), ("Chairs", AssociationReason::Manual)];
        assert_eq!((page.len(), records(&page[0])), (1, found.to_vec()));
        let of_ticket = ListCalls { ticket_id: Some(ticket.id), ..all.clone() };
        assert_eq!(titles(&ana, &of_ticket).await, ["Banana 100%"]);
        for (q, expected) in [("UBER", vec!["Über alles"]), ("0%", vec!["Banana 100%"]), ("_", vec![])] {
            let query = ListCalls { q: Some(q.to_owned()), ..all.clone() };
            assert_eq!(titles(&ana, &query).await, expected, "{q}");
        }
        use types::calls::CallSort::*;
        for (sort, expected) in [
            (Title, ["apple", "Banana 100%", "Über alles"]),
            (TitleDescending, ["Über alles", "Banana 100%", "apple"]),
            (Duration, ["apple", "Über alles", "Banana 100%"]),
            (DurationDescending, ["Banana 100%", "Über alles", "apple"]),
        ] {
            let (mut paged, mut query) = (Vec::new(), ListCalls { sort: Some(sort), limit: Some(1), ..all.clone() });
            loop {
                let page = ana.list_calls(&query).await.unwrap();
                paged.extend(page.items.into_iter().map(|call| call.title));
                query.cursor = page.next_cursor;
                if query.cursor.is_none() {
                    break;
                }
            }
            assert_eq!(paged, expected, "{sort}");
        }
        app.shows(&["CALL-79", "CALL-83"]);
    }
);

test_on_both!(
    /// A participant of whom the number is known is the one contact who has it, however it is written.
    a_number_names_its_contact,
    async |app| {
        let (admin, ana) = (app.super_admin(), app.agent("Ana").await);
        let zoe = CreateContact {
            name: "Zoë".to_owned(),
            phone: Some("+33 (6) 12-34.56 78".to_owned()),
            ..CreateContact::default()
        };
        let zoe = admin.create_contact(&zoe).await.unwrap();
        let number = |phone: &str| AddParticipant { phone: Some(phone.to_owned()), ..NOBODY };
        let made = call(app, &ana, "Refund").await.id;
        let joined = ana.add_participant(&path(made), &number("+33612345678")).await.unwrap();
        assert_eq!(joined.participants[0].contact_id, Some(zoe.id));
        let twin = CreateContact {
            name: "Zora".to_owned(),
            phone: Some("+33612345678".to_owned()),
            ..CreateContact::default()
        };
        admin.create_contact(&twin).await.unwrap();
        let other = call(app, &ana, "Other").await.id;
        let joined = ana.add_participant(&path(other), &number("+33612345678")).await.unwrap();
        assert_eq!(joined.participants[0].contact_id, None);
    }
);
