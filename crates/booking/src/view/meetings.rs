//! Meetings as users see them.

use std::collections::{BTreeSet, HashMap};

use platform::{Result, Tx};
use types::booking::{CalendarEntryState, Meeting};
use types::{BookingLinkId, CalendarId, ContactId, Event, MeetingId, Subject};

use crate::store::meetings::{self, MeetingRow};
use crate::store::requests;
use crate::store::{calendars, conferences, links};

/// One meeting.
pub(crate) fn meeting(tx: &mut Tx<'_>, row: MeetingRow) -> Result<Meeting> {
    let mut shown = meetings(tx, vec![row])?;
    shown.pop().ok_or(platform::Error::NotFound)
}

/// Tells whoever may see a meeting that it changed, and shows it.
pub(crate) fn meeting_changed(tx: &mut Tx<'_>, row: MeetingRow) -> Result<Meeting> {
    tell_meeting(tx, &row)?;
    meeting(tx, row)
}

/// Tells its hosts, and whoever sees its contact, that a meeting changed.
pub(crate) fn tell_meeting(tx: &mut Tx<'_>, row: &MeetingRow) -> Result<()> {
    let hosts = meetings::hosts_of(tx, row.id)?;
    let owner = crm::contacts::find(tx, row.contact_id)?.owner_id;
    let mut subjects: Vec<Subject> = hosts.into_iter().map(Subject::User).collect();
    subjects.push(crm::records::subject(owner));
    tx.emit_to(&subjects, Event::MeetingChanged { meeting_id: row.id })
}

/// Meetings with what belongs to them, read for all of them together.
pub(crate) fn meetings(tx: &mut Tx<'_>, rows: Vec<MeetingRow>) -> Result<Vec<Meeting>> {
    let ids: Vec<MeetingId> = rows.iter().map(|row| row.id).collect();
    let mut hosts = meetings::hosts(tx, &ids)?;
    let mut entries = meetings::entries(tx, &ids)?;
    let keeps: Vec<CalendarId> = entries.values().map(|entry| entry.calendar_id).collect();
    let two_way = calendars::two_way(tx, &keeps)?;
    let contacts: BTreeSet<ContactId> = rows.iter().map(|row| row.contact_id).collect();
    let contacts: Vec<ContactId> = contacts.into_iter().collect();
    let people: HashMap<_, _> =
        requests::people(tx, &contacts)?.into_iter().map(|(id, name, email)| (id, (name, email))).collect();
    let mut errors = conferences::errors(tx, &ids)?;
    let names = link_names(tx, &rows)?;
    let show = |row: MeetingRow| {
        let (contact_name, contact_email) = people.get(&row.contact_id).cloned().unwrap_or_default();
        let entry = entries.remove(&row.id);
        Meeting {
            id: row.id,
            state: row.state,
            booking_link_name: row.booking_link_id.and_then(|id| names.get(&id).cloned()),
            booking_link_id: row.booking_link_id,
            contact_id: row.contact_id,
            contact_name,
            contact_email,
            host_ids: hosts.remove(&row.id).unwrap_or_default(),
            guests: row.guests.0,
            title: row.title,
            description: row.description,
            location: row.location,
            conference_url: row.conference_url,
            conference_error: errors.remove(&row.id),
            meeting_type_id: row.meeting_type_id,
            starts_at: row.starts_at,
            ends_at: row.ends_at,
            contact_time_zone: row.contact_time_zone,
            answers: row.answers.0,
            outcome: row.outcome,
            reason: row.reason,
            cancelled_by: row.cancelled_by,
            host_choice: row.host_choice.map(|choice| choice.0),
            calendar_entry: entry.as_ref().map_or(CalendarEntryState::None, |entry| entry.state),
            calendar_entry_url: entry.as_ref().and_then(|entry| entry.url.clone()),
            description_reaches_contact: entry
                .as_ref()
                .is_some_and(|entry| two_way.contains(&entry.calendar_id)),
            calendar_entry_error: entry.and_then(|entry| entry.error),
            sequence: row.sequence,
            created_at: row.created_at,
            updated_at: row.updated_at,
        }
    };
    Ok(rows.into_iter().map(show).collect())
}

fn link_names(tx: &mut Tx<'_>, rows: &[MeetingRow]) -> Result<HashMap<BookingLinkId, String>> {
    let ids: BTreeSet<BookingLinkId> = rows.iter().filter_map(|row| row.booking_link_id).collect();
    let mut names = HashMap::new();
    for id in ids {
        if let Some(link) = links::find(tx, id)? {
            names.insert(id, link.settings.0.internal_name);
        }
    }
    Ok(names)
}
