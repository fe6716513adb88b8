//! Calendars that are only published, as an iCalendar text at an address.

use std::time::Duration;

use reqwest::{StatusCode, header};
use url::Url;

use crate::{Error, Result, caldav::http, ical};

/// How long an answer may take. Published calendars of years take a while to be made.
const TIMEOUT: Duration = Duration::from_secs(15);
/// The redirections that are followed.
const MAX_REDIRECTS: usize = 5;

/// What an earlier answer said of its version (RFC 9110, section 8.8), for asking whether there is a newer one.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Version {
    /// The ETag.
    pub etag: Option<String>,
    /// The Last-Modified header, as it was written.
    pub last_modified: Option<String>,
}

/// What a feed said.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Answer {
    /// Nothing has changed since the version that was told.
    NotModified,
    /// A text, to be read with [`ical::events`].
    Text {
        /// The whole iCalendar text.
        text: String,
        /// Its version.
        version: Version,
    },
}

/// Reads a feed. `webcal` addresses are read by `https`. Each address is asked only where `may_ask` allows it. The client must
/// refuse names that lead to private addresses, and must not follow redirects by itself: they are followed here, five at most,
/// and never from `https` to `http`.
///
/// # Errors
/// [`Error::Unusable`] when what is there is no iCalendar or longer than [`ical::MAX_BYTES`]; [`Error::NotFound`],
/// [`Error::Unauthorized`] and [`Error::Unreachable`] as their names say.
pub async fn read(
    http: &reqwest::Client,
    address: &str,
    known: &Version,
    may_ask: impl Fn(&Url) -> bool,
) -> Result<Answer> {
    let address = address
        .strip_prefix("webcal://")
        .map_or_else(|| address.to_owned(), |rest| format!("https://{rest}"));
    let mut url = Url::parse(&address).map_err(|_| Error::Unusable("its address is none".to_owned()))?;
    for _ in 0..=MAX_REDIRECTS {
        if !may_ask(&url) {
            return Err(Error::Unusable("it leads to an address that is not taken".to_owned()));
        }
        let mut request =
            http.get(url.clone()).timeout(TIMEOUT).header(header::ACCEPT, "text/calendar, */*;q=0.1");
        if let Some(etag) = &known.etag {
            request = request.header(header::IF_NONE_MATCH, etag);
        }
        if let Some(since) = &known.last_modified {
            request = request.header(header::IF_MODIFIED_SINCE, since);
        }
        let answer = request.send().await.map_err(http::unreachable)?;
        let status = answer.status();
        if status == StatusCode::NOT_MODIFIED {
            return Ok(Answer::NotModified);
        }
        if status.is_redirection() {
            let next = http::header_of(&answer, header::LOCATION).and_then(|to| url.join(&to).ok());
            let next = next.filter(|next| next.scheme() == "https" || next.scheme() == url.scheme());
            url =
                next.ok_or_else(|| Error::Unusable("it leads to an address that is not taken".to_owned()))?;
            continue;
        }
        if !status.is_success() {
            return Err(http::refusal(status));
        }
        let version = Version {
            etag: http::header_of(&answer, header::ETAG),
            last_modified: http::header_of(&answer, header::LAST_MODIFIED),
        };
        let text = http::body(answer).await?;
        ical::Component::read(&text)?;
        return Ok(Answer::Text { text, version });
    }
    Err(Error::Unusable("it leads from address to address".to_owned()))
}
