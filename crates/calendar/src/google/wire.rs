//! What Google sends, and what that is here. What is not needed is not read.

use std::collections::BTreeSet;

use serde::Deserialize;
use types::Timestamp;

use super::write;
use crate::{Attendee, CalendarInfo, Event, Organizer, Participation, Result, Window, rest};

/// A page of calendars.
#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Calendars {
    #[serde(default)]
    pub(super) items: Vec<Calendar>,
    pub(super) next_page_token: Option<String>,
}

/// A calendar of the account's list, or by itself.
#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Calendar {
    id: String,
    #[serde(default)]
    summary: String,
    /// What the account calls it, where that is something else.
    summary_override: Option<String>,
    background_color: Option<String>,
    #[serde(default)]
    primary: bool,
    #[serde(default)]
    access_role: String,
    pub(super) time_zone: Option<String>,
}

impl Calendar {
    pub(super) fn into_info(self) -> CalendarInfo {
        CalendarInfo {
            is_owned: self.access_role == "owner",
            is_writable: ["owner", "writer"].contains(&self.access_role.as_str()),
            external_id: self.id,
            name: self.summary_override.unwrap_or(self.summary),
            color: self.background_color,
            is_primary: self.primary,
            time_zone: self.time_zone,
        }
    }
}

/// Events of a calendar, or instances of one.
#[derive(Debug, Default, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Events {
    #[serde(default)]
    pub(super) items: Vec<Item>,
    /// The calendar's zone.
    pub(super) time_zone: Option<String>,
    pub(super) next_page_token: Option<String>,
    pub(super) next_sync_token: Option<String>,
}

impl Events {
    fn zone(&self) -> &str {
        self.time_zone.as_deref().unwrap_or("UTC")
    }

    fn read<'a>(&self, items: impl Iterator<Item = &'a Item>, window: Window) -> Result<Vec<Event>> {
        let mut events = Vec::new();
        for item in items.filter(|item| !item.is_cancelled()) {
            let event = item.clone().into_event(self.zone())?;
            if window.touches(event.starts_at, event.ends_at) {
                events.push(event);
            }
        }
        Ok(events)
    }

    /// The events in the window that were not cancelled.
    pub(super) fn events_in(&self, window: Window) -> Result<Vec<Event>> {
        self.read(self.items.iter(), window)
    }

    /// The same without instances of recurring events.
    pub(super) fn single_events_in(&self, window: Window) -> Result<Vec<Event>> {
        self.read(self.items.iter().filter(|item| item.recurring_event_id.is_none()), window)
    }

    /// The recurring events of which an instance is among these, unless the whole of it was cancelled.
    pub(super) fn touched_series(&self) -> BTreeSet<&str> {
        let gone: BTreeSet<&str> =
            self.items.iter().filter(|item| item.is_cancelled()).map(|item| item.id.as_str()).collect();
        let series = self.items.iter().filter_map(|item| item.recurring_event_id.as_deref());
        series.filter(|series| !gone.contains(series)).collect()
    }
}

/// An event, or an instance of a recurring one. Of one that was deleted there may be the id alone.
#[derive(Clone, Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Item {
    pub(super) id: String,
    pub(super) etag: Option<String>,
    #[serde(default)]
    status: String,
    pub(super) html_link: Option<String>,
    recurring_event_id: Option<String>,
    original_start_time: Option<Time>,
    #[serde(rename = "iCalUID")]
    ical_uid: Option<String>,
    #[serde(default)]
    summary: String,
    #[serde(default)]
    description: String,
    #[serde(default)]
    location: String,
    start: Option<Time>,
    end: Option<Time>,
    #[serde(default)]
    transparency: String,
    #[serde(default)]
    sequence: u32,
    organizer: Option<Person>,
    #[serde(default)]
    attendees: Vec<Person>,
    hangout_link: Option<String>,
    conference_data: Option<Conference>,
}

/// A time with its offset, or a day.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(rename_all = "camelCase")]
struct Time {
    date: Option<String>,
    date_time: Option<String>,
    time_zone: Option<String>,
}

impl Time {
    /// What Google calls it.
    fn name(&self) -> Option<&String> {
        self.date_time.as_ref().or(self.date.as_ref())
    }

    fn instant(&self, zone: &str) -> Result<Timestamp> {
        match (&self.date_time, &self.date) {
            (Some(time), _) => {
                let zone = self.time_zone.as_deref().unwrap_or(zone);
                time.parse().or_else(|_| rest::instant(time, zone))
            }
            (None, Some(date)) => rest::midnight(date, zone),
            (None, None) => Err(crate::Error::Unusable("an event has no time".to_owned())),
        }
    }
}

#[derive(Clone, Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
struct Person {
    #[serde(default)]
    email: String,
    display_name: Option<String>,
    /// Whether it is whoever has the calendar.
    #[serde(rename = "self", default)]
    is_self: bool,
    #[serde(default)]
    response_status: String,
}

#[derive(Clone, Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
struct Conference {
    #[serde(default)]
    entry_points: Vec<EntryPoint>,
}

#[derive(Clone, Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
struct EntryPoint {
    #[serde(default)]
    entry_point_type: String,
    uri: Option<String>,
}

impl Person {
    fn participation(&self) -> Participation {
        match self.response_status.as_str() {
            "accepted" => Participation::Accepted,
            "declined" => Participation::Declined,
            "tentative" => Participation::Tentative,
            _ => Participation::NeedsAction,
        }
    }
}

