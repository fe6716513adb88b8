//! Calendars of Microsoft 365 and Outlook.com, through Microsoft Graph, version 1.0
//! (<https://learn.microsoft.com/graph/api/resources/calendar>).
//!
//! - Nothing is asked twice: whoever calls decides what is tried again, and when.
//! - Nobody is written to: Graph writes to whoever is an attendee, so our events have none.
//! - Addresses that Graph hands out are followed at its own origin alone: the token goes along.
//!
//! Map: `wire` what Graph sends, and what that is here; `changes` following a calendar; `write` events that we put there;
//! `subscriptions` telling us of changes; `zones` what Windows calls zones.

mod changes;
mod subscriptions;
mod wire;
mod write;
mod zones;

use reqwest::{Client, StatusCode, Url};
use serde::de::DeserializeOwned;
use serde_json::{Value, json};

use crate::rest::{self, Answer, Api, MOST_PAGES};
use crate::{CalendarInfo, Error, Event, Result, Window};
pub use subscriptions::{MOST_SUBSCRIPTION_SECONDS, MicrosoftSubscription};
use wire::{Calendar, Me, Page, Refusal, Schedule};
pub use zones::iana_zone;

/// Times in UTC, descriptions as text, and ids that stay when an event is moved to another calendar.
const PREFER: &[(&str, &str)] =
    &[("Prefer", "outlook.timezone=\"UTC\", outlook.body-content-type=\"text\", IdType=\"ImmutableId\"")];
/// Events of a page.
const PAGE: &str = "odata.maxpagesize=200";
/// Calendars of a page.
const CALENDARS_PAGE: &str = "100";
/// Minutes that Graph's coarse picture of a schedule has a digit for; the picture is not read.
const PICTURE_MINUTES: u32 = 1440;

/// A client of Microsoft Graph with the access token of one account.
#[derive(Clone, Debug)]
pub struct Microsoft(Api);

impl Microsoft {
    /// A client of the API at this address, `https://graph.microsoft.com/v1.0` unless tests have another. `http` must follow
    /// no redirects, which could carry the token elsewhere. Opens no connection yet.
    pub fn new(http: Client, base_url: &str, access_token: &str) -> Self {
        let (base_url, token) = (base_url.to_owned(), access_token.to_owned());
        Self(Api { http, base_url, token, headers: PREFER, error })
    }

    /// The calendars of the account, its own and those that others share with it. Graph does not say their zone.
    ///
    /// # Errors
    /// [`Error::Unauthorized`], [`Error::Unreachable`]; [`Error::NotFound`] when the account has no mailbox.
    pub async fn calendars(&self) -> Result<Vec<CalendarInfo>> {
        let me: Me = self.0.read(&["me"], &[("$select", "mail,userPrincipalName")]).await?;
        let first = rest::address(&self.0.base_url, &["me", "calendars"], &[("$top", CALENDARS_PAGE)])?;
        let mut next = Some(first);
        let mut found = Vec::new();
        for _ in 0..MOST_PAGES {
            let Some(url) = next else { return Ok(found) };
            let page: Page<Calendar> = self.follow(&url).await?;
            found.extend(page.value.into_iter().map(|calendar| calendar.into_info(&me)));
            next = page.next_link;
        }
        Err(Error::Unusable("the account has too many calendars".to_owned()))
    }

    /// An event as it is now.
    ///
    /// # Errors
    /// [`Error::NotFound`], [`Error::Unauthorized`], [`Error::Unreachable`].
    pub async fn get(&self, external_id: &str) -> Result<Event> {
        let item: Value = self.0.read(&["me", "events", external_id], &[]).await?;
        wire::Item::read(item)?.into_event()
    }

    /// When somebody of the same organization has no time, by their address, whether or not they share their calendar
    /// (`getSchedule`). At most 62 days at a time. Accounts at Outlook.com have no such thing.
    ///
    /// # Errors
    /// [`Error::NotFound`] when nothing is known of the address, [`Error::Unauthorized`], [`Error::Unreachable`].
    pub async fn busy(&self, address: &str, window: Window) -> Result<Vec<Window>> {
        let body = json!({
            "schedules": [address],
            "startTime": wire::time(window.from),
            "endTime": wire::time(window.until),
            "availabilityViewInterval": PICTURE_MINUTES,
        });
        let answered: Page<Schedule> = self.0.post(&["me", "calendar", "getSchedule"], &body).await?;
        let schedule = answered.value.into_iter().next().ok_or(Error::NotFound)?;
        schedule.busy()
    }

