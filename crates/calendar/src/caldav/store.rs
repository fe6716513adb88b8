//! Events read, written and deleted.

use jiff::tz::TimeZone;
use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};
use url::Url;

use super::{
    CalDav,
    http::{Reply, Request, refusal},
    xml,
};
use crate::{Draft, Error, Event, Result, Written, ical};

/// What is percent-encoded in the name of a resource.
const NAME: &AsciiSet = &NON_ALPHANUMERIC.remove(b'-').remove(b'.').remove(b'_');
const CALENDAR: (&str, &str) = ("Content-Type", "text/calendar; charset=utf-8");

impl CalDav {
    /// An event as it first happens. Times without a zone are those of `zone`.
    ///
    /// # Errors
    /// [`Error::NotFound`] when it is gone; others as their names say.
    pub async fn get(&self, external_id: &str, zone: &TimeZone) -> Result<Event> {
        let url = self.resolved(&self.url, external_id)?;
        let reply = self.fetch(&url).await?;
        let calendar = ical::Component::read(&reply.text)?;
        let mut event = ical::first_of(&calendar, zone, self.owner.as_deref())?.ok_or(Error::NotFound)?;
        event.external_id = url.to_string();
        event.etag = reply.etag;
        Ok(event)
    }

    /// Writes an event, at the time `now` (DTSTAMP): a new one when `etag` is `None`, else a change of the version that
    /// `etag` tells, which keeps what others added. A new one whose UID is there already is that one: what is there is
    /// answered, and nothing is written.
    ///
    /// # Errors
    /// [`Error::Changed`] when it is not that version any more, [`Error::NotFound`] when what is to be changed is gone,
    /// [`Error::ReadOnly`] when the calendar cannot be written to.
    pub async fn put(
        &self,
        calendar: &str,
        draft: &Draft,
        etag: Option<&str>,
        now: types::Timestamp,
    ) -> Result<Written> {
        let collection = self.resolved(&self.url, &format!("{}/", calendar.trim_end_matches('/')))?;
        let name = format!("{}.ics", utf8_percent_encode(&draft.uid, NAME));
        let url = self.resolved(&collection, &name)?;
        match etag {
            None => self.create(&collection, &url, draft, now).await,
            Some(etag) => {
                let (url, reply) = self.existing(&collection, url, &draft.uid).await?;
                if reply.etag.as_deref().is_some_and(|current| current != etag) {
                    return Err(Error::Changed);
                }
                let text = ical::revised(ical::Component::read(&reply.text)?, draft, now);
                let headers = [CALENDAR, ("If-Match", etag)];
                let reply =
                    self.send(&Request { method: "PUT", url: &url, headers: &headers, body: text }).await?;
                self.written(&url, reply).await
            }
        }
    }

    async fn create(
        &self,
        collection: &Url,
        url: &Url,
        draft: &Draft,
        now: types::Timestamp,
    ) -> Result<Written> {
        let headers = [CALENDAR, ("If-None-Match", "*")];
        let body = ical::entry(draft, now);
        let reply = self.send(&Request { method: "PUT", url, headers: &headers, body }).await?;
        if !matches!(reply.status.as_u16(), 403 | 409 | 412) {
            return self.written(url, reply).await;
        }
        // The UID may be there, under this name or another (no-uid-conflict, RFC 4791, section 5.3.2.1).
        match self.existing(collection, url.clone(), &draft.uid).await {
            Ok((url, known)) => Ok(Written {
                external_id: url.to_string(),
                etag: known.etag,
                url: None,
                conference_url: None,
            }),
            Err(Error::NotFound) => Err(match reply.status.as_u16() {
                403 => Error::ReadOnly,
                status => Error::Unusable(format!("it refuses the event with {status}")),
            }),
            Err(error) => Err(error),
        }
    }

    /// The resource that has a UID: by its name, or, when somebody else named it, by asking for it.
    async fn existing(&self, collection: &Url, url: Url, uid: &str) -> Result<(Url, Reply)> {
        match self.fetch(&url).await {
            Ok(reply) => return Ok((url, reply)),
            Err(Error::NotFound) => {}
            Err(error) => return Err(error),
        }
        let body = format!(
            r#"<C:calendar-query xmlns="DAV:" xmlns:C="urn:ietf:params:xml:ns:caldav"><prop><getetag/></prop><C:filter><C:comp-filter name="VCALENDAR"><C:comp-filter name="VEVENT"><C:prop-filter name="UID"><C:text-match collation="i;octet">{}</C:text-match></C:prop-filter></C:comp-filter></C:comp-filter></C:filter></C:calendar-query>"#,
            xml::escaped(uid)
        );
        let (root, at) = self.multi_status("REPORT", collection, "1", body).await?;
        for item in xml::items(&root) {
            let url = self.resolved(&at, &item.href)?;
            let reply = self.fetch(&url).await?;
            let calendar = ical::Component::read(&reply.text)?;
            // A text-match finds substrings too.
            let is_it =
                |part: &ical::Component| part.property("UID").is_some_and(|found| found.value.trim() == uid);
            if calendar.inner("VEVENT").any(is_it) {
                return Ok((url, reply));
            }
        }
        Err(Error::NotFound)
    }

    /// What a PUT answered. Servers that change what they store tell no ETag (RFC 4791, section 5.3.4): it is asked for.
    async fn written(&self, url: &Url, reply: Reply) -> Result<Written> {
        match reply.status.as_u16() {
            200..=299 => {}
            403 | 405 => return Err(Error::ReadOnly),
            412 if reply.names("valid-calendar-data") => {
                return Err(Error::Unusable("it refuses the event".to_owned()));
            }
            _ => return Err(refusal(reply.status)),
        }
        let etag = match reply.etag {
            Some(etag) => Some(etag),
            None => self.fetch(url).await?.etag,
        };
        Ok(Written { external_id: url.to_string(), etag, url: None, conference_url: None })
    }

    /// Deletes an event, of that version when one is told. One that is gone already is deleted.
    ///
    /// # Errors
    /// [`Error::Changed`] when it is not that version any more, [`Error::ReadOnly`] when the calendar cannot be written to.
    pub async fn delete(&self, external_id: &str, etag: Option<&str>) -> Result<()> {
        let url = self.resolved(&self.url, external_id)?;
        let headers: Vec<_> = etag.map(|etag| ("If-Match", etag)).into_iter().collect();
        let reply = self
            .send(&Request { method: "DELETE", url: &url, headers: &headers, body: String::new() })
            .await?;
        match reply.status.as_u16() {
            200..=299 | 404 | 410 => Ok(()),
            403 | 405 => Err(Error::ReadOnly),
            // Some servers answer so for what is gone, since no version matches.
            412 => match self.fetch(&url).await {
                Err(Error::NotFound) => Ok(()),
                _ => Err(Error::Changed),
            },
            _ => Err(refusal(reply.status)),
        }
    }

    /// Reads a resource.
    pub(super) async fn fetch(&self, url: &Url) -> Result<Reply> {
        let headers = [("Accept", "text/calendar")];
        self.send(&Request { method: "GET", url, headers: &headers, body: String::new() }).await?.accepted()
    }
}
