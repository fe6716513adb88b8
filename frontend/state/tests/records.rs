//! Following the events of records gives the same list as fetching it again.

#![allow(clippy::unwrap_used, reason = "a test may fail by panicking")]

use std::collections::BTreeMap;

use serde_json::{Value, json};
use state::{Record, RecordListKey, RecordSetup, State, apply};
use types::crm::{
    Company, Contact, Deal, DealStage, Import, ObjectKind, Property, PropertyType, RecordRef, RecordSort,
    SavedView, StageOutcome, SubscriptionType, Ticket, TicketPriority,
};
use types::{
    CompanyId, ContactId, DealId, DealStageId, Event, Page, PropertyId, SavedViewId, SubscriptionTypeId,
    TicketId, TicketStatusId, Timestamp, UserId,
};

const ME: UserId = UserId(1);
const COLLEAGUE: UserId = UserId(2);
const OPEN: DealStageId = DealStageId(10);
const WON: DealStageId = DealStageId(11);

/// The deals of a server.
struct Server {
    deals: BTreeMap<DealId, Deal>,
    now: i64,
    page: usize,
}

impl Server {
    fn new() -> Self {
        let mut server = Self { deals: BTreeMap::new(), now: 100, page: 50 };
        for (id, name, owner) in
            [(1, "Oak tables", Some(ME)), (2, "Chairs", None), (3, "Élan", Some(COLLEAGUE))]
        {
            server.save(DealId(id), |deal| (deal.name, deal.owner_id) = (name.to_owned(), owner));
        }
        server
    }

    /// Creates a deal, or changes one.
    fn save(&mut self, id: DealId, change: impl FnOnce(&mut Deal)) -> Vec<Event> {
        self.now += 1;
        let now = Timestamp(self.now);
        let deal = self.deals.entry(id).or_insert_with(|| deal(id, now));
        deal.updated_at = now;
        change(deal);
        vec![Event::DealChanged { deal: Box::new(deal.clone()) }]
    }

    fn delete(&mut self, id: DealId) -> Vec<Event> {
        self.deals.remove(&id);
        vec![Event::DealDeleted { deal_id: id }]
    }

    /// The deal goes to somebody whose records the user does not see.
    fn hide(&mut self, id: DealId) -> Vec<Event> {
        self.deals.remove(&id);
        vec![Event::RecordRemoved { record: id.into() }]
    }

    fn list(&self, key: &RecordListKey) -> Page<Record> {
        let filter = |name: &str| key.filters.get(name).map(String::as_str);
        let mut deals: Vec<Deal> = self.deals.values().cloned().collect();
        deals.retain(|deal| {
            let owner = deal.owner_id.map(|id| id.to_string());
            let segment = deal.properties.get("segment").and_then(Value::as_str);
            filter("owner_id").is_none_or(|wanted| owner.as_deref() == Some(wanted))
                && filter("stage_id").is_none_or(|wanted| deal.stage_id.to_string() == wanted)
                && filter("unowned").is_none_or(|_| owner.is_none())
                && filter("property.segment").is_none_or(|wanted| segment == Some(wanted))
                && deal.name.to_lowercase().starts_with(&key.q)
        });
        deals.sort_by_key(|deal| match key.sort {
            RecordSort::Name | RecordSort::NameDescending => {
                (deal.name.to_lowercase().replace('é', "e"), 0, deal.id)
            }
            RecordSort::CreatedAt | RecordSort::CreatedAtDescending => {
                (String::new(), deal.created_at.0, deal.id)
            }
            RecordSort::UpdatedAt | RecordSort::UpdatedAtDescending => {
                (String::new(), deal.updated_at.0, deal.id)
            }
        });
        if key.sort.as_str().starts_with('-') {
            deals.reverse();
        }
        let more = deals.len() > self.page;
        deals.truncate(self.page);
        let items = deals.into_iter().map(Record::Deal).collect();
        Page { items, next_cursor: more.then(|| "next".to_owned()) }
    }