impl Item {
    /// The recurring event that it is an instance of, or itself.
    pub(super) fn series(&self) -> &str {
        self.recurring_event_id.as_deref().unwrap_or(&self.id)
    }

    pub(super) fn is_cancelled(&self) -> bool {
        self.status == "cancelled"
    }

    pub(super) fn is_all_day(&self) -> bool {
        self.start.as_ref().is_some_and(|start| start.date_time.is_none())
    }

    /// Where its video conference is. One that is still being made has no address yet.
    pub(super) fn conference_url(&self) -> Option<String> {
        let points = self.conference_data.iter().flat_map(|conference| &conference.entry_points);
        let video =
            points.filter(|point| point.entry_point_type == "video").find_map(|point| point.uri.clone());
        video.or_else(|| self.hangout_link.clone())
    }

    /// What it is here. Days are those of the zone.
    pub(super) fn into_event(self, zone: &str) -> Result<Event> {
        // Of an event that is gone Google may tell no times.
        let instant = |time: &Option<Time>| match time {
            Some(time) => time.instant(zone),
            None if self.is_cancelled() => Ok(Timestamp::default()),
            None => Time::default().instant(zone),
        };
        let declined =
            self.attendees.iter().any(|one| one.is_self && one.participation() == Participation::Declined);
        let person = |one: Person| Attendee {
            participation: one.participation(),
            name: one.display_name,
            email: one.email,
        };
        Ok(Event {
            external_id: self.series().to_owned(),
            instance: match &self.recurring_event_id {
                Some(_) => self.original_start_time.as_ref().and_then(Time::name).unwrap_or(&self.id).clone(),
                None => String::new(),
            },
            uid: write::uid_of(self.series()).or_else(|| self.ical_uid.clone()).unwrap_or_default(),
            etag: self.etag.clone(),
            starts_at: instant(&self.start)?,
            ends_at: instant(&self.end)?,
            is_all_day: self.is_all_day(),
            is_busy: !self.is_cancelled() && self.transparency != "transparent" && !declined,
            is_cancelled: self.is_cancelled(),
            conference_url: self.conference_url(),
            summary: self.summary,
            description: plain_text(&self.description),
            location: self.location,
            organizer: self
                .organizer
                .filter(|one| !one.email.is_empty())
                .map(|one| Organizer { name: one.display_name, email: one.email }),
            attendees: self.attendees.into_iter().filter(|one| !one.email.is_empty()).map(person).collect(),
            sequence: self.sequence,
        })
    }
}

/// A description without the markup that Google's own page puts into it.
fn plain_text(html: &str) -> String {
    if !html.contains('<') && !html.contains('&') {
        return html.to_owned();
    }
    let mut text = String::new();
    let mut rest = html;
    while let Some((before, tagged)) = rest.split_once('<') {
        text.push_str(before);
        let Some((tag, after)) = tagged.split_once('>') else {
            text.push('<');
            rest = tagged;
            continue;
        };
        let tag = tag.to_ascii_lowercase();
        if tag.starts_with("br") || ["/p", "/div", "/li", "/ul", "/ol"].contains(&tag.trim()) {
            text.push('\n');
        }
        rest = after;
    }
    text.push_str(rest);
    let entities =
        [("&nbsp;", " "), ("&lt;", "<"), ("&gt;", ">"), ("&quot;", "\""), ("&#39;", "'"), ("&amp;", "&")];
    entities.iter().fold(text, |text, (entity, means)| text.replace(entity, means))
}

/// The body of a refusal.
#[derive(Debug, Default, Deserialize)]
pub(super) struct Refusal {
    #[serde(default)]
    error: Details,
}

#[derive(Debug, Default, Deserialize)]
struct Details {
    #[serde(default)]
    errors: Vec<Reason>,
}

#[derive(Debug, Deserialize)]
struct Reason {
    #[serde(default)]
    reason: String,
}

impl Refusal {
    /// Google's word for it; empty for none.
    pub(super) fn reason(&self) -> &str {
        self.error.errors.first().map_or("", |first| &first.reason)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn markup_becomes_text() {
        assert_eq!(plain_text("a < b"), "a < b");
        assert_eq!(plain_text("<p>One<br>two</p><b>R&amp;D &lt;3</b>"), "One\ntwo\nR&D <3");
        assert_eq!(plain_text("&amp;lt;"), "&lt;");
    }

    #[test]
    fn what_takes_no_time_is_not_busy() {
        let busy = |more: &str| {
            let times = r#""start": {"date": "2026-03-02"}, "end": {"date": "2026-03-03"}"#;
            let item: Item = serde_json::from_str(&format!(r#"{{"id": "a", {times}, {more}}}"#)).unwrap();
            item.into_event("Asia/Tokyo").unwrap()
        };
        let opaque = busy(r#""status": "confirmed""#);
        assert!(opaque.is_busy && opaque.is_all_day);
        assert_eq!(opaque.starts_at.to_string(), "2026-03-01T15:00:00Z");
        assert!(busy(r#""status": "tentative""#).is_busy);
        assert!(!busy(r#""transparency": "transparent""#).is_busy);
        assert!(!busy(r#""status": "cancelled""#).is_busy);
        assert!(
            !busy(r#""attendees": [{"email": "a@b", "self": true, "responseStatus": "declined"}]"#).is_busy
        );
        assert!(busy(r#""attendees": [{"email": "a@b", "responseStatus": "declined"}]"#).is_busy);
    }
}
