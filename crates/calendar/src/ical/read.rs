//! What an iCalendar's events are, in a window.

use std::collections::{HashMap, HashSet};

use jiff::{Timestamp, tz::TimeZone};

use super::{
    Budget,
    following::Following,
    parse::{Component, Property},
    set::{self, Instance},
    value,
    zone::Zones,
};
use crate::{Attendee, Error, Event, Organizer, Participation, Result, Window};

/// The longest text that is kept of an event, in bytes: it is kept for each instance.
const MAX_TEXT: usize = 4_000;
/// The end of the year 2199, in seconds since 1970.
const LAST_SECOND: i64 = 7_258_118_399;
/// The longest name or e-mail address (RFC 5321 allows 254 bytes), in bytes.
const MAX_NAME: usize = 320;

/// The events of an iCalendar text in a window, by when they begin. Times without a zone, and days, are those of
/// `default_zone`. What `owner_email` declined does not make them busy. An event whose beginning cannot be understood is
/// left out.
///
/// # Errors
/// [`Error::Unusable`] when the text is no iCalendar, is cut off or too long, or has more in the window than
/// [`super::MAX_INSTANCES`] or than can be computed soon.
pub fn events(
    text: &str,
    window: Window,
    default_zone: &TimeZone,
    owner_email: Option<&str>,
) -> Result<Vec<Event>> {
    events_of(&Component::read(text)?, window, default_zone, owner_email, &Budget::new())
}

/// As [`events`], of a calendar that was read already.
pub(crate) fn events_of(
    calendar: &Component,
    window: Window,
    default_zone: &TimeZone,
    owner: Option<&str>,
    budget: &Budget,
) -> Result<Vec<Event>> {
    let (from, until) = (instant(window.from)?, instant(window.until)?);
    let zones = Zones::new(calendar, default_zone, until, budget);
    let mut found = Vec::new();
    for (uid, parts) in by_uid(calendar) {
        let exceptions = Exceptions::of(&parts, &zones)?;
        let masters = parts.iter().filter(|part| part.property("RECURRENCE-ID").is_none());
        if let Some(master) = masters.max_by_key(|part| revision(part)) {
            let is_recurring = master.property("RRULE").is_some() || master.property("RDATE").is_some();
            let range = Following::widened(&exceptions.following, (from, until));
            for instance in set::instances(master, range, &zones, budget)? {
                if exceptions.replace(&instance) {
                    continue;
                }
                let name =
                    if is_recurring { named(&instance.start, instance.starts_at) } else { String::new() };
                budget.spend(u32::try_from(exceptions.following.len()).unwrap_or(u32::MAX))?;
                let following = Following::last(&exceptions.following, instance.starts_at);
                let part = following.map_or(*master, |following| following.part);
                let moved = following.map_or(Some(instance.clone()), |following| following.moved(&instance));
                if let Some(instance) = moved.filter(|it| it.is_within(from, until)) {
                    budget.spend(cost(part))?;
                    found.push(event(part, &uid, name, &instance, owner));
                }
            }
        }
        for (key, (part, at)) in exceptions.latest {
            let Some((start, length)) = set::first(part, &zones)? else { continue };
            if let Some(instance) = Instance::new(start, length).filter(|it| it.is_within(from, until)) {
                budget.instance()?;
                budget.spend(cost(part))?;
                found.push(event(part, &uid, named(&at, key), &instance, owner));
            }
        }
    }
    found.sort_by(|a, b| (a.starts_at, &a.uid, &a.instance).cmp(&(b.starts_at, &b.uid, &b.instance)));
    Ok(found)
}

/// What is said of single instances of an event, and of those that follow them.
struct Exceptions<'a> {
    /// The newest exception of each instance, by its original beginning.
    latest: HashMap<Timestamp, (&'a Component, value::Moment)>,
    /// Days whose instances are replaced whatever their time.
    days: HashSet<jiff::civil::Date>,
    following: Vec<Following<'a>>,
}

