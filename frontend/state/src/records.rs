//! Records, calls among them: what they are made of, the list on the screen, saved views and imports.

use std::cmp::Ordering;
use std::collections::BTreeMap;

use serde_json::Value;
use types::calls::Call;
use types::crm::{
    Company, Contact, Deal, DealStage, Import, ImportState, ObjectKind, Property, RecordRef, RecordSort,
    SavedView, Ticket, TicketStatus,
};
use types::{CallId, CompanyId, ContactId, DealId, ImportId, Page, PropertyId, RecordId, SavedViewId};
use types::{TicketId, Timestamp, UserId};

use crate::Directory;

/// The filter that holds the order of a list of calls, which no other list can have.
pub const SORT: &str = "sort";

/// Calls have no custom properties.
static NO_PROPERTIES: BTreeMap<String, Value> = BTreeMap::new();

/// A record of one of the kinds that have a list.
#[derive(Clone, Debug, PartialEq)]
pub enum Record {
    /// A person outside the company.
    Contact(Contact),
    /// A company that contacts work for.
    Company(Company),
    /// A deal.
    Deal(Deal),
    /// A ticket.
    Ticket(Ticket),
    /// A recorded call.
    Call(Box<Call>),
}

/// The same field of a record of whichever kind.
macro_rules! of_each {
    ($record:expr, $one:ident => $field:expr) => {
        match $record {
            Record::Contact($one) => $field,
            Record::Company($one) => $field,
            Record::Deal($one) => $field,
            Record::Ticket($one) => $field,
            Record::Call($one) => $field,
        }
    };
}

impl Record {
    /// Names it.
    pub fn reference(&self) -> RecordRef {
        of_each!(self, record => record.id.into())
    }

    /// Its name; a ticket's subject, a call's title.
    pub fn name(&self) -> &str {
        match self {
            Record::Contact(contact) => &contact.name,
            Record::Company(company) => &company.name,
            Record::Deal(deal) => &deal.name,
            Record::Ticket(ticket) => &ticket.subject,
            Record::Call(call) => &call.title,
        }
    }

    /// The user who looks after it.
    pub fn owner_id(&self) -> Option<UserId> {
        of_each!(self, record => record.owner_id)
    }

    /// The custom properties that have a value, by key.
    pub fn properties(&self) -> &BTreeMap<String, Value> {
        match self {
            Record::Contact(contact) => &contact.properties,
            Record::Company(company) => &company.properties,
            Record::Deal(deal) => &deal.properties,
            Record::Ticket(ticket) => &ticket.properties,
            Record::Call(_) => &NO_PROPERTIES,
        }
    }

    /// When it was created.
    pub fn created_at(&self) -> Timestamp {
        of_each!(self, record => record.created_at)
    }

    /// When it last changed.
    pub fn updated_at(&self) -> Timestamp {
        of_each!(self, record => record.updated_at)
    }

    /// What `q` searches: the name, and a contact's address or a company's domain.
    fn searched(&self) -> (&str, Option<&str>) {
        let beside = match self {
            Record::Contact(contact) => contact.email.as_deref(),
            Record::Company(company) => company.domain.as_deref(),
            Record::Deal(_) | Record::Ticket(_) | Record::Call(_) => None,
        };
        (self.name(), beside)
    }
}

/// Which records a list shows, and in which order.
#[derive(Clone, Debug, PartialEq)]
pub struct RecordListKey {
    /// The kind of record.
    pub kind: ObjectKind,
    /// How the name begins, or what a call's title contains; empty for all.
    pub q: String,
    /// The filters by their names in the API, such as `owner_id`; `property.` with the key of a custom property; and for
    /// calls [`SORT`].
    pub filters: BTreeMap<String, String>,
    /// The order of all but calls.
    pub sort: RecordSort,
}

impl RecordListKey {
    /// Every record of a kind, by name.
    pub fn all(kind: ObjectKind) -> Self {
        Self { kind, q: String::new(), filters: BTreeMap::new(), sort: RecordSort::Name }
    }

