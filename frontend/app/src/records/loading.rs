//! Fetches what the screens of records show into the state.

use std::collections::BTreeSet;
use std::time::Duration;

use client::ClientError;
use futures_util::future::{join_all, try_join4};
use leptos::{prelude::*, task::spawn_local};
use state::{Record, RecordListKey, RecordSetup};
use types::crm::{CompanyPath, ListProperties, ListSavedViews};
use types::page::PageQuery;
use types::{CompanyId, Page};

use super::requests;
use crate::browser;
use crate::context::App;

/// How many rows a page of the list has.
const ROWS: u16 = 50;
/// The largest page the server gives.
const LARGEST_PAGE: u16 = 200;
/// What changes within this time is fetched together.
const COLLECT: Duration = Duration::from_millis(300);

/// How the list on the screen stands.
#[derive(Clone, Copy)]
pub struct ListLoading {
    app: App,
    /// What the list shall show.
    pub key: RwSignal<RecordListKey>,
    /// Why it could not be fetched.
    pub error: RwSignal<Option<ClientError>>,
    fetching: StoredValue<Option<Fetching>>,
    /// The page that is being fetched, by its cursor.
    next: StoredValue<Option<String>>,
}

/// A list on its way.
struct Fetching {
    key: RecordListKey,
    /// What was asked for last has the highest number: late replies to earlier questions are dropped.
    number: u32,
    /// Something changed since it was asked for.
    again: bool,
    done: bool,
}

impl ListLoading {
    /// A list that is not fetched yet.
    pub fn new(app: App, key: RecordListKey) -> Self {
        Self {
            app,
            key: RwSignal::new(key),
            error: RwSignal::new(None),
            fetching: StoredValue::new(None),
            next: StoredValue::new(None),
        }
    }

    /// Fetches as many records as are there, so that a list does not shrink under the reader; one page of another list.
    /// What changes while a list is on its way has it fetched once more afterwards.
    pub fn reload(self) {
        let key = self.key.get_untracked();
        let begin = |fetching: &mut Option<Fetching>| match fetching {
            Some(before) if !before.done && before.key == key => {
                before.again = true;
                None
            }
            before => {
                let number = before.as_ref().map_or(0, |before| before.number + 1);
                *before = Some(Fetching { key: key.clone(), number, again: false, done: false });
                Some(number)
            }
        };
        if let Some(Some(number)) = self.fetching.try_update_value(begin) {
            spawn_local(async move {
                while self.fetch(&key, number).await {
                    browser::sleep(COLLECT).await;
                }
            });
        }
    }

    /// The fetch of that number, unless another list is wanted by now or the screen is gone.
    fn with_fetch<R>(self, number: u32, with: impl FnOnce(&mut Fetching) -> R) -> Option<R> {
        let own = |fetching: &mut Option<Fetching>| {
            fetching.as_mut().filter(|fetching| fetching.number == number).map(with)
        };
        self.fetching.try_update_value(own).flatten()
    }

    /// Fetches the list; whether something changed meanwhile, so that it has to be fetched again.
    async fn fetch(self, key: &RecordListKey, number: u32) -> bool {
        let app = self.app;
        if self.with_fetch(number, |fetching| fetching.again = false).is_none() {
            return false;
        }
        let (changes, shown) = app.peek(|state| {
            let list = state.records.list().filter(|list| list.key == *key);
            (state.records.changes, list.map_or(0, |list| list.ids.len()))
        });
        self.error.set(None);
        let reply = first(app, key, shown).await;
        let changed = app.peek(|state| state.records.changes != changes);
        let again = self.with_fetch(number, |fetching| {
            fetching.again |= changed;
            fetching.done = !fetching.again;
            fetching.again
        });
        let Some(again) = again else { return false };
        match reply {
            Ok(page) => {
                learn_companies(app, &page.items);
                app.change(|state| state.start_record_list(key.clone(), page));
            }
            Err(error) => self.error.set(Some(error)),
        }
        again
    }

