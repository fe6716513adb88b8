//! Events that we put into a calendar.

use reqwest::header::IF_MATCH;
use reqwest::{Method, StatusCode};
use serde_json::{Value, json};

use super::wire::Item;
use super::{Google, error};
use crate::{Draft, Result, Written, rest};

/// What the ids of our events begin with.
const PREFIX: &str = "rapport";
/// The alphabet of base32hex (RFC 4648, section 7) in small letters: all that Google takes in an id.
const ALPHABET: &[u8; 32] = b"0123456789abcdefghijklmnopqrstuv";

impl Google {
    /// Writes an event: without a known one it is made, and `known` is the id and the ETag of one that is to be changed if it
    /// still has that ETag.
    ///
    /// The id at Google is made from the UID, so that making it again makes no second one: the answer is then the event as
    /// it is; one that was deleted is there again. Google's reference allows an id or a UID of one's own, not both: the UID
    /// that others see is Google's. An attendee would see all that the host sees of the event, and have it beside the
    /// invitation that we send: so whoever is invited is **no attendee**, and who was added there stays. The revision is
    /// Google's to count, and the organizer is whoever has the calendar. An address of the conference may come later:
    /// [`get`](Self::get) then has it.
    ///
    /// # Errors
    /// [`Error::Changed`](crate::Error::Changed) when the ETag is another by now;
    /// [`Error::ReadOnly`](crate::Error::ReadOnly); [`Error::NotFound`](crate::Error::NotFound) when there is no such
    /// calendar or event; [`Error::Unauthorized`](crate::Error::Unauthorized);
    /// [`Error::Unreachable`](crate::Error::Unreachable).
    pub async fn put(&self, calendar: &str, draft: &Draft, known: Option<(&str, &str)>) -> Result<Written> {
        match known {
            None => self.insert(calendar, draft, &id_of(&draft.uid)).await,
            Some((id, etag)) => self.patch(calendar, draft, (id, Some(etag))).await,
        }
    }

    async fn insert(&self, calendar: &str, draft: &Draft, id: &str) -> Result<Written> {
        let mut body = body(draft, id);
        body["id"] = json!(id);
        let request = self.0.request(Method::POST, &["calendars", calendar, "events"], &query(draft))?;
        let answer = self.0.answer(request.json(&body)).await?;
        if answer.status == StatusCode::CONFLICT {
            let there: Item = self.0.read(&["calendars", calendar, "events", id], &[]).await?;
            // The id of a deleted event is never free again.
            return match there.is_cancelled() {
                true => self.patch(calendar, draft, (id, None)).await,
                false => Ok(written(there)),
            };
        }
        if answer.status.is_success() { Ok(written(answer.json()?)) } else { Err(error(&answer)) }
    }

    async fn patch(
        &self,
        calendar: &str,
        draft: &Draft,
        (id, etag): (&str, Option<&str>),
    ) -> Result<Written> {
        let path = ["calendars", calendar, "events", id];
        let mut request = self.0.request(Method::PATCH, &path, &query(draft))?.json(&body(draft, id));
        if let Some(etag) = etag {
            request = request.header(IF_MATCH, etag);
        }
        Ok(written(self.0.ask(request).await?.json()?))
    }

    /// Takes an event out of a calendar. One that is gone already is fine.
    ///
    /// # Errors
    /// [`Error::ReadOnly`](crate::Error::ReadOnly), [`Error::Unauthorized`](crate::Error::Unauthorized),
    /// [`Error::Unreachable`](crate::Error::Unreachable).
    pub async fn delete(&self, calendar: &str, external_id: &str) -> Result<()> {
        let path = ["calendars", calendar, "events", external_id];
        let request = self.0.request(Method::DELETE, &path, &[("sendUpdates", "none")])?;
        rest::gone_is_fine(self.0.ask(request).await)
    }
}

/// The id of the event with a UID.
fn id_of(uid: &str) -> String {
    let mut id = PREFIX.to_owned();
    for chunk in uid.as_bytes().chunks(5) {
        let mut bytes = [0; 8];
        bytes[3..3 + chunk.len()].copy_from_slice(chunk);
        let bits = u64::from_be_bytes(bytes);
        for place in 0..(chunk.len() * 8).div_ceil(5) {
            let five = (bits >> (35 - 5 * place)) & 31;
            id.push(char::from(ALPHABET[usize::try_from(five).unwrap_or_default()]));
        }
    }
    id
}

/// The UID of the event with an id, if it is one of ours.
pub(super) fn uid_of(id: &str) -> Option<String> {
    let digits = id.strip_prefix(PREFIX)?.as_bytes();
    let mut uid = Vec::new();
    for chunk in digits.chunks(8) {
        let mut bits: u64 = 0;
        for digit in chunk {
            let five = ALPHABET.iter().position(|letter| letter == digit)?;
            bits = (bits << 5) | u64::try_from(five).ok()?;
        }
        bits <<= 5 * (8 - chunk.len());
        uid.extend_from_slice(&bits.to_be_bytes()[3..3 + chunk.len() * 5 / 8]);
    }
    let uid = String::from_utf8(uid).ok()?;
    (id_of(&uid) == id).then_some(uid)
}

fn query(draft: &Draft) -> [(&'static str, &'static str); 2] {
    // With version 0 what the event has of a conference stays as it is.
    [("sendUpdates", "none"), ("conferenceDataVersion", if draft.wants_conference { "1" } else { "0" })]
}

fn body(draft: &Draft, id: &str) -> Value {
    let time = |at: types::Timestamp| json!({ "dateTime": at.to_string(), "timeZone": draft.time_zone });
    let mut body = json!({
        "status": "confirmed",
        "summary": draft.summary,
        "description": description(&draft.description),
        "location": draft.location,
        "start": time(draft.starts_at),
        "end": time(draft.ends_at),
        "transparency": "opaque",
    });
    if draft.wants_conference {
        // Google makes one for each request id, however often it is asked.
        let solution = json!({ "type": "hangoutsMeet" });
        body["conferenceData"] =
            json!({ "createRequest": { "requestId": id, "conferenceSolutionKey": solution } });
    }
    body
}

/// Text as Google's page shows it: a description with `<` counts as HTML there.
fn description(text: &str) -> String {
    if text.contains('<') { text.replace('&', "&amp;").replace('<', "&lt;") } else { text.to_owned() }
}

fn written(item: Item) -> Written {
    Written {
        conference_url: item.conference_url(),
        etag: item.etag,
        url: item.html_link,
        external_id: item.id,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ids_are_base32hex_of_the_uid() {
        // RFC 4648, section 10, in small letters and without padding.
        for (uid, id) in [("", ""), ("f", "co"), ("fo", "cpng"), ("foo", "cpnmu"), ("foobar", "cpnmuoj1e8")] {
            assert_eq!(id_of(uid), format!("rapport{id}"));
        }
        for uid in ["booking-7@example.org", "a", "ab", "abc", "abcd", "abcde"] {
            let id = id_of(uid);
            assert!(
                (5..=1024).contains(&id.len()) && id.bytes().all(|byte| ALPHABET.contains(&byte)),
                "{id}"
            );
            assert_eq!(uid_of(&id).as_deref(), Some(uid));
        }
        for other in ["rapportzz", "rapport0", "abc", "rapportcp"] {
            assert_eq!(uid_of(other), None, "{other}");
        }
    }

    #[test]
    fn text_stays_text() {
        assert_eq!(description("R&D at 9"), "R&D at 9");
        assert_eq!(description("<a> & b"), "&lt;a> &amp; b");
    }
}