    /// How many filters there are.
    pub fn filter_count(&self) -> usize {
        self.filters.keys().filter(|name| *name != SORT).count()
    }

    /// Shows every record again, in the same order.
    pub fn clear(&mut self) {
        self.q.clear();
        self.filters.retain(|name, _| name == SORT);
    }

    /// Whether a record passes the filters. What `q` says is the server's to know.
    fn passes(&self, record: &Record) -> bool {
        record.reference().kind == self.kind
            && self.filters.iter().all(|(name, wanted)| passes(record, name, wanted))
    }
}

fn passes(record: &Record, filter: &str, wanted: &str) -> bool {
    if let Some(key) = filter.strip_prefix("property.") {
        return record.properties().get(key).is_some_and(|value| is_value(value, wanted));
    }
    let value = match (filter, record) {
        ("owner_id", _) => record.owner_id().map(|id| id.to_string()),
        ("unowned", _) => return record.owner_id().is_none() || wanted != "true",
        ("company_id", Record::Contact(contact)) => contact.company_id.map(|id| id.to_string()),
        ("stage_id", Record::Deal(deal)) => Some(deal.stage_id.to_string()),
        ("status_id", Record::Ticket(ticket)) => Some(ticket.status_id.to_string()),
        ("priority", Record::Ticket(ticket)) => Some(ticket.priority.to_string()),
        _ => return true,
    };
    value.as_deref() == Some(wanted)
}

/// The value of a custom property as filters and forms write it.
pub fn text_of(value: &Value) -> String {
    match value {
        Value::String(text) => text.clone(),
        Value::Null => String::new(),
        Value::Number(number) => number.as_f64().unwrap_or_default().to_string(),
        other => other.to_string(),
    }
}

fn is_value(value: &Value, wanted: &str) -> bool {
    match value {
        Value::Number(number) => wanted.parse().is_ok_and(|wanted: f64| number.as_f64() == Some(wanted)),
        other => text_of(other) == wanted,
    }
}

/// The list on the screen: one unbroken stretch from its beginning.
#[derive(Clone, Debug, PartialEq)]
pub struct RecordList {
    /// What it shows.
    pub key: RecordListKey,
    /// The ids in order.
    pub ids: Vec<RecordId>,
    /// The cursor of the next page; `None` at the end.
    pub next_cursor: Option<String>,
}

/// What was set up for the whole account, once it was fetched.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct RecordSetup {
    /// Custom properties, the archived ones too.
    pub properties: BTreeMap<PropertyId, Property>,
    /// The stages of the pipeline, in order.
    pub stages: Vec<DealStage>,
    /// The statuses of tickets, in order.
    pub statuses: Vec<TicketStatus>,
    /// The views that the user may use.
    pub views: BTreeMap<SavedViewId, SavedView>,
}

impl RecordSetup {
    /// The properties of a kind that values can be given to, in order.
    pub fn properties_of(&self, kind: ObjectKind) -> Vec<&Property> {
        let mut properties: Vec<_> = self
            .properties
            .values()
            .filter(|property| property.object == kind && !property.archived)
            .collect();
        properties.sort_by_key(|property| (property.position, property.id));
        properties
    }
}

/// What is known of the CRM beside the records themselves, which stand in the [`Directory`].
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Records {
    /// What was set up; `None` until it was fetched.
    pub setup: Option<RecordSetup>,
    imports: BTreeMap<ImportId, Import>,
    /// How often the place of a record in the list could not be told by an event: the list fetches again when it rises.
    pub list_revision: u64,
    /// How often a record changed, came or went: a list that was fetched meanwhile may not know of it.
    pub changes: u64,
    /// How often what belongs to a record, or its timeline, changed: what is shown of it fetches again when it rises.
    pub associations_revisions: BTreeMap<RecordRef, u64>,
    /// How often the consents of a contact changed: what is shown of them fetches again when it rises.
    pub consents_revisions: BTreeMap<ContactId, u64>,
    /// How often a subscription type was created or changed, for the same reason.
    pub subscription_types_revision: u64,
    list: Option<RecordList>,
}

