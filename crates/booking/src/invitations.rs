//! Meetings as files for calendars: the invitations that mails bring (RFC 5546, RFC 6047), and the one to download.

use accounts::mails::Calendar;
use calendar::ical::{Method, invitation};
use calendar::{Attendee, Draft, Organizer, Participation};
use platform::{Error, Result, Tx};
use types::ErrorCode;
use types::booking::MeetingState;

use crate::mails::About;
use crate::store::meetings::MeetingRow;

/// The invitation for a mail. `url` is where its reader changes the meeting.
pub(crate) fn part(tx: &Tx<'_>, about: &About<'_>, method: Method, url: Option<&str>) -> Calendar {
    let draft = draft(tx, about);
    Calendar { method: method.name().to_owned(), text: invitation(method, &draft, tx.now(), url) }
}

/// A meeting to download: it asks for no answer. That of one that is off strikes it out.
///
/// # Errors
/// [`Error::Conflict`] while it waits for its host.
pub(crate) fn file(tx: &mut Tx<'_>, row: &MeetingRow) -> Result<Calendar> {
    let method = match row.state {
        MeetingState::Booked => Method::Publish,
        MeetingState::Cancelled | MeetingState::Declined => Method::Cancel,
        MeetingState::Pending => {
            return Err(Error::conflict(ErrorCode::Conflict, "the meeting waits for its host"));
        }
    };
    let about = About::of(tx, row)?;
    Ok(part(tx, &about, method, None))
}

/// The meeting as calendars keep it. It is from its first host; the contact and the guests are invited.
fn draft(tx: &Tx<'_>, about: &About<'_>) -> Draft {
    let row = about.row;
    let organizer = about.sender().or(about.hosts.first());
    let organizer = organizer.map_or_else(
        || Organizer { name: None, email: tx.ctx().config().smtp.from_address.clone() },
        |host| Organizer { name: Some(host.name.clone()), email: host.email.clone() },
    );
    let hosts = about.hosts.iter().map(|host| Attendee {
        name: Some(host.name.clone()),
        email: host.email.clone(),
        participation: Participation::Accepted,
    });
    // Whoever booked it comes; of guests nobody knows.
    let contact = about.invitee.email.iter().map(|email| Attendee {
        name: Some(about.invitee.name.clone()),
        email: email.clone(),
        participation: if row.booking_link_id.is_some() {
            Participation::Accepted
        } else {
            Participation::NeedsAction
        },
    });
    let guests = row.guests.0.iter().map(|guest| Attendee {
        name: None,
        email: guest.email.clone(),
        participation: Participation::NeedsAction,
    });
    let conference = row.conference_url.as_deref();
    let description: Vec<&str> = row.told_description.as_deref().into_iter().chain(conference).collect();
    Draft {
        uid: row.uid.clone(),
        sequence: u32::try_from(row.sequence).unwrap_or_default(),
        starts_at: row.starts_at,
        ends_at: row.ends_at,
        time_zone: row.contact_time_zone.clone(),
        summary: row.title.clone(),
        description: description.join("\n\n"),
        location: row.location.as_deref().or(conference).unwrap_or_default().to_owned(),
        organizer,
        attendees: hosts.chain(contact).chain(guests).collect(),
        keeps_people: false,
        conference_url: row.conference_url.clone(),
        wants_conference: false,
    }
}
