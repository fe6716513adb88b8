//! Fetches what the screens of records show into the state.

use std::collections::BTreeSet;
use std::time::Duration;

use client::ClientError;
use leptos::{prelude::*, task::spawn_local};
use state::{Record, RecordListKey, RecordSetup};
use types::crm::{CompanyPath, ListProperties, ListSavedViews};
use types::page::PageQuery;
use types::{CompanyId, Page};

use super::requests;
use crate::context::App;

/// How many rows a page of the list has.
const ROWS: u16 = 50;
/// The largest page the server gives.
const LARGEST_PAGE: u16 = 200;
/// Changes within this time are fetched together.
const COLLECT: Duration = Duration::from_millis(300);

/// How the list on the screen stands.
#[derive(Clone, Copy)]
pub struct ListLoading {
    app: App,
    /// What the list shall show.
    pub key: RwSignal<RecordListKey>,
    /// Why it could not be fetched.
    pub error: RwSignal<Option<ClientError>>,
    /// Whether it is going to be fetched again soon.
    scheduled: StoredValue<bool>,
}

impl ListLoading {
    /// A list that is not fetched yet.
    pub fn new(app: App, key: RecordListKey) -> Self {
        Self { app, key: RwSignal::new(key), error: RwSignal::new(None), scheduled: StoredValue::new(false) }
    }

    /// Fetches again after a moment, once for all the changes of that moment.
    pub fn reload_soon(self) {
        if self.scheduled.get_value() {
            return;
        }
        self.scheduled.set_value(true);
        let reload = move || {
            // The list may be gone by now.
            if self.scheduled.try_set_value(false).is_none() {
                self.reload();
            }
        };
        set_timeout(reload, COLLECT);
    }

    /// Fetches as many records as are there, so that a list does not shrink under the reader; one page of another list.
    pub fn reload(self) {
        let key = self.key.get_untracked();
        self.error.set(None);
        let shown = self.app.peek(|state| {
            let list = state.records.list().filter(|list| list.key == key);
            list.map_or(0, |list| list.ids.len())
        });
        spawn_local(async move {
            let reply = first(self.app, &key, shown).await;
            if self.key.try_get_untracked().as_ref() != Some(&key) {
                return;
            }
            match reply {
                Ok(page) => {
                    learn_companies(self.app, &page.items);
                    self.app.change(|state| state.start_record_list(key, page));
                }
                Err(error) => {
                    let _ = self.error.try_set(Some(error));
                }
            }
        });
    }

    /// Fetches the next page.
    pub fn more(self) {
        let next = self.app.peek(|state| {
            let list = state.records.list()?;
            Some((list.key.clone(), list.next_cursor.clone()?))
        });
        let Some((key, cursor)) = next else { return };
        spawn_local(async move {
            let query = PageQuery { cursor: Some(cursor.clone()), limit: Some(LARGEST_PAGE) };
            match requests::list(self.app, &key, query).await {
                Ok(page) => {
                    learn_companies(self.app, &page.items);
                    self.app.change(|state| {
                        let same = state.records.list().is_some_and(|list| {
                            list.key == key && list.next_cursor.as_ref() == Some(&cursor)
                        });
                        if same {
                            state.extend_record_list(page);
                        }
                    });
                }
                Err(error) => self.app.fail(&error),
            }
        });
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
        for company_id in missing {
            // Without its company a contact is listed all the same.
            if let Ok(company) = app.api().get_company(&CompanyPath { company_id }).await {
                app.change(|state| state.directory.insert_record(Record::Company(company)));
            }
        }
    });
}

/// Fetches what was set up for records: custom properties, stages, statuses, saved views.
///
/// # Errors
/// As the requests.
pub async fn load_setup(app: App) -> Result<RecordSetup, ClientError> {
    let api = app.api();
    let properties = api.list_properties(&ListProperties::default()).await?.items;
    let stages = api.get_pipeline().await?.stages;
    let statuses = api.get_ticket_statuses().await?.statuses;
    let views = api.list_saved_views(&ListSavedViews::default()).await?.items;
    let setup = RecordSetup {
        properties: properties.into_iter().map(|property| (property.id, property)).collect(),
        stages,
        statuses,
        views: views.into_iter().map(|view| (view.id, view)).collect(),
    };
    app.change(|state| state.records.setup = Some(setup.clone()));
    Ok(setup)
}
