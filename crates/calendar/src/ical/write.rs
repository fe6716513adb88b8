//! Drafts written as iCalendar: invitations for mail (RFC 5546) and events for storing.

use jiff::{Timestamp, tz::TimeZone};

use super::{
    parse::{Component, Property},
    value,
};
use crate::{Attendee, Draft, Participation};

/// What an invitation asks of who gets it (RFC 5546, section 1.4).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Method {
    /// To come, or to note what changed.
    Request,
    /// To strike it out.
    Cancel,
    /// To note it, without an answer.
    Publish,
}

impl Method {
    /// What it is called on the wire.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Request => "REQUEST",
            Self::Cancel => "CANCEL",
            Self::Publish => "PUBLISH",
        }
    }
}

/// The most changes of the clock that are told of a zone: those around the event.
const MAX_CHANGES: usize = 3;

/// The properties of an event that are ours; whatever else is in it stays when it is written again.
const OURS: [&str; 15] = [
    "UID",
    "SEQUENCE",
    "DTSTAMP",
    "LAST-MODIFIED",
    "DTSTART",
    "DTEND",
    "DURATION",
    "SUMMARY",
    "DESCRIPTION",
    "LOCATION",
    "ORGANIZER",
    "ATTENDEE",
    "STATUS",
    "TRANSP",
    "URL",
];

/// Where a video conference is joined (RFC 7986, section 5.11).
const CONFERENCE: &str = "CONFERENCE";

/// An invitation as `text/calendar` for a mail, with the address `url` where the event may be seen, at the time `now`
/// (DTSTAMP).
#[must_use]
pub fn invitation(method: Method, draft: &Draft, now: types::Timestamp, url: Option<&str>) -> String {
    let mut calendar = calendar(draft);
    calendar.properties.push(Property::new("METHOD", method.name()));
    let mut event = Component::new("VEVENT");
    event.properties = properties(draft, now, method, url);
    calendar.components.push(event);
    text(&calendar)
}

/// A draft as it is stored in a calendar: without a METHOD (RFC 4791, section 4.1).
#[must_use]
pub fn entry(draft: &Draft, now: types::Timestamp) -> String {
    let mut calendar = calendar(draft);
    let mut event = Component::new("VEVENT");
    event.properties = stored_properties(draft, now);
    calendar.components.push(event);
    text(&calendar)
}

/// The properties of an event that is stored. A server that schedules by itself does not write to whoever is invited: we do
/// (RFC 6638, section 7.1).
fn stored_properties(draft: &Draft, now: types::Timestamp) -> Vec<Property> {
    let mut all = properties(draft, now, Method::Request, None);
    for property in &mut all {
        if property.name == "ATTENDEE" {
            *property = property.clone().with("SCHEDULE-AGENT", "CLIENT");
        }
    }
    all
}

/// A stored calendar with its event as the draft says. What others added, alarms too, stays.
pub(crate) fn revised(mut stored: Component, draft: &Draft, now: types::Timestamp) -> String {
    let fresh = calendar(draft);
    let has_zone = |zone: &Component, stored: &Component| {
        let tzid = zone.property("TZID").map(|tzid| tzid.value.clone());
        stored.inner("VTIMEZONE").any(|known| known.property("TZID").map(|tzid| tzid.value.clone()) == tzid)
    };
    let zones = fresh.components.into_iter().filter(|zone| !has_zone(zone, &stored)).collect::<Vec<_>>();
    stored.components.splice(0..0, zones);
    let mut ours = stored_properties(draft, now);
    let stays = |property: &Property| {
        draft.keeps_people && matches!(property.name.as_str(), "ORGANIZER" | "ATTENDEE")
    };
    ours.retain(|property| !stays(property));
    let is_master = |part: &&mut Component| part.name == "VEVENT" && part.property("RECURRENCE-ID").is_none();
    if let Some(event) = stored.components.iter_mut().find(is_master) {
        // A conference that others added gives way to ours alone.
        let has_conference = ours.iter().any(|property| property.name == CONFERENCE);
        event.properties.retain(|property| {
            let is_ours = OURS.contains(&property.name.as_str()) && !stays(property);
            !(is_ours || has_conference && property.name == CONFERENCE)
        });
        event.properties.splice(0..0, ours);
    } else {
        let mut event = Component::new("VEVENT");
        event.properties = ours;
        stored.components.push(event);
    }
    text(&stored)
}

fn text(calendar: &Component) -> String {
    let mut out = String::new();
    calendar.write(&mut out);
    out
}

fn calendar(draft: &Draft) -> Component {
    let mut calendar = Component::new("VCALENDAR");
    calendar.properties = vec![
        Property::new("VERSION", "2.0"),
        Property::new("PRODID", "-//Rapport//Booking//EN"),
        Property::new("CALSCALE", "GREGORIAN"),
    ];
    calendar.components.extend(zone(draft).map(|zone| vtimezone(&draft.time_zone, &zone, draft)));
    calendar
}

/// The zone of a draft, when its times are to be written in one: not UTC, and known.
fn zone(draft: &Draft) -> Option<TimeZone> {
    TimeZone::get(&draft.time_zone)
        .ok()
        .filter(|zone| !matches!(zone.iana_name(), None | Some("UTC" | "Etc/UTC")))
}

