//! Video conferences of meetings: made at Zoom with the sign-in of the first host, or by that host's default calendar.
//!
//! - A meeting stands whether its conference can be made or not. The invitation waits until it was tried once: it then brings
//!   the address, or says that it follows, and the address is sent when there is one.
//! - A meeting has one conference. That of a calendar is part of the entry, which stands there once. Zoom makes another each
//!   time it is asked, so what is asked is written down before, by one job at a time, and whoever does not know what came of it
//!   looks for the meeting at Zoom before asking again. What remains: a process ends between Zoom's work and our note of it,
//!   and Zoom does not list the new meeting yet when the job runs again, at the earliest after its lease or five seconds. Then
//!   there are two at Zoom, of which one is ever told of.
//! - What Zoom has follows the meeting: moved and renamed with it, and deleted when it is called off or its contact is erased.
//!
//! Map: `hosts` who can have one; `write` the job that asks Zoom.

mod hosts;
mod write;

use platform::{Granted, Result, Tx};
use types::booking::{ConferenceKind, MeetingState};

use crate::meetings::Told;
use crate::store::conferences::{self as stored, ConferenceRow};
use crate::store::meetings::{self, MeetingRow};
use crate::{entries, mails, view};

pub(crate) use hosts::hosts;
pub use hosts::list_conference_hosts;
pub use write::WriteConference;

/// Has the conference of a meeting follow it. Its entry in the calendar has followed already.
pub(crate) fn follow(tx: &mut Tx<'_>, row: &MeetingRow, told: Told) -> Result<()> {
    let known = stored::find(tx, row.id)?;
    match (known, row.state) {
        (None, MeetingState::Booked) => begin(tx, row, told),
        (None, _) | (Some(_), MeetingState::Pending) => Ok(()),
        (Some(known), MeetingState::Booked) => {
            let is_shown = known.kind == ConferenceKind::Calendar || known.sequence == Some(row.sequence);
            if is_shown { Ok(()) } else { write_later(tx, row) }
        }
        (Some(_), MeetingState::Cancelled | MeetingState::Declined) => forget(tx, row),
    }
}

/// Asks for the conference of a meeting that is to have one. Where nothing can make it, there is none.
fn begin(tx: &mut Tx<'_>, row: &MeetingRow, told: Told) -> Result<()> {
    let Some(kind) = row.conference_kind.filter(|_| row.conference_url.is_none()) else { return Ok(()) };
    let is_made_by_calendar = kind == ConferenceKind::Calendar;
    if row.ends_at <= tx.now() || (is_made_by_calendar && !entries::is_in_online_service(tx, row.id)?) {
        return Ok(());
    }
    let conference = ConferenceRow {
        meeting_id: row.id,
        kind,
        is_asked: false,
        is_wanted: true,
        is_invited: !matches!(told, Told::Booked | Told::Confirmed),
        sequence: None,
        error: None,
        asking_until: None,
    };
    stored::insert(tx, &conference)?;
    if is_made_by_calendar { Ok(()) } else { write_later(tx, row) }
}

fn write_later(tx: &mut Tx<'_>, row: &MeetingRow) -> Result<()> {
    tx.enqueue(&WriteConference { meeting_id: row.id })?;
    Ok(())
}

/// Has the conference of a meeting deleted: it was called off, or its contact is erased.
pub(crate) fn forget(tx: &mut Tx<'_>, row: &MeetingRow) -> Result<()> {
    let Some(known) = stored::find(tx, row.id)? else { return Ok(()) };
    if known.kind == ConferenceKind::Calendar {
        // It goes with the entry.
        return stored::delete(tx, row.id);
    }
    stored::update(tx, &ConferenceRow { is_wanted: false, error: None, ..known })?;
    write_later(tx, row)
}

/// Whether the conference of a meeting has no address yet.
pub(crate) fn is_awaited(tx: &mut Tx<'_>, row: &MeetingRow) -> Result<bool> {
    Ok(row.conference_url.is_none() && stored::find(tx, row.id)?.is_some_and(|known| known.is_wanted))
}

/// Whether those who are invited hear of a meeting later, when its conference was tried.
pub(crate) fn holds_invitation(tx: &mut Tx<'_>, row: &MeetingRow) -> Result<bool> {
    let is_held = |known: ConferenceRow| known.is_wanted && !known.is_invited;
    Ok(stored::find(tx, row.id)?.is_some_and(is_held))
}

/// Notes the address of a conference and its id at Zoom, and tells of it. `shown` is the sequence of the meeting that Zoom
/// shows, if it is known.
pub(crate) fn linked(
    tx: &mut Tx<'_>,
    locked: &Granted<MeetingRow>,
    (id, url): (Option<String>, String),
    shown: Option<i32>,
) -> Result<()> {
    let row = MeetingRow {
        conference_id: id,
        conference_url: Some(url),
        sequence: locked.sequence + 1,
        updated_at: tx.now(),
        ..(**locked).clone()
    };
    meetings::update(tx, locked, &row)?;
    let mut told = Told::Linked;
    if let Some(known) = stored::find(tx, row.id)? {
        if !known.is_invited {
            told = Told::Booked;
        }
        // The address is not shown there: whoever knows the meeting before it knows it after.
        let sequence = (shown == Some(locked.sequence)).then_some(row.sequence);
        stored::update(
            tx,
            &ConferenceRow {
                is_asked: false,
                is_invited: true,
                sequence,
                error: None,
                asking_until: None,
                ..known
            },
        )?;
    }
    entries::follow(tx, &row)?;
    follow(tx, &row, told)?;
    mails::invite(tx, &row, told)?;
    view::tell_meeting(tx, &row)
}

/// Notes that the calendar was asked for a conference and has none yet, and why if it failed.
pub(crate) fn calendar_tried(
    tx: &mut Tx<'_>,
    locked: &Granted<MeetingRow>,
    error: Option<String>,
) -> Result<()> {
    match stored::find(tx, locked.id)? {
        Some(known) if known.kind == ConferenceKind::Calendar && locked.conference_url.is_none() => {
            tried(tx, locked, ConferenceRow { error, ..known })
        }
        _ => Ok(()),
    }
}

/// Notes that a conference was asked for in vain; the invitation waits no longer.
fn tried(tx: &mut Tx<'_>, locked: &Granted<MeetingRow>, known: ConferenceRow) -> Result<()> {
    let was_invited = known.is_invited;
    stored::update(tx, &ConferenceRow { is_invited: true, ..known })?;
    if !was_invited && locked.state == MeetingState::Booked {
        mails::invite(tx, locked, Told::Booked)?;
    }
    Ok(())
}