impl Records {
    /// One of the user's imports that were shown.
    pub fn import(&self, id: ImportId) -> Option<&Import> {
        self.imports.get(&id)
    }

    /// Takes what is said of an import, unless more is known: the reply to its start may come after the event of its end.
    pub fn take_import(&mut self, import: Import) {
        if self.imports.get(&import.id).is_none_or(|known| progress(known) <= progress(&import)) {
            self.imports.insert(import.id, import);
        }
    }

    /// The list on the screen.
    pub fn list(&self) -> Option<&RecordList> {
        self.list.as_ref()
    }

    /// How often what belongs to a record changed.
    pub fn associations_revision(&self, record: RecordRef) -> u64 {
        self.associations_revisions.get(&record).copied().unwrap_or_default()
    }

    /// How often the consents of a contact changed.
    pub fn consents_revision(&self, contact: ContactId) -> u64 {
        self.consents_revisions.get(&contact).copied().unwrap_or_default()
    }

    /// A call was created or changed, or what belongs to it did. Whether it is listed, and where, only the server knows.
    pub(crate) fn call_changed(&mut self) {
        if self.list.as_ref().is_some_and(|list| list.key.kind == ObjectKind::Call) {
            self.list_revision += 1;
        }
    }

    /// Takes a record out of the list.
    pub(crate) fn unlist(&mut self, record: RecordRef) {
        if let Some(list) = self.list.as_mut().filter(|list| list.key.kind == record.kind) {
            list.ids.retain(|id| *id != record.id);
        }
    }

    /// Puts a record that is new or has changed in its place.
    pub(crate) fn place(&mut self, before: Option<&Record>, now: &Record, directory: &Directory) {
        let Some(list) = self.list.as_mut().filter(|list| list.key.kind == now.reference().kind) else {
            return;
        };
        let id = now.reference().id;
        let listed = list.ids.contains(&id);
        if !list.key.passes(now) {
            list.ids.retain(|other| *other != id);
            return;
        }
        let same_text = before.is_some_and(|before| before.searched() == now.searched());
        let by_name = matches!(list.key.sort, RecordSort::Name | RecordSort::NameDescending);
        if listed && same_text && by_name {
            return;
        }
        // Only the server folds names as they are searched and sorted.
        if by_name || !(list.key.q.is_empty() || listed && same_text) {
            self.list_revision += 1;
            return;
        }
        list.ids.retain(|other| *other != id);
        let key = list.key.clone();
        let after = |other: &RecordId| {
            let other = directory.record(RecordRef::new(key.kind, *other));
            other.is_none_or(|other| order(key.sort, now, &other) == Ordering::Less)
        };
        let place = list.ids.iter().position(after).unwrap_or(list.ids.len());
        // Behind the last one that is loaded it belongs to a page that is not.
        if place < list.ids.len() || list.next_cursor.is_none() {
            list.ids.insert(place, id);
        }
    }

    /// Takes records out of the list that no longer pass its filters.
    pub(crate) fn filter_again(&mut self, directory: &Directory) {
        if let Some(RecordList { key, ids, .. }) = &mut self.list {
            ids.retain(|id| {
                directory.record(RecordRef::new(key.kind, *id)).is_none_or(|record| key.passes(&record))
            });
        }
    }
}

/// How far an import is: it never goes back.
fn progress(import: &Import) -> (u8, i64) {
    let stage = match import.state {
        ImportState::Checking => 0,
        ImportState::Checked => 1,
        ImportState::Running => 2,
        ImportState::Done | ImportState::Failed => 3,
    };
    (stage, import.done_count)
}