fn properties(draft: &Draft, now: types::Timestamp, method: Method, url: Option<&str>) -> Vec<Property> {
    let zone = zone(draft);
    let mut all = vec![
        Property::new("UID", draft.uid.clone()),
        Property::new("SEQUENCE", draft.sequence.to_string()),
        Property::new("DTSTAMP", utc(instant(now))),
        moment("DTSTART", draft.starts_at, zone.as_ref(), draft),
        moment("DTEND", draft.ends_at, zone.as_ref(), draft),
        Property::new("SUMMARY", value::escaped(&draft.summary)),
        Property::new("STATUS", if method == Method::Cancel { "CANCELLED" } else { "CONFIRMED" }),
        Property::new("TRANSP", if method == Method::Cancel { "TRANSPARENT" } else { "OPAQUE" }),
    ];
    for (name, text) in [("DESCRIPTION", &draft.description), ("LOCATION", &draft.location)] {
        if !text.is_empty() {
            all.push(Property::new(name, value::escaped(text)));
        }
    }
    all.extend(url.map(|url| Property::new("URL", url)));
    all.extend(
        draft
            .conference_url
            .as_ref()
            .map(|url| Property::new(CONFERENCE, url.clone()).with("VALUE", "URI").with("FEATURE", "VIDEO")),
    );
    let mut organizer = Property::new("ORGANIZER", format!("mailto:{}", draft.organizer.email));
    if let Some(name) = &draft.organizer.name {
        organizer = organizer.with("CN", name.clone());
    }
    all.push(organizer);
    // Who publishes invites nobody (RFC 5546, section 3.2.1).
    if method != Method::Publish {
        all.extend(draft.attendees.iter().map(|attendee| invited(attendee, method)));
    }
    all
}

fn invited(attendee: &Attendee, method: Method) -> Property {
    let participation = match attendee.participation {
        Participation::NeedsAction => "NEEDS-ACTION",
        Participation::Accepted => "ACCEPTED",
        Participation::Declined => "DECLINED",
        Participation::Tentative => "TENTATIVE",
    };
    let asks = method == Method::Request && attendee.participation == Participation::NeedsAction;
    let mut property = Property::new("ATTENDEE", format!("mailto:{}", attendee.email))
        .with("CUTYPE", "INDIVIDUAL")
        .with("ROLE", "REQ-PARTICIPANT")
        .with("PARTSTAT", participation)
        .with("RSVP", if asks { "TRUE" } else { "FALSE" });
    if let Some(name) = &attendee.name {
        property = property.with("CN", name.clone());
    }
    property
}

/// The instant; one beyond the calendar is 1970, which nobody books.
fn instant(at: types::Timestamp) -> Timestamp {
    Timestamp::from_microsecond(at.0).unwrap_or(Timestamp::UNIX_EPOCH)
}

fn utc(at: Timestamp) -> String {
    at.strftime("%Y%m%dT%H%M%SZ").to_string()
}

fn moment(name: &str, at: types::Timestamp, zone: Option<&TimeZone>, draft: &Draft) -> Property {
    let at = instant(at);
    zone.map_or_else(
        || Property::new(name, utc(at)),
        |zone| {
            let local = zone.to_datetime(at).strftime("%Y%m%dT%H%M%S").to_string();
            Property::new(name, local).with("TZID", draft.time_zone.clone())
        },
    )
}

/// The zone's rules around the event: the last change before it and those in the year that follows.
fn vtimezone(name: &str, zone: &TimeZone, draft: &Draft) -> Component {
    let mut component = Component::new("VTIMEZONE");
    component.properties.push(Property::new("TZID", name));
    let start = instant(draft.starts_at);
    let year = instant(draft.ends_at.plus_seconds(366 * 86_400));
    // The change itself may be the event's first instant, which `preceding` leaves out.
    let after = Timestamp::from_second(start.as_second() + 1).unwrap_or(start);
    let before = zone.preceding(after).next();
    let following = zone.following(start).take_while(|change| change.timestamp() < year).take(MAX_CHANGES);
    let mut told = Vec::new();
    for change in before.into_iter().chain(following) {
        let at = change.timestamp();
        if told.contains(&at) {
            continue;
        }
        told.push(at);
        let earlier = Timestamp::from_second(at.as_second() - 1).unwrap_or(at);
        let from = zone.to_offset(earlier);
        let kind = if change.dst().is_dst() { "DAYLIGHT" } else { "STANDARD" };
        let onset = from.to_datetime(at).strftime("%Y%m%dT%H%M%S").to_string();
        component.components.push(observance(kind, onset, from.seconds(), change.offset().seconds()));
    }
    if component.components.is_empty() {
        let offset = zone.to_offset(start).seconds();
        component.components.push(observance("STANDARD", "19700101T000000".to_owned(), offset, offset));
    }
    component
}

fn observance(kind: &str, onset: String, from: i32, to: i32) -> Component {
    let mut part = Component::new(kind);
    part.properties = vec![
        Property::new("DTSTART", onset),
        Property::new("TZOFFSETFROM", offset(from)),
        Property::new("TZOFFSETTO", offset(to)),
    ];
    part
}

/// `+HHMM`, or `+HHMMSS` where seconds matter.
fn offset(seconds: i32) -> String {
    let sign = if seconds < 0 { '-' } else { '+' };
    let absolute = seconds.abs();
    let rest = if absolute % 60 == 0 { String::new() } else { format!("{:02}", absolute % 60) };
    format!("{sign}{:02}{:02}{rest}", absolute / 3600, absolute / 60 % 60)
}
