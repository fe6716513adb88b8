//! Requests: bounded in time and size, and never to another origin with the credentials.

use std::time::Duration;

use futures_util::StreamExt as _;
use reqwest::{Method, Response, StatusCode, header};
use url::Url;

use super::{
    CalDav,
    xml::{self, Element},
};
use crate::{Error, Result, ical};

/// How long an answer may take: a slow server must not hold up the others.
const TIMEOUT: Duration = Duration::from_secs(5);
/// The redirections that are followed.
const MAX_REDIRECTS: usize = 5;

/// One request.
pub(super) struct Request<'a> {
    pub(super) method: &'a str,
    pub(super) url: &'a Url,
    pub(super) headers: &'a [(&'a str, &'a str)],
    pub(super) body: String,
}

/// What was answered, read to its end.
pub(super) struct Reply {
    pub(super) status: StatusCode,
    pub(super) etag: Option<String>,
    pub(super) text: String,
    /// Where it was found in the end.
    pub(super) url: Url,
}

impl Reply {
    /// The reply, unless it refuses.
    pub(super) fn accepted(self) -> Result<Self> {
        if self.status.is_success() { Ok(self) } else { Err(refusal(self.status)) }
    }

    /// Whether it names that precondition (RFC 4918, section 16).
    pub(super) fn names(&self, precondition: &str) -> bool {
        xml::read(&self.text).is_ok_and(|root| root.name == precondition || root.holds(precondition))
    }
}

impl CalDav {
    /// Sends a request, and follows redirects to the same origin.
    pub(super) async fn send(&self, request: &Request<'_>) -> Result<Reply> {
        let mut url = request.url.clone();
        let method =
            Method::from_bytes(request.method.as_bytes()).map_err(|_| refusal(StatusCode::BAD_REQUEST))?;
        for _ in 0..=MAX_REDIRECTS {
            self.same_origin(&url)?;
            let mut sent = self.http.request(method.clone(), url.clone()).timeout(TIMEOUT);
            sent = sent.basic_auth(&self.user, Some(&self.password));
            for (name, value) in request.headers {
                sent = sent.header(*name, *value);
            }
            let answer = sent.body(request.body.clone()).send().await.map_err(unreachable)?;
            self.same_origin(answer.url())?;
            if answer.status().is_redirection() {
                let next = header_of(&answer, header::LOCATION).and_then(|to| url.join(&to).ok());
                url = next.ok_or_else(|| Error::Unusable("a redirect leads nowhere".to_owned()))?;
                continue;
            }
            let (status, etag) = (answer.status(), header_of(&answer, header::ETAG));
            return Ok(Reply { status, etag, text: body(answer).await?, url });
        }
        Err(Error::Unusable("it leads from address to address".to_owned()))
    }

    /// Sends an XML body and reads the multi-status that answers it.
    pub(super) async fn multi_status(
        &self,
        method: &str,
        url: &Url,
        depth: &str,
        body: String,
    ) -> Result<(Element, Url)> {
        let headers = [("Depth", depth), ("Content-Type", "application/xml; charset=utf-8")];
        let reply = self.send(&Request { method, url, headers: &headers, body }).await?.accepted()?;
        Ok((xml::read(&reply.text)?, reply.url))
    }

    /// An address that the server told, when it is one of its own.
    pub(super) fn resolved(&self, base: &Url, href: &str) -> Result<Url> {
        let url = base.join(href).map_err(|_| Error::Unusable("an address is none".to_owned()))?;
        self.same_origin(&url)?;
        Ok(url)
    }

    fn same_origin(&self, url: &Url) -> Result<()> {
        if url.origin() == self.url.origin() {
            return Ok(());
        }
        Err(Error::Unusable("it leads to another server".to_owned()))
    }
}

/// A header as text.
pub(crate) fn header_of(answer: &Response, name: header::HeaderName) -> Option<String> {
    answer.headers().get(name)?.to_str().ok().map(str::to_owned)
}

/// What a status that is no success means.
pub(crate) fn refusal(status: StatusCode) -> Error {
    match status.as_u16() {
        401 | 403 => Error::Unauthorized,
        404 | 410 => Error::NotFound,
        412 => Error::Changed,
        408 | 429 | 500..=599 => Error::Unreachable(format!("it answered {}", status.as_u16())),
        other => Error::Unusable(format!("it answered {other}")),
    }
}

/// Why a request was not answered, without its address, which may hold a secret.
pub(crate) fn unreachable(error: reqwest::Error) -> Error {
    let why = if error.is_timeout() { "it takes too long" } else { "no connection" };
    Error::Unreachable(why.to_owned())
}

/// The body, as far as it is not too long.
pub(crate) async fn body(answer: Response) -> Result<String> {
    let mut bytes = Vec::new();
    let mut parts = answer.bytes_stream();
    while let Some(part) = parts.next().await {
        let part = part.map_err(unreachable)?;
        if bytes.len() + part.len() > ical::MAX_BYTES {
            return Err(Error::Unusable("it is too long".to_owned()));
        }
        bytes.extend_from_slice(&part);
    }
    Ok(String::from_utf8(bytes)
        .unwrap_or_else(|error| String::from_utf8_lossy(error.as_bytes()).into_owned()))
}
