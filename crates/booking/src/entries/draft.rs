//! What is written of a meeting, and what is read of it.

use calendar::{Attendee, Draft, Event, Organizer, Participation};
use platform::{Result, Tx};
use types::UserId;
use types::booking::ConferenceKind;

use crate::store::meetings::{self, MeetingRow};
use crate::store::profiles;
use crate::{invitees, zones};

/// The zone of a user, as an IANA name.
pub(crate) fn zone_name(tx: &mut Tx<'_>, user: UserId) -> Result<String> {
    let profile = profiles::find(tx, user)?;
    let zone = profile.map(|profile| profile.time_zone).filter(|zone| zones::find(zone).is_some());
    Ok(zone.unwrap_or_else(|| "UTC".to_owned()))
}

/// A meeting as it stands in the calendar of its first host.
pub(super) fn of(tx: &mut Tx<'_>, row: &MeetingRow) -> Result<Option<Draft>> {
    let hosts = meetings::hosts_of(tx, row.id)?;
    let Some(first) = hosts.first() else { return Ok(None) };
    let host = accounts::users::find(tx, *first)?;
    let location = row.location.clone().or_else(|| row.conference_url.clone());
    Ok(Some(Draft {
        uid: row.uid.clone(),
        sequence: u32::try_from(row.sequence).unwrap_or_default(),
        starts_at: row.starts_at,
        ends_at: row.ends_at,
        time_zone: zone_name(tx, *first)?,
        summary: row.title.clone(),
        description: format!("{}{}", row.told_description.as_deref().unwrap_or_default(), appendix(tx, row)?),
        location: location.unwrap_or_default(),
        organizer: Organizer { name: Some(host.name), email: host.email },
        attendees: attendees(tx, row)?,
        keeps_people: is_from_calendar(row),
        conference_url: row.conference_url.clone(),
        wants_conference: row.conference_kind == Some(ConferenceKind::Calendar),
    }))
}

/// Who is invited: the contact, the guests, and every host but the first.
fn attendees(tx: &mut Tx<'_>, row: &MeetingRow) -> Result<Vec<Attendee>> {
    let invited = |name: Option<String>, email: String| Attendee {
        name,
        email,
        participation: Participation::NeedsAction,
    };
    let invitee = invitees::of(tx, row)?;
    let mut attendees = Vec::new();
    if let Some(email) = invitee.email {
        attendees.push(invited(Some(invitee.name).filter(|name| !name.is_empty()), email));
    }
    attendees.extend(row.guests.0.iter().map(|guest| invited(None, guest.email.clone())));
    for other in meetings::hosts_of(tx, row.id)?.into_iter().skip(1) {
        let other = accounts::users::find(tx, other)?;
        attendees.push(invited(Some(other.name), other.email));
    }
    Ok(attendees)
}

/// Whether somebody made a meeting in a calendar, where it is from them, and for whom they invited.
pub(super) fn is_from_calendar(row: &MeetingRow) -> bool {
    !row.uid.starts_with(&format!("meeting-{}@", row.id))
}

/// What stands below the description, for the host alone: the answers, where the conference is, where the contact is found,
/// and who comes, where the event has no attendees. In an event that somebody made there nothing does: others read it.
pub(super) fn appendix(tx: &mut Tx<'_>, row: &MeetingRow) -> Result<String> {
    let mut text = String::new();
    if is_from_calendar(row) {
        return Ok(text);
    }
    for answer in &row.answers.0 {
        text.push_str(&format!("\n{}: {}", answer.label, answer.value));
    }
    if let Some(url) = row.conference_url.as_ref().filter(|_| row.location.is_some()) {
        text.push_str(&format!("\n\n{url}"));
    }
    let app = tx.ctx().config().server.app_url().to_owned();
    text.push_str(&format!("\n\n{app}/contacts/{}", row.contact_id));
    if super::is_in_online_service(tx, row.id)? {
        for one in attendees(tx, row)? {
            text.push_str(&match one.name {
                Some(name) => format!("\n{name} <{}>", one.email),
                None => format!("\n{}", one.email),
            });
        }
    }
    Ok(text)
}

/// The title of an event, unless it has none.
pub(crate) fn title_of(event: &Event) -> Option<String> {
    line_of(&event.summary, 200)
}

/// A line of at most that many characters, unless it is empty.
pub(crate) fn line_of(text: &str, most: usize) -> Option<String> {
    let line: String = text.chars().map(|c| if c.is_control() { ' ' } else { c }).take(most).collect();
    Some(line.trim().to_owned()).filter(|line| !line.is_empty())
}

/// Lines of at most 5000 characters, unless they are empty.
pub(crate) fn lines_of(text: &str) -> Option<String> {
    let lines: String =
        text.chars().filter(|c| *c == '\n' || *c == '\t' || !c.is_control()).take(5000).collect();
    Some(lines.trim().to_owned()).filter(|lines| !lines.is_empty())
}
