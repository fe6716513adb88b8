//! Google Calendar, API version 3 (<https://developers.google.com/workspace/calendar/api/v3/reference>).
//!
//! - Nothing is asked twice: whoever calls decides what is tried again, and when.
//! - Nobody is written to: each change is sent with `sendUpdates=none`.
//!
//! Map: `wire` what Google sends, and what that is here; `write` events that we put there; `channels` telling us of changes.

mod channels;
mod wire;
mod write;

use reqwest::{Client, StatusCode};

use crate::rest::{self, Answer, Api, MOST_PAGES};
use crate::{CalendarInfo, Changes, Error, Event, Result, SyncToken, Window};
pub use channels::GoogleChannel;
use wire::{Calendar, Calendars, Events, Refusal};

/// Events of a page: the most that Google gives.
const PAGE: &str = "2500";
/// Calendars of a page: the most that Google gives.
const CALENDARS_PAGE: &str = "250";

/// A client of Google Calendar with the access token of one account.
#[derive(Clone, Debug)]
pub struct Google(Api);

impl Google {
    /// A client of the API at this address, `https://www.googleapis.com/calendar/v3` unless tests have another. `http` must
    /// follow no redirects, which could carry the token elsewhere. Opens no connection yet.
    pub fn new(http: Client, base_url: &str, access_token: &str) -> Self {
        let (base_url, token) = (base_url.to_owned(), access_token.to_owned());
        Self(Api { http, base_url, token, headers: &[], error })
    }

    /// The calendars that the account has in its list, its own and others'. Of one that it may see free and busy of alone,
    /// the events have no titles.
    ///
    /// # Errors
    /// [`Error::Unauthorized`], [`Error::Unreachable`].
    pub async fn calendars(&self) -> Result<Vec<CalendarInfo>> {
        let mut found = Vec::new();
        let mut next = String::new();
        for _ in 0..MOST_PAGES {
            let query = [("maxResults", CALENDARS_PAGE), ("pageToken", &next)];
            let page: Calendars = self.0.read(&["users", "me", "calendarList"], &query).await?;
            found.extend(page.items.into_iter().map(Calendar::into_info));
            match page.next_page_token {
                Some(token) => next = token,
                None => return Ok(found),
            }
        }
        Err(Error::Unusable("the account has too many calendars".to_owned()))
    }

    /// What is in the window, or with the token of an earlier answer what changed since. Each instance of a recurring event
    /// has the id of the series as its `external_id`; a series of which something changed is given with all its instances.
    ///
    /// Google keeps to the window of the first answer for as long as its tokens are used: whoever moves the window asks
    /// without a token.
    ///
    /// # Errors
    /// [`Error::TokenExpired`] when the token is not known any more; [`Error::NotFound`] when the calendar is gone, or may not
    /// be read; [`Error::Unauthorized`]; [`Error::Unreachable`].
    pub async fn changes(
        &self,
        calendar: &str,
        window: Window,
        token: Option<&SyncToken>,
    ) -> Result<Changes> {
        let path = ["calendars", calendar, "events"];
        let listed = match token {
            Some(SyncToken(token)) => self.list(&path, &[("syncToken", token)]).await?,
            None => {
                let (from, until) = (window.from.to_string(), window.until.to_string());
                self.list(&path, &[("timeMin", &from), ("timeMax", &until)]).await?
            }
        };
        let token_after = listed.next_sync_token.clone().map(SyncToken);
        if token.is_none() {
            let events = listed.events_in(window)?;
            return Ok(Changes { is_full: true, changed_ids: Vec::new(), events, token: token_after });
        }
        let mut changed_ids: Vec<String> = listed.items.iter().map(|item| item.series().to_owned()).collect();
        changed_ids.sort_unstable();
        changed_ids.dedup();
        let mut events = listed.single_events_in(window)?;
        for series in listed.touched_series() {
            events.extend(self.instances(calendar, series, window).await?);
        }
        Ok(Changes { is_full: false, changed_ids, events, token: token_after })
    }

    /// The instances of a recurring event in the window; none when it is gone.
    async fn instances(&self, calendar: &str, series: &str, window: Window) -> Result<Vec<Event>> {
        let (from, until) = (window.from.to_string(), window.until.to_string());
        let path = ["calendars", calendar, "events", series, "instances"];
        match self.list(&path, &[("timeMin", &from), ("timeMax", &until)]).await {
            Ok(listed) => listed.events_in(window),
            Err(Error::NotFound | Error::TokenExpired) => Ok(Vec::new()),
            Err(cause) => Err(cause),
        }
    }