    fn fetch(&self, key: &RecordListKey) -> State {
        let mut state = State::default();
        state.start_record_list(key.clone(), self.list(key));
        state
    }
}

fn deal(id: DealId, at: Timestamp) -> Deal {
    Deal {
        id,
        name: String::new(),
        amount_minor: None,
        currency: None,
        stage_id: OPEN,
        close_date: None,
        owner_id: None,
        properties: BTreeMap::new(),
        created_at: at,
        updated_at: at,
    }
}

fn keys() -> Vec<RecordListKey> {
    let filters = [
        vec![],
        vec![("owner_id", ME.to_string())],
        vec![("unowned", "true".to_owned())],
        vec![("stage_id", WON.to_string())],
        vec![("property.segment", "gold".to_owned())],
    ];
    let mut keys = Vec::new();
    for sort in RecordSort::ALL {
        for q in ["", "o"] {
            for filters in &filters {
                let filters =
                    filters.iter().map(|(name, value)| ((*name).to_owned(), value.clone())).collect();
                keys.push(RecordListKey { kind: ObjectKind::Deal, q: q.to_owned(), filters, sort: *sort });
            }
        }
    }
    keys
}

/// Lets something happen and checks that following it equals fetching again, in every list.
#[track_caller]
fn check(page: usize, happen: impl Fn(&mut Server) -> Vec<Event>) {
    for key in keys() {
        let mut server = Server::new();
        server.page = page;
        let mut state = server.fetch(&key);
        let fetched_before = state.records.list_revision;
        for event in happen(&mut server) {
            assert_eq!(apply(&mut state, &event), []);
        }
        if state.records.list_revision > fetched_before {
            state.start_record_list(key.clone(), server.list(&key));
        }
        let (known, fetched) = (state.record_rows(), server.fetch(&key));
        let rows = fetched.record_rows();
        // Of a list with more pages, more than the first may be known.
        let is_whole = fetched.records.list().unwrap().next_cursor.is_none();
        assert!(known.starts_with(&rows), "{key:?}: {known:?} instead of {rows:?}");
        assert!(!is_whole || known.len() == rows.len(), "{key:?}: {known:?} instead of {rows:?}");
    }
}

#[test]
fn a_record_is_created() {
    check(50, |server| server.save(DealId(9), |deal| deal.name = "Benches".to_owned()));
    check(2, |server| server.save(DealId(9), |deal| deal.name = "Oak benches".to_owned()));
}

#[test]
fn a_record_is_renamed() {
    check(50, |server| server.save(DealId(1), |deal| deal.name = "Zinc tables".to_owned()));
    check(50, |server| server.save(DealId(2), |deal| deal.name = "Oak chairs".to_owned()));
}

#[test]
fn a_record_changes_hands_stage_or_property() {
    check(50, |server| server.save(DealId(1), |deal| deal.owner_id = Some(COLLEAGUE)));
    check(50, |server| server.save(DealId(3), |deal| deal.owner_id = Some(ME)));
    check(50, |server| server.save(DealId(3), |deal| deal.stage_id = WON));
    check(50, |server| {
        let gold = BTreeMap::from([("segment".to_owned(), json!("gold"))]);
        server.save(DealId(2), |deal| deal.properties = gold)
    });
    check(50, |server| {
        let mut events = server.save(DealId(2), |deal| deal.stage_id = WON);
        events.extend(server.save(DealId(2), |deal| deal.stage_id = OPEN));
        events
    });
}

#[test]
fn a_record_is_deleted_or_goes_out_of_sight() {
    check(50, |server| server.delete(DealId(1)));
    check(50, |server| server.hide(DealId(3)));
}