    /// Fetches the next page.
    pub fn more(self) {
        let next = self.app.peek(|state| {
            let list = state.records.list()?;
            Some((list.key.clone(), list.next_cursor.clone()?))
        });
        let Some((key, cursor)) = next else { return };
        if self.next.with_value(|next| next.as_ref() == Some(&cursor)) {
            return;
        }
        self.next.set_value(Some(cursor.clone()));
        spawn_local(async move {
            let query = PageQuery { cursor: Some(cursor.clone()), limit: Some(LARGEST_PAGE) };
            let reply = requests::list(self.app, &key, query).await;
            if self.next.try_set_value(None).is_some() {
                return;
            }
            match reply {
                Ok(page) => self.extend(&key, &cursor, page),
                Err(error) => self.app.fail(&error),
            }
        });
    }

    /// Adds a page. A list that was fetched again meanwhile may end elsewhere: what follows is asked for anew.
    fn extend(self, key: &RecordListKey, cursor: &str, page: Page<Record>) {
        let ends_here = self.app.peek(|state| {
            let list = state.records.list().filter(|list| list.key == *key)?;
            Some(list.next_cursor.as_deref() == Some(cursor))
        });
        match ends_here {
            Some(true) => {
                learn_companies(self.app, &page.items);
                self.app.change(|state| state.extend_record_list(page));
            }
            Some(false) => self.more(),
            None => {}
        }
    }
}

/// The first records of a list: one page, or as many as are asked for.
async fn first(app: App, key: &RecordListKey, wanted: usize) -> Result<Page<Record>, ClientError> {
    let limit = if wanted > ROWS.into() { LARGEST_PAGE } else { ROWS };
    let mut page = requests::list(app, key, PageQuery { cursor: None, limit: Some(limit) }).await?;
    while page.items.len() < wanted && page.next_cursor.is_some() {
        let query = PageQuery { cursor: page.next_cursor.take(), limit: Some(LARGEST_PAGE) };
        let next = requests::list(app, key, query).await?;
        page.items.extend(next.items);
        page.next_cursor = next.next_cursor;
    }
    Ok(page)
}

/// Fetches the companies of contacts that are not known yet, so that lists can name them.
fn learn_companies(app: App, records: &[Record]) {
    let company = |record: &Record| match record {
        Record::Contact(contact) => contact.company_id,
        _ => None,
    };
    let mut missing: BTreeSet<CompanyId> = records.iter().filter_map(company).collect();
    app.peek(|state| missing.retain(|id| !state.directory.companies.contains_key(id)));
    if missing.is_empty() {
        return;
    }
    spawn_local(async move {
        let fetch = |company_id| async move { app.api().get_company(&CompanyPath { company_id }).await };
        let companies = join_all(missing.into_iter().map(fetch)).await;
        app.change(|state| {
            // Without its company a contact is listed all the same.
            for company in companies.into_iter().flatten() {
                state.directory.insert_record(Record::Company(company));
            }
        });
    });
}

/// Fetches what was set up for records: custom properties, stages, statuses, saved views.
///
/// # Errors
/// As the requests.
pub async fn load_setup(app: App) -> Result<RecordSetup, ClientError> {
    let api = app.api();
    let (every_property, every_view) = (ListProperties::default(), ListSavedViews::default());
    // At the same time: the first screen waits for all four.
    let (properties, pipeline, ticket_statuses, views) = try_join4(
        api.list_properties(&every_property),
        api.get_pipeline(),
        api.get_ticket_statuses(),
        api.list_saved_views(&every_view),
    )
    .await?;
    let setup = RecordSetup {
        properties: properties.items.into_iter().map(|property| (property.id, property)).collect(),
        stages: pipeline.stages,
        statuses: ticket_statuses.statuses,
        views: views.items.into_iter().map(|view| (view.id, view)).collect(),
    };
    app.change(|state| state.records.setup = Some(setup.clone()));
    Ok(setup)
}
