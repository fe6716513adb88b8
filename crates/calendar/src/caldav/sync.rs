//! What changed in a calendar: by sync-collection (RFC 6578) where the server offers it, else by asking for the window.

use jiff::tz::TimeZone;
use reqwest::StatusCode;
use url::Url;

use super::{
    CalDav,
    http::Request,
    xml::{self, Item},
};
use crate::{Changes, Error, Event, Result, SyncToken, Window, ical};

/// The events that are asked for at once.
const BATCH: usize = 50;
/// The parts in which a server may tell one answer (RFC 6578, section 3.6).
const MAX_PARTS: usize = 100;
/// How often a window is halved that a server does not tell whole: a year becomes less than a week.
const MAX_HALVINGS: u32 = 6;
const TOKEN: &str = r#"<propfind xmlns="DAV:"><prop><sync-token/></prop></propfind>"#;

impl CalDav {
    /// What changed since `token`; without one, or where the server keeps none, all that is in the window. Times without
    /// a zone are those of `zone`. A deletion counts only when asking for the event finds none.
    ///
    /// # Errors
    /// [`Error::TokenExpired`] when the server does not know `token` any more; others as their names say.
    pub async fn changes(
        &self,
        calendar: &str,
        window: Window,
        zone: &TimeZone,
        token: Option<&SyncToken>,
    ) -> Result<Changes> {
        let calendar = self.resolved(&self.url, calendar)?;
        match token {
            Some(token) => self.since(&calendar, window, zone, token).await,
            None => self.all(&calendar, window, zone).await,
        }
    }

    async fn all(&self, calendar: &Url, window: Window, zone: &TimeZone) -> Result<Changes> {
        // The token is asked for first: what changes while the events are read is told again, and nothing is missed.
        let (root, _) = self.multi_status("PROPFIND", calendar, "0", TOKEN.to_owned()).await?;
        let token = xml::items(&root).iter().find_map(|item| item.found.text_of("sync-token"));
        let mut hrefs = Vec::new();
        let mut windows = vec![(window, MAX_HALVINGS)];
        while let Some((part, halvings)) = windows.pop() {
            match self.query(calendar, part).await? {
                Some(found) => hrefs.extend(found),
                None if halvings > 0 => {
                    let middle = types::Timestamp(part.from.0.midpoint(part.until.0));
                    windows.push((Window { from: part.from, until: middle }, halvings - 1));
                    windows.push((Window { from: middle, until: part.until }, halvings - 1));
                }
                None => return Err(Error::Unusable("the server does not tell all events".to_owned())),
            }
        }
        hrefs.sort();
        hrefs.dedup();
        let (events, _) = self.read_all(calendar, &hrefs, window, zone).await?;
        Ok(Changes { is_full: true, changed_ids: Vec::new(), events, token: token.map(SyncToken) })
    }

    /// The addresses of the events in the window. `None` when the server cut its answer short.
    async fn query(&self, calendar: &Url, window: Window) -> Result<Option<Vec<Url>>> {
        let range = range(window)?;
        let body = format!(
            r#"<C:calendar-query xmlns="DAV:" xmlns:C="urn:ietf:params:xml:ns:caldav"><prop><getetag/></prop><C:filter><C:comp-filter name="VCALENDAR"><C:comp-filter name="VEVENT"><C:time-range {range}/></C:comp-filter></C:comp-filter></C:filter></C:calendar-query>"#
        );
        let (root, at) = self.multi_status("REPORT", calendar, "1", body).await?;
        let items = xml::items(&root);
        if items.iter().any(|item| item.status == Some(507)) {
            return Ok(None);
        }
        items.iter().map(|item| self.resolved(&at, &item.href)).collect::<Result<_>>().map(Some)
    }

    async fn since(
        &self,
        calendar: &Url,
        window: Window,
        zone: &TimeZone,
        token: &SyncToken,
    ) -> Result<Changes> {
        let (mut changed, mut gone) = (Vec::new(), Vec::new());
        let mut token = token.clone();
        let mut is_whole = false;
        for _ in 0..MAX_PARTS {
            let (items, next, at) = self.part(calendar, &token).await?;
            is_whole = true;
            for item in items {
                let url = self.resolved(&at, &item.href)?;
                match item.status {
                    Some(507) => is_whole = false,
                    Some(404 | 410) => gone.push(url),
                    _ if url.path().ends_with('/') || url == *calendar => {}
                    _ => changed.push(url),
                }
            }
            if next == token {
                is_whole = true;
            }
            token = next;
            if is_whole {
                break;
            }
        }
        if !is_whole {
            return Err(Error::Unusable("the changes do not end".to_owned()));
        }
        let mut changed_ids: Vec<_> = changed.iter().chain(&gone).map(Url::to_string).collect();
        for url in gone {
            match self.fetch(&url).await {
                // It is there after all.
                Ok(_) => changed.push(url),
                Err(Error::NotFound) => {}
                Err(error) => return Err(error),
            }
        }
        changed.sort();
        changed.dedup();
        changed_ids.sort();
        changed_ids.dedup();
        let (events, _) = self.read_all(calendar, &changed, window, zone).await?;
        Ok(Changes { is_full: false, changed_ids, events, token: Some(token) })
    }

