//! What is found in a calendar and means something for meetings: entries of ours that are not as we wrote them, and events
//! with contacts.

use std::collections::HashSet;

use calendar::{Changes, Error, Event, Window};
use db::Json;
use platform::{Actor, Ctx, Result, Tx};
use types::accounts::Locale;
use types::booking::{BookingLanguage, CalendarEntryState, Guest, MeetingState};
use types::crm::{Contact, TimelineEvent};
use types::{MeetingId, UserId};

use super::Provider;
use super::sync::{Claimed, Seen};
use crate::entries::{self, same_id};
use crate::store::calendars;
use crate::store::entries as stored;
use crate::store::meetings::{self, EntryRow, MeetingReminders, MeetingRow};
use crate::{view, zones};

/// The longest meeting, in seconds.
const LONGEST_SECONDS: i64 = 24 * 60 * 60;
/// Most guests that a meeting from a calendar has.
const MOST_GUESTS: usize = 50;

/// An entry of ours as it was when the provider was asked for it, and the event as it is there now; nothing when it is gone.
#[derive(Clone, Debug)]
pub(super) struct Touched {
    pub(super) entry: EntryRow,
    pub(super) event: Option<Event>,
}

/// The entries of ours that may have been changed or deleted. Each is asked for: that a provider does not tell of one is a
/// hint alone.
pub(super) async fn touched(
    provider: &Provider,
    claimed: &Claimed,
    (changes, window): (&Changes, Window),
    own: Vec<(EntryRow, MeetingRow)>,
) -> calendar::Result<Vec<Touched>> {
    let mut touched = Vec::new();
    for (entry, meeting) in own {
        let (CalendarEntryState::Written, Some(id)) = (entry.state, &entry.external_id) else { continue };
        let told = changes.events.iter().find(|event| same_id(&event.external_id, id));
        if told.is_some_and(|event| event.etag.is_some() && event.etag == entry.etag) {
            continue;
        }
        let is_within = meeting.starts_at < window.until && meeting.ends_at > window.from;
        let is_named = changes.changed_ids.iter().any(|changed| same_id(changed, id));
        if told.is_none() && !is_named && !(changes.is_full && is_within) {
            continue;
        }
        let event = match provider.get(&claimed.calendar, id, &claimed.zone).await {
            Ok(event) => Some(event).filter(|event| !event.is_cancelled),
            Err(Error::NotFound) => None,
            Err(cause) => return Err(cause),
        };
        touched.push(Touched { entry, event });
    }
    Ok(touched)
}

/// Writes down what was found.
pub(super) async fn follow(ctx: &Ctx, claimed: &Claimed, seen: &Seen) -> Result<()> {
    let is_two_way = claimed.calendar.is_two_way;
    for one in &seen.touched {
        let one = one.clone();
        ctx.write(&Actor::System, move |tx| entries::seen(tx, &one.entry, one.event.as_ref(), is_two_way))
            .await?;
    }
    if !is_two_way {
        return Ok(());
    }
    // A recurring event is no meeting with a beginning, and what is past or takes days is none that was arranged.
    let is_meeting = |event: &&Event| {
        event.instance.is_empty()
            && event.is_busy
            && !event.is_cancelled
            && !event.is_all_day
            && !event.attendees.is_empty()
            && event.starts_at > claimed.now
            && (1..=LONGEST_SECONDS).contains(&event.ends_at.seconds_since(event.starts_at))
    };
    for event in seen.changes.events.iter().filter(is_meeting) {
        let (event, calendar) = (event.clone(), claimed.calendar.clone());
        let account = claimed.account.name.to_lowercase();
        ctx.write(&Actor::System, move |tx| arranged(tx, (&calendar, &account), &event)).await?;
    }
    Ok(())
}

