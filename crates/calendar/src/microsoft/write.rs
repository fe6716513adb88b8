//! Events that we put into a calendar.

use reqwest::Method;
use reqwest::header::IF_MATCH;
use serde_json::{Value, json};

use super::Microsoft;
use super::wire::{self, Item};
use crate::{Draft, Result, Written, rest};

impl Microsoft {
    /// Writes an event: without a known one it is made, and `known` is the id and the ETag of one that is to be changed if it
    /// still has that ETag.
    ///
    /// The UID goes along as `transactionId`, by which Graph makes no second event when it is asked again; the UID that others
    /// see is Exchange's own. Graph would write to every attendee, and nothing keeps it from that: so whoever is invited is
    /// **no attendee**, and who was added there stays. The organizer is whoever has the calendar. A conference is made where the
    /// account has Teams; the body of an event that has one is not changed, because Exchange keeps the conference in it.
    ///
    /// # Errors
    /// [`Error::Changed`](crate::Error::Changed) when the ETag is another by now;
    /// [`Error::ReadOnly`](crate::Error::ReadOnly); [`Error::NotFound`](crate::Error::NotFound) when there is no such
    /// calendar or event; [`Error::Unauthorized`](crate::Error::Unauthorized);
    /// [`Error::Unreachable`](crate::Error::Unreachable).
    pub async fn put(&self, calendar: &str, draft: &Draft, known: Option<(&str, &str)>) -> Result<Written> {
        let request = match known {
            None => {
                let mut body = body(draft);
                body["transactionId"] = json!(draft.uid);
                self.0.request(Method::POST, &["me", "calendars", calendar, "events"], &[])?.json(&body)
            }
            Some((id, etag)) => {
                let mut body = body(draft);
                if let Some(fields) = body.as_object_mut().filter(|_| draft.wants_conference) {
                    fields.remove("body");
                }
                let request = self.0.request(Method::PATCH, &["me", "events", id], &[])?;
                request.json(&body).header(IF_MATCH, etag)
            }
        };
        let answer = self.0.ask(request).await?;
        let mut written = Item::read(answer.json()?)?.into_written();
        written.etag = written.etag.or(answer.etag);
        Ok(written)
    }

    /// Takes an event out of its calendar. One that is gone already is fine.
    ///
    /// # Errors
    /// [`Error::ReadOnly`](crate::Error::ReadOnly), [`Error::Unauthorized`](crate::Error::Unauthorized),
    /// [`Error::Unreachable`](crate::Error::Unreachable).
    pub async fn delete(&self, external_id: &str) -> Result<()> {
        let request = self.0.request(Method::DELETE, &["me", "events", external_id], &[])?;
        rest::gone_is_fine(self.0.ask(request).await)
    }
}

fn body(draft: &Draft) -> Value {
    let mut body = json!({
        "subject": draft.summary,
        "body": { "contentType": "text", "content": draft.description },
        "location": { "displayName": draft.location },
        "start": wire::time(draft.starts_at),
        "end": wire::time(draft.ends_at),
        "showAs": "busy",
    });
    if draft.wants_conference {
        body["isOnlineMeeting"] = json!(true);
        body["onlineMeetingProvider"] = json!("teamsForBusiness");
    }
    body
}
