//! Following a calendar (<https://learn.microsoft.com/graph/delta-query-events>).

use std::collections::HashMap;

use serde_json::{Map, Value};

use super::Microsoft;
use super::wire::{Item, Page};
use crate::rest::{self, MOST_PAGES};
use crate::{Changes, Error, Result, SyncToken, Window};

/// What an occurrence never has from its series.
const OWN: [&str; 3] = ["@odata.etag", "recurrence", "type"];

impl Microsoft {
    /// What is in the window, or with the token of an earlier answer what changed since. At Microsoft each instance of a
    /// recurring event has an id of its own.
    ///
    /// A token is good for the window that it was begun with: whoever moves the window asks without a token.
    ///
    /// # Errors
    /// [`Error::TokenExpired`] when the token is not known any more; [`Error::NotFound`] when the calendar is gone;
    /// [`Error::Unauthorized`]; [`Error::Unreachable`].
    pub async fn changes(
        &self,
        calendar: &str,
        window: Window,
        token: Option<&SyncToken>,
    ) -> Result<Changes> {
        let first = match token {
            Some(SyncToken(link)) => link.clone(),
            None => {
                let (from, until) = (window.from.to_string(), window.until.to_string());
                let path = ["me", "calendars", calendar, "calendarView", "delta"];
                rest::address(&self.0.base_url, &path, &[("startDateTime", &from), ("endDateTime", &until)])?
            }
        };
        let (items, link) = self.round(first).await?;
        let mut changes = Changes {
            is_full: token.is_none(),
            changed_ids: Vec::new(),
            events: Vec::new(),
            token: link.map(SyncToken),
        };
        let mut series = of_series(&items);
        for item in items {
            let Some(id) = item.get("id").and_then(Value::as_str).map(str::to_owned) else { continue };
            if !changes.is_full {
                changes.changed_ids.push(id);
            }
            if item.contains_key("@removed") || is_series(&item) {
                continue;
            }
            let Some(whole) = self.completed(item, &mut series).await? else { continue };
            let event = Item::read(Value::Object(whole))?.into_event()?;
            if window.touches(event.starts_at, event.ends_at) {
                changes.events.push(event);
            }
        }
        // What came twice in one round is as it came last.
        let mut last: HashMap<String, usize> = HashMap::new();
        for (place, event) in changes.events.iter().enumerate() {
            last.insert(event.external_id.clone(), place);
        }
        let mut place = 0;
        changes.events.retain(|event| {
            place += 1;
            last.get(&event.external_id) == Some(&(place - 1))
        });
        changes.changed_ids.sort_unstable();
        changes.changed_ids.dedup();
        Ok(changes)
    }

    /// All pages of a round, and where the next one begins.
    async fn round(&self, first: String) -> Result<(Vec<Map<String, Value>>, Option<String>)> {
        let mut url = first;
        let mut items: Vec<Map<String, Value>> = Vec::new();
        for _ in 0..MOST_PAGES {
            let page: Page<Map<String, Value>> = self.follow(&url).await?;
            for item in page.value {
                // What is removed later in a round is not what it was earlier in it.
                if item.contains_key("@removed") {
                    items.retain(|other| other.get("id") != item.get("id"));
                }
                items.push(item);
            }
            match page.next_link {
                Some(next) => url = next,
                None => return Ok((items, page.delta_link)),
            }
        }
        Err(Error::Unusable("the calendar has too many events".to_owned()))
    }

    /// An occurrence with what it has from its series, of which Graph tells its times alone; nothing when the series is gone
    /// meanwhile.
    async fn completed(
        &self,
        item: Map<String, Value>,
        series: &mut HashMap<String, Map<String, Value>>,
    ) -> Result<Option<Map<String, Value>>> {
        let Some(id) = item.get("seriesMasterId").and_then(Value::as_str).map(str::to_owned) else {
            return Ok(Some(item));
        };
        if item.contains_key("showAs") {
            return Ok(Some(item));
        }
        if !series.contains_key(&id) {
            match self.0.read::<Map<String, Value>>(&["me", "events", &id], &[]).await {
                Ok(found) => series.insert(id.clone(), found),
                Err(Error::NotFound) => return Ok(None),
                Err(cause) => return Err(cause),
            };
        }
        let mut whole = series.get(&id).cloned().unwrap_or_default();
        whole.retain(|field, _| !OWN.contains(&field.as_str()));
        whole.extend(item.into_iter().filter(|(_, value)| !value.is_null()));
        Ok(Some(whole))
    }
}

fn is_series(item: &Map<String, Value>) -> bool {
    item.get("type").and_then(Value::as_str) == Some("seriesMaster")
}

/// The recurring events of a round, by their ids.
fn of_series(items: &[Map<String, Value>]) -> HashMap<String, Map<String, Value>> {
    let series = items.iter().filter(|item| is_series(item));
    series
        .filter_map(|item| item.get("id").and_then(Value::as_str).map(|id| (id.to_owned(), item.clone())))
        .collect()
}