#[test]
fn a_page_that_was_read_before_an_event_undoes_nothing() {
    let mut server = Server::new();
    let key = RecordListKey::all(ObjectKind::Deal);
    let mut state = server.fetch(&key);
    let (seen, early) = (state.records.changes, server.list(&key));
    for event in server.save(DealId(1), |deal| deal.stage_id = WON) {
        apply(&mut state, &event);
    }
    assert_eq!(state.records.changes, seen + 1, "it is known that the page lacks something");
    state.start_record_list(key, early);
    assert_eq!(state.directory.deals[&DealId(1)].stage_id, WON);
    for event in server.delete(DealId(1)) {
        apply(&mut state, &event);
    }
    assert_eq!(state.records.changes, seen + 2);
}

#[test]
fn events_of_other_kinds_leave_the_list_alone() {
    let server = Server::new();
    let key = RecordListKey::all(ObjectKind::Deal);
    let mut state = server.fetch(&key);
    let before = state.record_rows();
    apply(&mut state, &Event::TicketChanged { ticket: Box::new(ticket()) });
    apply(&mut state, &Event::CompanyChanged { company: company() });
    // The same number as a deal.
    apply(&mut state, &Event::CompanyDeleted { company_id: CompanyId(1) });
    assert_eq!(state.record_rows(), before);
    assert_eq!(state.records.list_revision, 0);
    assert_eq!(state.directory.tickets.len(), 1);
}

#[test]
fn contacts_of_a_deleted_company_leave_its_list() {
    let of_company = Record::Contact(Contact { company_id: Some(CompanyId(1)), ..contact(ContactId(7)) });
    let mut key = RecordListKey::all(ObjectKind::Contact);
    key.filters.insert("company_id".to_owned(), "1".to_owned());
    let mut state = State::default();
    state.start_record_list(key, Page { items: vec![of_company], next_cursor: None });
    apply(&mut state, &Event::CompanyDeleted { company_id: CompanyId(1) });
    assert_eq!(state.record_rows(), []);
    assert_eq!(state.directory.contacts[&ContactId(7)].company_id, None);
}

#[test]
fn a_merged_contact_leaves_the_list() {
    let contacts = [ContactId(7), ContactId(8)].map(|id| Record::Contact(contact(id)));
    let mut state = State::default();
    let page = Page { items: contacts.to_vec(), next_cursor: None };
    state.start_record_list(RecordListKey::all(ObjectKind::Contact), page);
    apply(&mut state, &Event::ContactMerged { from_id: ContactId(8), into: Box::new(contact(ContactId(7))) });
    assert_eq!(state.record_rows(), [Record::Contact(contact(ContactId(7)))]);
    apply(&mut state, &Event::ContactErased { contact_id: ContactId(7) });
    assert_eq!(state.record_rows(), []);
}

#[test]
fn what_was_set_up_follows_its_events() {
    let mut state = State::default();
    let stages = vec![DealStage { id: WON, name: "Won".to_owned(), outcome: StageOutcome::Won }];
    let pipeline = Event::PipelineChanged { stages: stages.clone() };
    apply(&mut state, &pipeline);
    assert_eq!(state.records.setup, None, "what was not fetched is not half known");

    state.records.setup = Some(RecordSetup::default());
    apply(&mut state, &pipeline);
    apply(&mut state, &Event::PropertyChanged { property: property(1, false) });
    apply(&mut state, &Event::PropertyChanged { property: property(2, true) });
    apply(&mut state, &Event::SavedViewChanged { view: view() });
    let setup = state.records.setup.clone().unwrap();
    assert_eq!(setup.stages, stages);
    assert_eq!(setup.views[&SavedViewId(1)], view());
    assert_eq!(setup.properties_of(ObjectKind::Deal), [&property(1, false)], "archived ones take no values");
    apply(&mut state, &Event::SavedViewDeleted { view_id: SavedViewId(1) });
    assert!(state.records.setup.unwrap().views.is_empty());
}

#[test]
fn associations_are_told_record_by_record() {
    let (one, other): (RecordRef, RecordRef) = (DealId(1).into(), CompanyId(1).into());
    let mut state = State::default();
    apply(&mut state, &Event::AssociationsChanged { record: one });
    assert_eq!(state.records.associations_revision(one), 1);
    assert_eq!(state.records.associations_revision(other), 0);
}

