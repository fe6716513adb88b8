//! What Graph sends, and what that is here. What is not needed is not read.

use serde::Deserialize;
use serde_json::{Value, json};
use types::Timestamp;

use super::zones::iana_zone;
use crate::{Attendee, CalendarInfo, Error, Event, Organizer, Participation, Result, Window, rest};

/// A page of anything.
#[derive(Debug, Deserialize)]
pub(super) struct Page<T> {
    pub(super) value: Vec<T>,
    #[serde(rename = "@odata.nextLink")]
    pub(super) next_link: Option<String>,
    #[serde(rename = "@odata.deltaLink")]
    pub(super) delta_link: Option<String>,
}

/// Whose account it is.
#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Me {
    mail: Option<String>,
    user_principal_name: Option<String>,
}

impl Me {
    fn is(&self, address: &str) -> bool {
        let own = [&self.mail, &self.user_principal_name];
        own.into_iter().flatten().any(|own| own.eq_ignore_ascii_case(address))
    }
}

/// A calendar.
#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Calendar {
    id: String,
    name: Option<String>,
    hex_color: Option<String>,
    is_default_calendar: Option<bool>,
    can_edit: Option<bool>,
    owner: Option<EmailAddress>,
}

impl Calendar {
    pub(super) fn into_info(self, me: &Me) -> CalendarInfo {
        let owner = self.owner.as_ref().and_then(|owner| owner.address.as_deref());
        CalendarInfo {
            is_owned: owner.is_some_and(|owner| me.is(owner)),
            is_writable: self.can_edit.unwrap_or(false),
            external_id: self.id,
            name: self.name.unwrap_or_default(),
            color: self.hex_color.filter(|color| !color.is_empty()),
            is_primary: self.is_default_calendar.unwrap_or(false),
            time_zone: None,
        }
    }
}

/// An event, or an occurrence of a recurring one.
#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Item {
    id: String,
    #[serde(rename = "@odata.etag")]
    etag: Option<String>,
    series_master_id: Option<String>,
    i_cal_u_id: Option<String>,
    subject: Option<String>,
    body: Option<Body>,
    location: Option<Location>,
    start: Option<Time>,
    end: Option<Time>,
    original_start_time_zone: Option<String>,
    is_all_day: Option<bool>,
    is_cancelled: Option<bool>,
    show_as: Option<String>,
    response_status: Option<Response>,
    organizer: Option<Recipient>,
    attendees: Option<Vec<Recipient>>,
    online_meeting: Option<OnlineMeeting>,
    online_meeting_url: Option<String>,
    web_link: Option<String>,
}

#[derive(Debug, Deserialize)]
struct Body {
    content: Option<String>,
}

#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
struct Location {
    display_name: Option<String>,
}

#[derive(Debug, Deserialize)]
struct EmailAddress {
    name: Option<String>,
    address: Option<String>,
}

#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
struct Recipient {
    email_address: Option<EmailAddress>,
    status: Option<Response>,
}

#[derive(Debug, Deserialize)]
struct Response {
    response: Option<String>,
}

#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
struct OnlineMeeting {
    join_url: Option<String>,
}

/// A local time and its zone: UTC as we ask.
#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Time {
    date_time: String,
    time_zone: Option<String>,
}

impl Time {
    fn zone(&self) -> &str {
        self.time_zone.as_deref().and_then(iana_zone).unwrap_or("UTC")
    }

    fn instant(&self) -> Result<Timestamp> {
        // Graph writes seven decimals of a second.
        let whole = self.date_time.split_once('.').map_or(self.date_time.as_str(), |(whole, _)| whole);
        rest::instant(whole.trim_end_matches('Z'), self.zone())
    }

    /// The instant where it begins a day. Graph tells a whole day as midnight without moving it between zones.
    fn day(&self, zone: &str) -> Result<Timestamp> {
        match self.date_time.split_once('T') {
            Some((date, time)) if time.starts_with("00:00") => rest::midnight(date, zone),
            _ => self.instant(),
        }
    }
}

/// An instant as Graph takes it.
pub(super) fn time(at: Timestamp) -> Value {
    json!({ "dateTime": at.to_string().trim_end_matches('Z'), "timeZone": "UTC" })
}

impl Response {
    fn participation(&self) -> Participation {
        match self.response.as_deref() {
            Some("accepted" | "organizer") => Participation::Accepted,
            Some("declined") => Participation::Declined,
            Some("tentativelyAccepted") => Participation::Tentative,
            _ => Participation::NeedsAction,
        }
    }
}

/// Whether it takes the time: whoever works elsewhere has time, and of what Graph does not know we do not know it either.
fn blocks(show_as: Option<&str>) -> bool {
    !matches!(show_as, Some("free" | "workingElsewhere"))
}

impl Item {
    pub(super) fn read(item: Value) -> Result<Self> {
        serde_json::from_value(item)
            .map_err(|cause| Error::Unusable(format!("an event cannot be read: {cause}")))
    }

    pub(super) fn conference_url(&self) -> Option<String> {
        let joined = self.online_meeting.as_ref().and_then(|meeting| meeting.join_url.clone());
        joined.or_else(|| self.online_meeting_url.clone()).filter(|url| !url.is_empty())
    }

    pub(super) fn into_written(self) -> crate::Written {
        crate::Written {
            conference_url: self.conference_url(),
            external_id: self.id,
            etag: self.etag,
            url: self.web_link,
        }
    }