impl<'a> Exceptions<'a> {
    fn of(parts: &[&'a Component], zones: &Zones<'_>) -> Result<Self> {
        let mut all = Self { latest: HashMap::new(), days: HashSet::new(), following: Vec::new() };
        for part in parts.iter().filter(|part| part.property("RECURRENCE-ID").is_some()) {
            let Some(at) = set::one(part, "RECURRENCE-ID", zones)? else { continue };
            let Some(key) = at.instant() else { continue };
            if at.is_date {
                all.days.insert(at.local.date());
            }
            let kept = all.latest.entry(key).or_insert((*part, at.clone()));
            if revision(part) >= revision(kept.0) {
                *kept = (*part, at);
            }
        }
        for (part, at) in all.latest.values() {
            all.following.extend(Following::of(part, at, zones)?);
        }
        Ok(all)
    }

    /// Whether an instance of the event itself is told of by one of them.
    fn replace(&self, instance: &Instance) -> bool {
        self.latest.contains_key(&instance.starts_at) || self.days.contains(&instance.start.local.date())
    }
}

/// The events of a calendar by their UID. One that has none is told by when it begins and what it is called.
fn by_uid(calendar: &Component) -> HashMap<String, Vec<&Component>> {
    let mut groups: HashMap<String, Vec<&Component>> = HashMap::new();
    for part in calendar.inner("VEVENT") {
        let text = |name: &str| part.property(name).map_or("", |property| property.value.trim());
        let uid = match text("UID") {
            "" => format!("{} {}", text("DTSTART"), text("SUMMARY")),
            uid => uid.to_owned(),
        };
        groups.entry(uid).or_default().push(part);
    }
    groups
}

fn revision(part: &Component) -> u32 {
    part.property("SEQUENCE").and_then(|sequence| sequence.value.trim().parse().ok()).unwrap_or(0)
}

/// The event of a stored resource as it first happens. `None` when there is none, or its beginning cannot be understood.
pub(crate) fn first_of(calendar: &Component, zone: &TimeZone, owner: Option<&str>) -> Result<Option<Event>> {
    let budget = Budget::new();
    let is_master = |part: &&Component| part.property("RECURRENCE-ID").is_none();
    let Some(part) = calendar.inner("VEVENT").find(is_master).or_else(|| calendar.inner("VEVENT").next())
    else {
        return Ok(None);
    };
    // A zone of the calendar's own is followed for as long as events are made for.
    let until = Timestamp::from_second(LAST_SECOND).unwrap_or(Timestamp::MAX);
    let zones = Zones::new(calendar, zone, until, &budget);
    let instance = set::first(part, &zones)?.and_then(|(start, length)| Instance::new(start, length));
    let uid = part.property("UID").map_or("", |uid| uid.value.trim());
    Ok(instance.map(|instance| event(part, uid, String::new(), &instance, owner)))
}

/// What an instance is called: its original beginning, as a RECURRENCE-ID in UTC or as a date.
fn named(start: &value::Moment, at: Timestamp) -> String {
    if start.is_date {
        start.local.strftime("%Y%m%d").to_string()
    } else {
        at.strftime("%Y%m%dT%H%M%SZ").to_string()
    }
}

fn event(
    part: &Component,
    uid: &str,
    instance_name: String,
    instance: &Instance,
    owner: Option<&str>,
) -> Event {
    let raw = |name: &str| part.property(name).map_or("", |property| property.value.trim());
    let text = |name: &str| cut(value::unescaped(cut(raw(name), MAX_TEXT)).trim(), MAX_TEXT).to_owned();
    let attendees: Vec<_> = part.all("ATTENDEE").filter_map(attendee).collect();
    let is_declined = owner.is_some_and(|owner| {
        let is_owner = |attendee: &&Attendee| attendee.email.eq_ignore_ascii_case(owner.trim());
        attendees.iter().find(is_owner).is_some_and(|it| it.participation == Participation::Declined)
    });
    let is_cancelled = raw("STATUS").eq_ignore_ascii_case("CANCELLED");
    let is_transparent = match part.property("TRANSP") {
        Some(transparency) => transparency.value.trim().eq_ignore_ascii_case("TRANSPARENT"),
        // Outlook tells it so where it leaves TRANSP out.
        None => raw("X-MICROSOFT-CDO-BUSYSTATUS").eq_ignore_ascii_case("FREE"),
    };
    Event {
        external_id: uid.to_owned(),
        instance: instance_name,
        uid: uid.to_owned(),
        etag: None,
        starts_at: types::Timestamp(instance.starts_at.as_microsecond()),
        ends_at: types::Timestamp(instance.ends_at.as_microsecond()),
        is_all_day: instance.start.is_date,
        is_busy: !(is_cancelled || is_transparent || is_declined),
        is_cancelled,
        summary: text("SUMMARY"),
        description: text("DESCRIPTION"),
        location: text("LOCATION"),
        organizer: part
            .property("ORGANIZER")
            .and_then(|organizer| Some(Organizer { name: name(organizer), email: email(organizer)? })),
        attendees,
        sequence: revision(part),
        conference_url: conference(part),
    }
}

/// What making an event costs: who is invited is copied for each instance.
fn cost(part: &Component) -> u32 {
    u32::try_from(part.properties.len()).unwrap_or(u32::MAX)
}

/// The beginning of a text, at most `bytes` long.
fn cut(text: &str, bytes: usize) -> &str {
    &text[..text.floor_char_boundary(bytes)]
}

fn attendee(property: &Property) -> Option<Attendee> {
    let participation = match property.parameter("PARTSTAT").map(str::to_ascii_uppercase).as_deref() {
        Some("ACCEPTED") => Participation::Accepted,
        Some("DECLINED") => Participation::Declined,
        Some("TENTATIVE") => Participation::Tentative,
        _ => Participation::NeedsAction,
    };
    Some(Attendee { name: name(property), email: email(property)?, participation })
}

fn name(property: &Property) -> Option<String> {
    property
        .parameter("CN")
        .map(str::trim)
        .filter(|name| !name.is_empty())
        .map(|name| cut(name, MAX_NAME).to_owned())
}

/// The e-mail address of an attendee: that of the `mailto:` address, or the EMAIL parameter (RFC 7986).
fn email(property: &Property) -> Option<String> {
    let address = property.value.trim();
    let is_mail = address.get(..7).is_some_and(|scheme| scheme.eq_ignore_ascii_case("mailto:"));
    let email = if is_mail { &address[7..] } else { property.parameter("EMAIL")? };
    let email = email.trim();
    (email.contains('@') && email.len() <= MAX_NAME).then(|| email.to_owned())
}

/// The address of the video conference, where a program or RFC 7986 tells it.
fn conference(part: &Component) -> Option<String> {
    const NAMES: [&str; 3] = ["CONFERENCE", "X-GOOGLE-CONFERENCE", "X-MICROSOFT-SKYPETEAMSMEETINGURL"];
    let addresses = NAMES.iter().flat_map(|name| part.all(name)).map(|property| property.value.trim());
    addresses
        .into_iter()
        .find(|address| address.starts_with("https://") && address.len() <= MAX_TEXT)
        .map(str::to_owned)
}

fn instant(at: types::Timestamp) -> Result<Timestamp> {
    Timestamp::from_microsecond(at.0)
        .map_err(|_| Error::Unusable("the window lies beyond the calendar".to_owned()))
}