#[test]
fn consents_are_told_contact_by_contact_and_forgotten_with_it() {
    let mut state = State::default();
    apply(&mut state, &Event::ConsentsChanged { contact_id: ContactId(7) });
    apply(&mut state, &Event::ConsentsChanged { contact_id: ContactId(7) });
    assert_eq!(state.records.consents_revision(ContactId(7)), 2);
    assert_eq!(state.records.consents_revision(ContactId(8)), 0);
    assert_eq!(state.records.subscription_types_revision, 0);
    apply(&mut state, &Event::RecordRemoved { record: ContactId(7).into() });
    assert_eq!(state.records.consents_revision(ContactId(7)), 0);
}

#[test]
fn a_subscription_type_that_changes_has_them_fetched_again() {
    let mut state = State::default();
    let subscription_type = SubscriptionType {
        id: SubscriptionTypeId(7),
        name: "Newsletter".to_owned(),
        description: None,
        is_internal: false,
        is_built_in: false,
        archived: false,
    };
    apply(&mut state, &Event::SubscriptionTypeChanged { subscription_type });
    assert_eq!(state.records.subscription_types_revision, 1);
}

fn contact(id: ContactId) -> Contact {
    Contact {
        id,
        name: "Contact".to_owned(),
        email: None,
        phone: None,
        job_title: None,
        company_id: None,
        owner_id: None,
        verified: true,
        time_zone: None,
        language: None,
        properties: BTreeMap::new(),
        created_at: Timestamp(0),
        updated_at: Timestamp(0),
    }
}

fn company() -> Company {
    Company {
        id: CompanyId(1),
        name: "Company".to_owned(),
        domain: None,
        phone: None,
        street: None,
        postal_code: None,
        city: None,
        country: None,
        owner_id: None,
        contact_count: 0,
        properties: BTreeMap::new(),
        created_at: Timestamp(0),
        updated_at: Timestamp(0),
    }
}

fn ticket() -> Ticket {
    Ticket {
        id: TicketId(1),
        subject: "Ticket".to_owned(),
        description: None,
        status_id: TicketStatusId(1),
        priority: TicketPriority::High,
        owner_id: None,
        properties: BTreeMap::new(),
        created_at: Timestamp(0),
        updated_at: Timestamp(0),
    }
}

fn property(id: i64, archived: bool) -> Property {
    Property {
        id: PropertyId(id),
        object: ObjectKind::Deal,
        key: format!("property_{id}"),
        label: "Property".to_owned(),
        property_type: PropertyType::Text,
        options: Vec::new(),
        position: 0,
        archived,
    }
}

fn view() -> SavedView {
    SavedView {
        id: SavedViewId(1),
        list: ObjectKind::Deal,
        name: "Mine".to_owned(),
        filters: BTreeMap::new(),
        columns: vec!["name".to_owned()],
        sort: RecordSort::Name,
        owner_id: ME,
        shared: false,
        created_at: Timestamp(0),
        updated_at: Timestamp(0),
    }
}

#[test]
fn the_reply_to_a_start_does_not_undo_the_end_of_an_import() {
    let import = |state: &str, done: i64| -> Import {
        serde_json::from_value(json!({
            "id": "17", "object": "contact", "file_name": "people.csv", "columns": [], "key": "none", "state": state,
            "failure": null, "row_count": 10, "done_count": done, "created_count": done, "updated_count": 0,
            "refused_count": 0, "user_id": "1", "created_at": "2026-03-02T08:00:00Z", "finished_at": null
        }))
        .unwrap()
    };
    let mut state = State::default();
    for (said, known) in [
        (import("checked", 10), import("checked", 10)),
        (import("running", 4), import("running", 4)),
        (import("done", 10), import("done", 10)),
        (import("running", 0), import("done", 10)),
    ] {
        apply(&mut state, &Event::ImportChanged { import: Box::new(said) });
        assert_eq!(state.records.import(known.id), Some(&known));
    }
}