    pub(super) fn into_event(self) -> Result<Event> {
        let is_all_day = self.is_all_day.unwrap_or(false);
        let day_zone = self.original_start_time_zone.as_deref().and_then(iana_zone).unwrap_or("UTC");
        let instant = |time: &Option<Time>| match time {
            Some(time) if is_all_day => time.day(day_zone),
            Some(time) => time.instant(),
            None => Err(Error::Unusable("an event has no time".to_owned())),
        };
        let (starts_at, ends_at) = (instant(&self.start)?, instant(&self.end)?);
        let own = self.response_status.as_ref().map(Response::participation);
        let is_cancelled = self.is_cancelled.unwrap_or(false);
        let conference_url = self.conference_url();
        Ok(Event {
            instance: if self.series_master_id.is_some() { self.id.clone() } else { String::new() },
            external_id: self.id,
            uid: self.i_cal_u_id.unwrap_or_default(),
            etag: self.etag,
            starts_at,
            ends_at,
            is_all_day,
            is_busy: blocks(self.show_as.as_deref()) && !is_cancelled && own != Some(Participation::Declined),
            is_cancelled,
            summary: self.subject.unwrap_or_default(),
            description: self.body.and_then(|body| body.content).unwrap_or_default(),
            location: self.location.and_then(|location| location.display_name).unwrap_or_default(),
            organizer: self.organizer.and_then(|one| {
                let address = one.email_address?;
                Some(Organizer { name: address.name, email: address.address? })
            }),
            attendees: self.attendees.unwrap_or_default().into_iter().filter_map(attendee).collect(),
            // Exchange keeps it to itself.
            sequence: 0,
            conference_url,
        })
    }
}

fn attendee(one: Recipient) -> Option<Attendee> {
    let participation = one.status.as_ref().map_or(Participation::NeedsAction, Response::participation);
    let address = one.email_address?;
    Some(Attendee { name: address.name, email: address.address?, participation })
}

/// When one address has no time.
#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Schedule {
    schedule_items: Option<Vec<ScheduleItem>>,
    error: Option<Value>,
}

#[derive(Debug, Deserialize)]
struct ScheduleItem {
    status: Option<String>,
    start: Option<Time>,
    end: Option<Time>,
}

impl Schedule {
    pub(super) fn busy(self) -> Result<Vec<Window>> {
        if self.error.is_some() {
            return Err(Error::NotFound);
        }
        let blocking =
            self.schedule_items.unwrap_or_default().into_iter().filter(|item| blocks(item.status.as_deref()));
        let window = |item: ScheduleItem| match (item.start, item.end) {
            (Some(start), Some(end)) => Ok(Window { from: start.instant()?, until: end.instant()? }),
            _ => Err(Error::Unusable("a schedule has no time".to_owned())),
        };
        blocking.map(window).collect()
    }
}

/// The body of a refusal.
#[derive(Debug, Default, Deserialize)]
pub(super) struct Refusal {
    #[serde(default)]
    pub(super) error: Details,
}

#[derive(Debug, Default, Deserialize)]
pub(super) struct Details {
    #[serde(default)]
    pub(super) code: String,
}

#[cfg(test)]
mod tests {
    use super::*;

    fn event(more: Value) -> Event {
        let mut item = json!({
            "id": "a",
            "start": { "dateTime": "2026-03-02T00:00:00.0000000", "timeZone": "UTC" },
            "end": { "dateTime": "2026-03-03T00:00:00.0000000", "timeZone": "UTC" },
        });
        item.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
        Item::read(item).unwrap().into_event().unwrap()
    }

    #[test]
    fn what_takes_no_time_is_not_busy() {
        for (show_as, busy) in
            [("busy", true), ("tentative", true), ("oof", true), ("free", false), ("workingElsewhere", false)]
        {
            assert_eq!(event(json!({ "showAs": show_as })).is_busy, busy, "{show_as}");
        }
        assert!(!event(json!({ "showAs": "busy", "isCancelled": true })).is_busy);
        assert!(!event(json!({ "showAs": "busy", "responseStatus": { "response": "declined" } })).is_busy);
        assert!(event(json!({ "showAs": "busy", "responseStatus": { "response": "organizer" } })).is_busy);
    }

    #[test]
    fn days_are_those_of_the_zone_they_were_written_in() {
        let day = event(json!({ "isAllDay": true, "originalStartTimeZone": "Tokyo Standard Time" }));
        assert_eq!((day.starts_at.to_string().as_str(), day.is_all_day), ("2026-03-01T15:00:00Z", true));
        let unknown = event(json!({ "isAllDay": true, "originalStartTimeZone": "tzone://Microsoft/Custom" }));
        assert_eq!(unknown.starts_at.to_string(), "2026-03-02T00:00:00Z");
        // One that was moved to UTC is told by that it does not begin at midnight.
        let time = json!({ "dateTime": "2026-03-01T15:00:00.0000000", "timeZone": "UTC" });
        let moved =
            event(json!({ "isAllDay": true, "originalStartTimeZone": "Tokyo Standard Time", "start": time }));
        assert_eq!(moved.starts_at, day.starts_at);
        // Without our asking, Graph tells times in a zone of Windows.
        let time = json!({ "dateTime": "2026-03-02T09:30:00.0000000", "timeZone": "Pacific Standard Time" });
        assert_eq!(event(json!({ "start": time })).starts_at.to_string(), "2026-03-02T17:30:00Z");
    }
}