/// Makes a meeting of an event with a contact (MEET-14), if whoever has the calendar made it: what others invite to is theirs
/// to move and to call off. Nobody is written to: whoever made the event has invited them.
fn arranged(
    tx: &mut Tx<'_>,
    (calendar, account): (&calendars::CalendarRow, &str),
    event: &Event,
) -> Result<()> {
    let is_known = stored::has_uid(tx, &event.uid)?
        || stored::of_calendar(tx, calendar.id, tx.now())?
            .iter()
            .any(|(entry, _)| entry.external_id.as_deref().is_some_and(|id| same_id(id, &event.external_id)));
    if is_known {
        return Ok(());
    }
    let host = accounts::users::find(tx, calendar.user_id)?;
    let own = host.email.to_lowercase();
    let mut addresses: Vec<String> =
        event.attendees.iter().map(|attendee| attendee.email.trim().to_lowercase()).collect();
    let is_own = event.organizer.as_ref().is_none_or(|organizer| {
        let organizer = organizer.email.trim().to_lowercase();
        organizer == own || organizer == account || organizer == calendar.external_id.to_lowercase()
    });
    if !is_own {
        return Ok(());
    }
    let mut seen = HashSet::new();
    // The host is among them under their address here, or the one of their account there.
    addresses.retain(|address| *address != own && address != account && seen.insert(address.clone()));
    let contacts = calendars::contacts_with(tx, &addresses)?;
    let invited =
        addresses.iter().find_map(|address| contacts.iter().find(|(email, _)| email == address)).cloned();
    let Some((address, contact)) = invited else { return Ok(()) };
    let contact = crm::contacts::find(tx, contact)?;
    tx.about(contact.id);
    addresses.retain(|other| *other != address);
    let row = meeting(tx, (&contact, calendar.user_id), event, addresses)?;
    meetings::insert(tx, &row, &[calendar.user_id])?;
    let entry = EntryRow {
        meeting_id: row.id,
        calendar_id: calendar.id,
        state: CalendarEntryState::Written,
        external_id: Some(event.external_id.clone()),
        etag: event.etag.clone(),
        url: None,
        error: None,
        sequence: Some(0),
    };
    stored::save(tx, &entry)?;
    let booked = TimelineEvent::MeetingBooked {
        meeting_id: row.id,
        starts_at: row.starts_at,
        title: row.title.clone(),
    };
    crm::timeline::record(tx, row.contact_id, booked)?;
    view::tell_meeting(tx, &row)
}

fn meeting(
    tx: &mut Tx<'_>,
    (contact, host): (&Contact, UserId),
    event: &Event,
    guests: Vec<String>,
) -> Result<MeetingRow> {
    let (language, country) = match accounts::settings::load(tx)?.default_locale {
        Locale::English => (BookingLanguage::English, "GB"),
        Locale::French => (BookingLanguage::French, "FR"),
    };
    let zone = contact.time_zone.clone().filter(|zone| zones::find(zone).is_some());
    let zone = match zone {
        Some(zone) => zone,
        None => entries::zone_name(tx, host)?,
    };
    let id: MeetingId = tx.new_id();
    let description = entries::lines_of(&event.description);
    let guests = guests.into_iter().take(MOST_GUESTS).map(|email| Guest { email }).collect();
    Ok(MeetingRow {
        id,
        state: MeetingState::Booked,
        booking_link_id: None,
        contact_id: contact.id,
        guests: Json(guests),
        title: entries::title_of(event).unwrap_or_else(|| contact.name.clone()),
        description: description.clone(),
        location: entries::line_of(&event.location, 500),
        conference_kind: None,
        conference_id: None,
        conference_url: event.conference_url.clone(),
        meeting_type_id: None,
        starts_at: event.starts_at,
        ends_at: event.ends_at,
        contact_time_zone: zone,
        language,
        country: country.to_owned(),
        answers: Json(Vec::new()),
        outcome: None,
        reason: None,
        cancelled_by: None,
        host_choice: None,
        uid: event.uid.clone(),
        sequence: 0,
        reminders: Json(MeetingReminders::default()),
        created_at: tx.now(),
        updated_at: tx.now(),
        booker_name: None,
        booker_email: None,
        told_description: description,
    })
}
