//! JSON over HTTP with a bearer token (RFC 6750), as Google and Microsoft have it.

use std::time::Duration;

use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};
use reqwest::header::ETAG;
use reqwest::{Client, Method, RequestBuilder, StatusCode};
use serde::de::DeserializeOwned;
use serde_json::Value;
use types::Timestamp;

use crate::{Error, Result, Window};

/// The longest wait for an answer: what asks may hold up a page that somebody looks at.
const TIMEOUT: Duration = Duration::from_secs(5);
/// Most bytes of an answer: 2500 events with long descriptions.
const MOST_BYTES: usize = 32 * 1024 * 1024;
/// Most pages that are turned.
pub(crate) const MOST_PAGES: usize = 100;

/// What stays as it is in a path (RFC 3986, section 2.3).
const RESERVED: &AsciiSet = &NON_ALPHANUMERIC.remove(b'-').remove(b'.').remove(b'_').remove(b'~');

/// What a server answered.
#[derive(Debug)]
pub(crate) struct Answer {
    pub(crate) status: StatusCode,
    pub(crate) etag: Option<String>,
    pub(crate) body: Vec<u8>,
}

impl Answer {
    /// The body, read.
    pub(crate) fn json<T: DeserializeOwned>(&self) -> Result<T> {
        serde_json::from_slice(&self.body)
            .map_err(|cause| Error::Unusable(format!("its answer cannot be read: {cause}")))
    }
}

/// An API with the access token of one account. Everything is asked once.
#[derive(Clone)]
pub(crate) struct Api {
    pub(crate) http: Client,
    pub(crate) base_url: String,
    pub(crate) token: String,
    /// Headers of every request.
    pub(crate) headers: &'static [(&'static str, &'static str)],
    /// What a refusal means.
    pub(crate) error: fn(&Answer) -> Error,
}

impl std::fmt::Debug for Api {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Api").field("base_url", &self.base_url).finish_non_exhaustive()
    }
}

impl Api {
    /// A request to a path below the API's address.
    pub(crate) fn request(
        &self,
        method: Method,
        path: &[&str],
        query: &[(&str, &str)],
    ) -> Result<RequestBuilder> {
        Ok(self.http.request(method, address(&self.base_url, path, query)?))
    }

    /// Reads what is at a path.
    pub(crate) async fn read<T: DeserializeOwned>(&self, path: &[&str], query: &[(&str, &str)]) -> Result<T> {
        self.ask(self.request(Method::GET, path, query)?).await?.json()
    }

    /// Sends something to a path, and reads the answer.
    pub(crate) async fn post<T: DeserializeOwned>(&self, path: &[&str], body: &Value) -> Result<T> {
        self.ask(self.request(Method::POST, path, &[])?.json(body)).await?.json()
    }

    /// Asks, and answers what came back unless it is a refusal.
    pub(crate) async fn ask(&self, request: RequestBuilder) -> Result<Answer> {
        let answer = self.answer(request).await?;
        if answer.status.is_success() { Ok(answer) } else { Err((self.error)(&answer)) }
    }

    /// Asks, and reads the whole answer whatever its status.
    pub(crate) async fn answer(&self, request: RequestBuilder) -> Result<Answer> {
        let mut request = request.bearer_auth(&self.token).timeout(TIMEOUT);
        for (name, value) in self.headers {
            request = request.header(*name, *value);
        }
        let mut reply = request.send().await.map_err(unreachable)?;
        let status = reply.status();
        let etag = reply.headers().get(ETAG).and_then(|etag| etag.to_str().ok()).map(str::to_owned);
        let mut body = Vec::new();
        while let Some(chunk) = reply.chunk().await.map_err(unreachable)? {
            body.extend_from_slice(&chunk);
            if body.len() > MOST_BYTES {
                return Err(Error::Unusable("its answer is too long".to_owned()));
            }
        }
        Ok(Answer { status, etag, body })
    }
}

/// What has been ended or taken away before is fine.
pub(crate) fn gone_is_fine(answer: Result<Answer>) -> Result<()> {
    match answer {
        Ok(_) | Err(Error::NotFound | Error::TokenExpired) => Ok(()),
        Err(cause) => Err(cause),
    }
}