    async fn part(&self, calendar: &Url, token: &SyncToken) -> Result<(Vec<Item>, SyncToken, Url)> {
        let body = format!(
            r#"<sync-collection xmlns="DAV:"><sync-token>{}</sync-token><sync-level>1</sync-level><prop><getetag/></prop></sync-collection>"#,
            xml::escaped(&token.0)
        );
        let headers = [("Depth", "0"), ("Content-Type", "application/xml; charset=utf-8")];
        let reply = self.send(&Request { method: "REPORT", url: calendar, headers: &headers, body }).await?;
        let is_refused = matches!(reply.status.as_u16(), 400 | 403 | 409 | 410 | 412 | 507);
        if is_refused && (reply.status == StatusCode::GONE || reply.names("valid-sync-token")) {
            return Err(Error::TokenExpired);
        }
        let reply = reply.accepted()?;
        let root = xml::read(&reply.text)?;
        let next =
            root.text_of("sync-token").ok_or_else(|| Error::Unusable("it tells no sync-token".to_owned()))?;
        Ok((xml::items(&root), SyncToken(next), reply.url))
    }

    /// Reads events by their addresses (calendar-multiget, RFC 4791, section 7.9), and which are gone. Each address must
    /// be answered.
    async fn read_all(
        &self,
        calendar: &Url,
        urls: &[Url],
        window: Window,
        zone: &TimeZone,
    ) -> Result<(Vec<Event>, Vec<Url>)> {
        let budget = ical::Budget::new();
        let (mut events, mut gone) = (Vec::new(), Vec::new());
        for batch in urls.chunks(BATCH) {
            let hrefs: String =
                batch.iter().map(|url| format!("<href>{}</href>", xml::escaped(url.path()))).collect();
            let body = format!(
                r#"<C:calendar-multiget xmlns="DAV:" xmlns:C="urn:ietf:params:xml:ns:caldav"><prop><getetag/><C:calendar-data/></prop>{hrefs}</C:calendar-multiget>"#
            );
            let (root, at) = self.multi_status("REPORT", calendar, "1", body).await?;
            let mut answered = std::collections::HashMap::new();
            for item in xml::items(&root) {
                answered.insert(same(&self.resolved(&at, &item.href)?), item);
            }
            for url in batch {
                let told = answered.get(&same(url));
                let data = told.and_then(|item| {
                    Some((item.found.text_of("calendar-data")?, item.found.text_of("getetag")))
                });
                let data = match data {
                    Some(data) => Some(data),
                    // What the answer leaves out is asked for itself: a missing event would look like free time.
                    None => match self.fetch(url).await {
                        Ok(reply) => Some((reply.text, reply.etag)),
                        Err(Error::NotFound) => None,
                        Err(error) => return Err(error),
                    },
                };
                let Some((text, etag)) = data else {
                    gone.push(url.clone());
                    continue;
                };
                let calendar = ical::Component::read(&text)?;
                for mut event in ical::events_of(&calendar, window, zone, self.owner.as_deref(), &budget)? {
                    event.external_id = url.to_string();
                    event.etag.clone_from(&etag);
                    events.push(event);
                }
            }
        }
        events.sort_by(|a, b| {
            (a.starts_at, &a.external_id, &a.instance).cmp(&(b.starts_at, &b.external_id, &b.instance))
        });
        Ok((events, gone))
    }
}

/// An address with its percent-encodings undone, since servers encode differently from each other.
fn same(url: &Url) -> String {
    percent_encoding::percent_decode_str(url.path()).decode_utf8_lossy().into_owned()
}

/// The attributes of a time-range.
fn range(window: Window) -> Result<String> {
    let utc = |at: types::Timestamp| {
        let at = jiff::Timestamp::from_microsecond(at.0);
        at.map(|at| at.strftime("%Y%m%dT%H%M%SZ").to_string())
            .map_err(|_| Error::Unusable("the window lies beyond the calendar".to_owned()))
    };
    // Seconds are the finest that can be asked for: the end is rounded up.
    let until = types::Timestamp(window.until.0.saturating_add(types::Timestamp::SECOND - 1));
    Ok(format!(r#"start="{}" end="{}""#, utc(window.from)?, utc(until)?))
}