    /// All pages of a list of events, as one.
    async fn list(&self, path: &[&str], first: &[(&str, &str)]) -> Result<Events> {
        let is_instances = path.last() == Some(&"instances");
        let mut all = Events::default();
        let mut next = String::new();
        for _ in 0..MOST_PAGES {
            let mut query = vec![("maxResults", PAGE), ("pageToken", &next)];
            if !is_instances {
                query.push(("singleEvents", "true"));
            }
            query.extend_from_slice(first);
            let page: Events = self.0.read(path, &query).await?;
            all.items.extend(page.items);
            all.time_zone = page.time_zone.or(all.time_zone);
            all.next_sync_token = page.next_sync_token;
            match page.next_page_token {
                Some(token) => next = token,
                None => return Ok(all),
            }
        }
        Err(Error::Unusable("the calendar has too many events".to_owned()))
    }

    /// An event as it is now. One that was deleted is cancelled.
    ///
    /// # Errors
    /// [`Error::NotFound`], [`Error::Unauthorized`], [`Error::Unreachable`].
    pub async fn get(&self, calendar: &str, external_id: &str) -> Result<Event> {
        let item: wire::Item = self.0.read(&["calendars", calendar, "events", external_id], &[]).await?;
        let zone = match item.is_all_day() {
            // Days are the calendar's, and an event does not say of which zone that is.
            true => self.0.read::<Calendar>(&["calendars", calendar], &[]).await?.time_zone,
            false => None,
        };
        item.into_event(zone.as_deref().unwrap_or("UTC"))
    }
}

/// Why Google refuses (<https://developers.google.com/workspace/calendar/api/guides/errors>).
fn error(answer: &Answer) -> Error {
    let refusal: Refusal = serde_json::from_slice(&answer.body).unwrap_or_default();
    let reason = refusal.reason();
    let text =
        if reason.is_empty() { answer.status.to_string() } else { format!("{}: {reason}", answer.status) };
    match (answer.status, reason) {
        (StatusCode::FORBIDDEN, reason) if reason.to_ascii_lowercase().contains("limitexceeded") => {
            Error::Unreachable(text)
        }
        (StatusCode::FORBIDDEN, "quotaExceeded") => Error::Unreachable(text),
        (StatusCode::FORBIDDEN, "insufficientPermissions" | "authError") => Error::Unauthorized,
        (StatusCode::FORBIDDEN, "requiredAccessLevel" | "forbiddenForNonOrganizer") => Error::ReadOnly,
        (StatusCode::FORBIDDEN, "accessNotConfigured") => Error::Unusable(text),
        (StatusCode::UNAUTHORIZED, _) => Error::Unauthorized,
        (StatusCode::FORBIDDEN | StatusCode::NOT_FOUND, _) => Error::NotFound,
        (StatusCode::GONE, "deleted") => Error::NotFound,
        (StatusCode::GONE, _) => Error::TokenExpired,
        (StatusCode::PRECONDITION_FAILED, _) => Error::Changed,
        (status, _) if rest::is_for_now(status) => Error::Unreachable(text),
        _ => Error::Unusable(text),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn refusals_say_what_is_to_be_done() {
        let judge = |status: u16, reason: &str| {
            let body = format!(r#"{{"error": {{"code": {status}, "errors": [{{"reason": "{reason}"}}]}}}}"#);
            let status = StatusCode::from_u16(status).unwrap();
            error(&Answer { status, etag: None, body: body.into_bytes() })
        };
        for reason in ["rateLimitExceeded", "userRateLimitExceeded", "dailyLimitExceeded", "quotaExceeded"] {
            assert!(matches!(judge(403, reason), Error::Unreachable(_)), "{reason}");
        }
        assert!(matches!(judge(429, "rateLimitExceeded"), Error::Unreachable(_)));
        assert!(matches!(judge(503, "backendError"), Error::Unreachable(_)));
        assert!(matches!(judge(401, "authError"), Error::Unauthorized));
        assert!(matches!(judge(403, "insufficientPermissions"), Error::Unauthorized));
        assert!(matches!(judge(403, "requiredAccessLevel"), Error::ReadOnly));
        assert!(matches!(judge(403, "forbidden"), Error::NotFound));
        assert!(matches!(judge(404, "notFound"), Error::NotFound));
        assert!(matches!(judge(410, "deleted"), Error::NotFound));
        assert!(matches!(judge(410, "fullSyncRequired"), Error::TokenExpired));
        assert!(matches!(judge(412, "conditionNotMet"), Error::Changed));
        assert!(matches!(judge(400, "invalid"), Error::Unusable(_)));
    }
}
