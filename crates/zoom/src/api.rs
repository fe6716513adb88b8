//! The REST API.

use std::time::Duration;

use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};
use reqwest::header::CONTENT_TYPE;
use reqwest::redirect::Policy;
use reqwest::{Client, Method, RequestBuilder, Url};
use serde::de::DeserializeOwned;
use serde_json::Value;
use types::Date;

use crate::model::{Meetings, Participants};
use crate::{Error, Host, Meeting, Participant};

/// The longest wait for an answer, or for more of a file.
const TIMEOUT: Duration = Duration::from_secs(30);
/// Most bytes of an answer.
const MOST_BYTES: usize = 8 * 1024 * 1024;
/// Entries of a page: the most that Zoom gives.
pub(crate) const PAGE: &str = "300";
/// Most pages that are turned: a webinar with 30,000 participants.
pub(crate) const MOST_PAGES: usize = 100;
/// Seconds that the token for the files of a meeting is valid: a day.
const FILES_SECONDS: &str = "86400";

/// What stays as it is in a path (RFC 3986, section 2.3).
const RESERVED: &AsciiSet = &NON_ALPHANUMERIC.remove(b'-').remove(b'.').remove(b'_').remove(b'~');

/// A client of Zoom's API.
#[derive(Debug)]
pub struct Zoom {
    pub(crate) http: Client,
    pub(crate) api_url: Url,
}

impl Zoom {
    /// A client of the API at this address, `https://api.zoom.us/v2` unless tests have another. Opens no connection yet.
    ///
    /// # Errors
    /// [`Error::Elsewhere`] when the address is none, [`Error::Unreachable`] when the machine offers no TLS.
    pub fn open(api_url: &str) -> Result<Self, Error> {
        let api_url = Url::parse(api_url).map_err(|cause| Error::Elsewhere(cause.to_string()))?;
        // A redirect could carry tokens elsewhere; those of files are followed by hand.
        let http = Client::builder().redirect(Policy::none()).read_timeout(TIMEOUT).connect_timeout(TIMEOUT);
        Ok(Self { http: http.build()?, api_url })
    }

    /// The cloud recordings of a meeting or webinar, with a token to fetch them.
    ///
    /// # Errors
    /// [`Error::NotFound`] when it has none, or none any more.
    pub async fn meeting(&self, token: &str, uuid: &str) -> Result<Meeting, Error> {
        let path = format!("meetings/{}/recordings", in_path(uuid));
        let query = [("include_fields", "download_access_token"), ("ttl", FILES_SECONDS)];
        self.get(token, &path, &query).await
    }

    /// The meetings and webinars of a user, by id or address or `me`, that were recorded from one day to another (both
    /// included; at most a month), without tokens to fetch them.
    ///
    /// # Errors
    /// [`Error::NotFound`] when Zoom has no such user.
    pub async fn meetings(
        &self,
        token: &str,
        user: &str,
        (from, to): (Date, Date),
    ) -> Result<Vec<Meeting>, Error> {
        let path = format!("users/{}/recordings", in_path(user));
        let (from, to) = (from.to_string(), to.to_string());
        let mut found = Vec::new();
        let mut next = String::new();
        for _ in 0..MOST_PAGES {
            let query = [("from", &*from), ("to", &to), ("page_size", PAGE), ("next_page_token", &next)];
            let page: Meetings = self.get(token, &path, &query).await?;
            found.extend(page.meetings);
            next = page.next_page_token;
            if next.is_empty() {
                break;
            }
        }
        Ok(found)
    }

    /// Who took part in a meeting or webinar that has ended.
    ///
    /// # Errors
    /// [`Error::Refused`] when the account's plan has no such list.
    pub async fn participants(&self, token: &str, meeting: &Meeting) -> Result<Vec<Participant>, Error> {
        let kind = if meeting.is_webinar() { "past_webinars" } else { "past_meetings" };
        let path = format!("{kind}/{}/participants", in_path(&meeting.uuid));
        let mut found = Vec::new();
        let mut next = String::new();
        for _ in 0..MOST_PAGES {
            let query = [("page_size", PAGE), ("next_page_token", &next)];
            let page: Participants = self.get(token, &path, &query).await?;
            found.extend(page.participants);
            next = page.next_page_token;
            if next.is_empty() {
                break;
            }
        }
        Ok(found)
    }

    /// A user, by id or `me`.
    ///
    /// # Errors
    /// [`Error::NotFound`] when there is none, [`Error::Refused`] when the token is not for others.
    pub async fn user(&self, token: &str, id: &str) -> Result<Host, Error> {
        self.get(token, &format!("users/{}", in_path(id)), &[]).await
    }

    pub(crate) async fn get<T: DeserializeOwned>(
        &self,
        token: &str,
        path: &str,
        query: &[(&str, &str)],
    ) -> Result<T, Error> {
        let query = query.iter().filter(|(_, value)| !value.is_empty()).collect::<Vec<_>>();
        let query = serde_urlencoded::to_string(query).map_err(|cause| Error::Refused(cause.to_string()))?;
        let body = Self::ask(self.http.get(self.url(&format!("{path}?{query}"))), token).await?;
        serde_json::from_slice(&body)
            .map_err(|cause| Error::Unreachable(format!("its answer cannot be read: {cause}")))
    }

    /// Sends something that changes something; answers the body.
    pub(crate) async fn send(
        &self,
        method: Method,
        token: &str,
        path: &str,
        body: Option<&Value>,
    ) -> Result<Vec<u8>, Error> {
        let mut request = self.http.request(method, self.url(path));
        if let Some(body) = body {
            request = request.header(CONTENT_TYPE, "application/json").body(body.to_string());
        }
        Self::ask(request, token).await
    }

    fn url(&self, path: &str) -> String {
        format!("{}/{path}", self.api_url.as_str().trim_end_matches('/'))
    }

    async fn ask(request: RequestBuilder, token: &str) -> Result<Vec<u8>, Error> {
        let mut reply = request.bearer_auth(token).send().await?;
        let status = reply.status();
        let mut body = Vec::new();
        while let Some(chunk) = reply.chunk().await? {
            body.extend_from_slice(&chunk);
            if body.len() > MOST_BYTES {
                return Err(Error::Unreachable("its answer is too long".to_owned()));
            }
        }
        if !status.is_success() {
            return Err(Error::of_reply(status, &body));
        }
        Ok(body)
    }
}

/// An id in a path. One that begins with a slash or holds two of them is encoded twice, as Zoom wants it.
pub(crate) fn in_path(id: &str) -> String {
    let once = utf8_percent_encode(id, RESERVED).to_string();
    if id.starts_with('/') || id.contains("//") {
        return utf8_percent_encode(&once, RESERVED).to_string();
    }
    once
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ids_with_slashes_are_encoded_twice() {
        assert_eq!(in_path("4444AAAiAAAAAiAiAiiAii=="), "4444AAAiAAAAAiAiAiiAii%3D%3D");
        assert_eq!(in_path("gk/Ab+uA=="), "gk%2FAb%2BuA%3D%3D");
        assert_eq!(in_path("/ajXp112QmuoKj4854875=="), "%252FajXp112QmuoKj4854875%253D%253D");
        assert_eq!(in_path("a//b"), "a%252F%252Fb");
    }
}