/// Without the address, which may hold what is not for every reader.
fn unreachable(cause: reqwest::Error) -> Error {
    Error::Unreachable(cause.without_url().to_string())
}

/// Whether asking later may help (RFC 9110, sections 15.5.9 and 15.6; RFC 6585, section 4).
pub(crate) fn is_for_now(status: StatusCode) -> bool {
    let for_now = [StatusCode::REQUEST_TIMEOUT, StatusCode::TOO_MANY_REQUESTS];
    status.is_server_error() || for_now.contains(&status)
}

/// An address below a base: each part is one segment of the path, whatever it holds.
pub(crate) fn address(base: &str, path: &[&str], query: &[(&str, &str)]) -> Result<String> {
    let mut url = base.trim_end_matches('/').to_owned();
    for part in path {
        url.push('/');
        url.extend(utf8_percent_encode(part, RESERVED));
    }
    let given: Vec<_> = query.iter().filter(|(_, value)| !value.is_empty()).collect();
    if !given.is_empty() {
        let query = serde_urlencoded::to_string(given).map_err(|cause| Error::Unusable(cause.to_string()))?;
        url.push('?');
        url.push_str(&query);
    }
    Ok(url)
}

/// The first instant of a date, such as `2026-03-02`, in a zone; in UTC when the zone is none that is known.
pub(crate) fn midnight(date: &str, zone: &str) -> Result<Timestamp> {
    instant(&format!("{date}T00:00:00"), zone)
}

/// A local time without an offset, such as `2026-03-02T09:30:00`, in a zone; in UTC when the zone is none that is known.
/// Of a time that a clock shows twice it is the first, and one that a clock skips counts from before the change (RFC 5545,
/// section 3.3.5).
pub(crate) fn instant(local: &str, zone: &str) -> Result<Timestamp> {
    let unreadable = |cause: jiff::Error| Error::Unusable(format!("{local} is no time: {cause}"));
    let civil: jiff::civil::DateTime = local.parse().map_err(unreadable)?;
    let zone = jiff::tz::TimeZone::get(zone).unwrap_or(jiff::tz::TimeZone::UTC);
    let at = civil.to_zoned(zone).map_err(unreadable)?;
    Ok(Timestamp(at.timestamp().as_microsecond()))
}

impl Window {
    /// Whether a stretch of time touches it. What takes no time touches the instant where it is.
    pub(crate) fn touches(&self, starts_at: Timestamp, ends_at: Timestamp) -> bool {
        starts_at < self.until && (ends_at > self.from || starts_at >= self.from)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_a_path_holds_stays_one_segment() {
        let url = address("https://example.org/v3/", &["calendars", "a/b@c#d"], &[("q", "1 2"), ("no", "")]);
        assert_eq!(url.unwrap(), "https://example.org/v3/calendars/a%2Fb%40c%23d?q=1+2");
    }

    #[test]
    fn days_begin_in_their_zone() {
        let day = |zone: &str| midnight("2026-03-29", zone).unwrap().to_string();
        assert_eq!(day("Europe/Paris"), "2026-03-28T23:00:00Z");
        assert_eq!(day("nowhere"), "2026-03-29T00:00:00Z");
        // 02:30 does not exist on that day, and 02:30 on the other exists twice.
        assert_eq!(
            instant("2026-03-29T02:30:00", "Europe/Paris").unwrap().to_string(),
            "2026-03-29T01:30:00Z"
        );
        assert_eq!(
            instant("2026-10-25T02:30:00", "Europe/Paris").unwrap().to_string(),
            "2026-10-25T00:30:00Z"
        );
        assert!(midnight("2026-02-30", "UTC").is_err());
    }

    #[test]
    fn a_window_holds_its_first_instant_and_not_its_last() {
        let window = Window { from: Timestamp(10), until: Timestamp(20) };
        let touches = |from, until| window.touches(Timestamp(from), Timestamp(until));
        assert!(touches(0, 11) && touches(19, 30) && touches(10, 10) && touches(0, 30));
        assert!(!touches(0, 10) && !touches(20, 30) && !touches(5, 5));
    }
}