    /// Reads a page at an address that is ours or that Graph has handed out.
    async fn follow<T: DeserializeOwned>(&self, url: &str) -> Result<T> {
        let not_ours = || Error::Unusable("it refers to another server".to_owned());
        let (base, url) = (Url::parse(&self.0.base_url), Url::parse(url));
        let (Ok(base), Ok(url)) = (base, url) else { return Err(not_ours()) };
        if url.origin() != base.origin() || !url.username().is_empty() || url.password().is_some() {
            return Err(not_ours());
        }
        self.0.ask(self.0.http.get(url).header("Prefer", PAGE)).await?.json()
    }
}

/// Why Graph refuses (<https://learn.microsoft.com/graph/errors>).
fn error(answer: &Answer) -> Error {
    let refusal: Refusal = serde_json::from_slice(&answer.body).unwrap_or_default();
    let code = refusal.error.code;
    let text = if code.is_empty() { answer.status.to_string() } else { format!("{}: {code}", answer.status) };
    let forgotten = ["syncstatenotfound", "syncstateinvalid", "resyncrequired"];
    if forgotten.contains(&code.to_ascii_lowercase().as_str()) {
        return Error::TokenExpired;
    }
    match (answer.status, code.as_str()) {
        (StatusCode::UNAUTHORIZED, _) => Error::Unauthorized,
        (StatusCode::FORBIDDEN, "Authorization_RequestDenied" | "InsufficientScope") => Error::Unauthorized,
        (StatusCode::FORBIDDEN, "ErrorAccessDenied" | "ErrorCalendarIsReadOnly") => Error::ReadOnly,
        (StatusCode::FORBIDDEN | StatusCode::NOT_FOUND, _) => Error::NotFound,
        (StatusCode::GONE, _) => Error::TokenExpired,
        (StatusCode::PRECONDITION_FAILED, _) | (_, "ErrorIrresolvableConflict") => Error::Changed,
        (status, _) if rest::is_for_now(status) => Error::Unreachable(text),
        _ => Error::Unusable(text),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn refusals_say_what_is_to_be_done() {
        let judge = |status: u16, code: &str| {
            let body = format!(r#"{{"error": {{"code": "{code}", "message": "no"}}}}"#);
            let status = StatusCode::from_u16(status).unwrap();
            error(&Answer { status, etag: None, body: body.into_bytes() })
        };
        assert!(matches!(judge(401, "InvalidAuthenticationToken"), Error::Unauthorized));
        assert!(matches!(judge(403, "ErrorAccessDenied"), Error::ReadOnly));
        assert!(matches!(judge(404, "ErrorItemNotFound"), Error::NotFound));
        assert!(matches!(judge(400, "SyncStateNotFound"), Error::TokenExpired));
        assert!(matches!(judge(410, "syncStateNotFound"), Error::TokenExpired));
        assert!(matches!(judge(410, "resyncRequired"), Error::TokenExpired));
        assert!(matches!(judge(412, "ErrorIrresolvableConflict"), Error::Changed));
        assert!(matches!(judge(409, "ErrorIrresolvableConflict"), Error::Changed));
        for later in [429, 500, 503, 504] {
            assert!(matches!(judge(later, "TooManyRequests"), Error::Unreachable(_)), "{later}");
        }
        assert!(matches!(judge(400, "ErrorInvalidRequest"), Error::Unusable(_)));
    }

    #[test]
    fn only_its_own_addresses_are_followed() {
        let graph = Microsoft::new(Client::new(), "https://graph.microsoft.com/v1.0", "secret");
        for bad in [
            "https://graph.microsoft.com.example.org/v1.0/me",
            "http://graph.microsoft.com/v1.0/me",
            "https://graph.microsoft.com:8443/v1.0/me",
            "https://user@graph.microsoft.com/v1.0/me",
            "me/calendars",
        ] {
            let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
            let followed = runtime.block_on(graph.follow::<Value>(bad));
            assert!(matches!(followed, Err(Error::Unusable(_))), "{bad}: {followed:?}");
        }
        assert!(!format!("{graph:?}").contains("secret"));
    }
}