/// The order of two records by a time; names are ordered by the server.
fn order(sort: RecordSort, one: &Record, other: &Record) -> Ordering {
    let created = |record: &Record| (record.created_at(), record.reference().id);
    let updated = |record: &Record| (record.updated_at(), record.reference().id);
    match sort {
        RecordSort::CreatedAt => created(one).cmp(&created(other)),
        RecordSort::CreatedAtDescending => created(other).cmp(&created(one)),
        RecordSort::UpdatedAt => updated(one).cmp(&updated(other)),
        RecordSort::UpdatedAtDescending => updated(other).cmp(&updated(one)),
        RecordSort::Name | RecordSort::NameDescending => Ordering::Equal,
    }
}

impl crate::State {
    /// Shows another list, of which the first records have come.
    pub fn start_record_list(&mut self, key: RecordListKey, page: Page<Record>) {
        let ids = self.learn_records(page.items);
        self.records.list = Some(RecordList { key, ids, next_cursor: page.next_cursor });
    }

    /// Adds the next page of the list on the screen.
    pub fn extend_record_list(&mut self, page: Page<Record>) {
        let ids = self.learn_records(page.items);
        if let Some(list) = &mut self.records.list {
            // An event may have brought one of them already.
            list.ids.retain(|id| !ids.contains(id));
            list.ids.extend(ids);
            list.next_cursor = page.next_cursor;
        }
    }

    fn learn_records(&mut self, records: Vec<Record>) -> Vec<RecordId> {
        let ids = records.iter().map(|record| record.reference().id).collect();
        for record in records {
            // An event may have told something newer while the page was under way.
            let known = self.directory.record(record.reference());
            if known.is_none_or(|known| known.updated_at() <= record.updated_at()) {
                self.directory.insert_record(record);
            }
        }
        ids
    }

    /// The records of the list on the screen, in order.
    pub fn record_rows(&self) -> Vec<Record> {
        let Some(list) = &self.records.list else { return Vec::new() };
        let record = |id: &RecordId| self.directory.record(RecordRef::new(list.key.kind, *id));
        list.ids.iter().filter_map(record).collect()
    }
}

impl Directory {
    /// A record, if it was shown.
    pub fn record(&self, record: RecordRef) -> Option<Record> {
        let id = record.id.0;
        match record.kind {
            ObjectKind::Contact => self.contacts.get(&ContactId(id)).cloned().map(Record::Contact),
            ObjectKind::Company => self.companies.get(&CompanyId(id)).cloned().map(Record::Company),
            ObjectKind::Deal => self.deals.get(&DealId(id)).cloned().map(Record::Deal),
            ObjectKind::Ticket => self.tickets.get(&TicketId(id)).cloned().map(Record::Ticket),
            ObjectKind::Call => self.calls.get(&CallId(id)).cloned().map(Box::new).map(Record::Call),
        }
    }

    /// Takes a record as it is now.
    pub fn insert_record(&mut self, record: Record) {
        match record {
            Record::Contact(contact) => drop(self.contacts.insert(contact.id, contact)),
            Record::Company(company) => drop(self.companies.insert(company.id, company)),
            Record::Deal(deal) => drop(self.deals.insert(deal.id, deal)),
            Record::Ticket(ticket) => drop(self.tickets.insert(ticket.id, ticket)),
            Record::Call(call) => drop(self.calls.insert(call.id, *call)),
        }
    }

    /// Forgets a record.
    pub(crate) fn remove_record(&mut self, record: RecordRef) {
        let id = record.id.0;
        match record.kind {
            ObjectKind::Contact => drop(self.contacts.remove(&ContactId(id))),
            ObjectKind::Company => drop(self.companies.remove(&CompanyId(id))),
            ObjectKind::Deal => drop(self.deals.remove(&DealId(id))),
            ObjectKind::Ticket => drop(self.tickets.remove(&TicketId(id))),
            ObjectKind::Call => drop(self.calls.remove(&CallId(id))),
        }
    }
}
