//! What every change of a meeting does, whoever makes it: its time is taken or let go, its entry in the host's calendar
//! follows, everybody is told, and the timeline says so.

use platform::fields::Fields;
use platform::{Ctx, Error, Granted, Result, Tx};
use types::booking::{MeetingParty, MeetingState};
use types::crm::TimelineEvent;
use types::{ErrorCode, MeetingId, Timestamp, UserId};

use crate::claims::{self, Kind};
use crate::store::meetings::{self, MeetingRow};
use crate::{conferences, entries, mails, store, view};

/// What there is to tell of a meeting.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Told {
    /// It was booked.
    Booked,
    /// A host is asked to agree to it.
    Asked,
    /// A host has agreed to it.
    Confirmed,
    /// A host has not agreed to it.
    Declined,
    /// It takes place at another time.
    Moved {
        /// When it was to begin before.
        from: Timestamp,
    },
    /// It was called off.
    Cancelled {
        /// Whether guests have heard that it stood.
        guests_know: bool,
    },
    /// Its title, description or place changed.
    Changed,
    /// Its video conference has an address now.
    Linked,
}

/// The UID of a meeting (RFC 5545, section 3.8.4.7), the same in everybody's calendar for ever.
pub(crate) fn new_uid(ctx: &Ctx, id: MeetingId) -> String {
    // The host alone: a port or a path has no place in a UID that becomes the name of a resource.
    let server = &ctx.config().server;
    let host = url::Url::parse(&server.public_url).ok().and_then(|url| url.host_str().map(str::to_owned));
    format!("meeting-{id}@{}", host.unwrap_or_else(|| "rapport".to_owned()))
}

/// Tells everybody: hosts and contact by mail, the calendar, the video conference, webhooks, and whoever looks at it.
pub(crate) fn tell(tx: &mut Tx<'_>, row: &MeetingRow, told: Told) -> Result<()> {
    entries::follow(tx, row)?;
    conferences::follow(tx, row, told)?;
    mails::tell(tx, row, told)?;
    view::tell_meeting(tx, row)
}

/// Insists that a meeting can still be moved or called off by whoever booked it.
///
/// # Errors
/// [`Error::Conflict`] when it was called off, not agreed to, or has begun.
pub(crate) fn require_changeable(tx: &Tx<'_>, row: &MeetingRow) -> Result<()> {
    require_standing(row)?;
    if row.starts_at <= tx.now() {
        return Err(Error::conflict(ErrorCode::Conflict, "the meeting has begun"));
    }
    Ok(())
}

/// Insists that a meeting stands or waits for a host.
///
/// # Errors
/// [`Error::Conflict`] otherwise.
pub(crate) fn require_standing(row: &MeetingRow) -> Result<()> {
    match row.state {
        MeetingState::Booked | MeetingState::Pending => Ok(()),
        MeetingState::Cancelled => {
            Err(Error::conflict(ErrorCode::Conflict, "the meeting was called off already"))
        }
        MeetingState::Declined => Err(Error::conflict(ErrorCode::Conflict, "the meeting was not agreed to")),
    }
}

/// The years in which meetings may be, as instants: from 2000 up to 2100.
const YEARS: (Timestamp, Timestamp) =
    (Timestamp(946_684_800 * Timestamp::SECOND), Timestamp(4_102_444_800 * Timestamp::SECOND));

/// Whether a meeting can be from then to then: nobody means year 9999, whose next day no calendar can tell.
pub(crate) fn is_in_reach((starts_at, ends_at): (Timestamp, Timestamp)) -> bool {
    YEARS.0 <= starts_at && ends_at <= YEARS.1
}

/// What is said of a `starts_at` that is not.
pub(super) const REACH: &str = "must be in the years 2000 to 2099";

/// Checks why something is done.
pub(super) fn reason(given: Option<&str>) -> Result<Option<String>> {
    let mut fields = Fields::default();
    let reason = fields.lines("reason", given, 1000);
    fields.finish()?;
    Ok(reason)
}

/// Calls a meeting off: its time is free again.
pub(crate) fn call_off(
    tx: &mut Tx<'_>,
    locked: &Granted<MeetingRow>,
    by: MeetingParty,
    why: Option<&str>,
) -> Result<MeetingRow> {
    let guests_know = locked.state == MeetingState::Booked && !conferences::holds_invitation(tx, locked)?;
    let row = MeetingRow {
        state: MeetingState::Cancelled,
        cancelled_by: Some(by),
        reason: reason(why)?,
        sequence: locked.sequence + 1,
        updated_at: tx.now(),
        ..(**locked).clone()
    };
    meetings::update(tx, locked, &row)?;
    store::claims::delete_of_meeting(tx, row.id)?;
    let entry = TimelineEvent::MeetingCancelled { meeting_id: row.id, title: row.title.clone() };
    crm::timeline::record(tx, row.contact_id, entry)?;
    tell(tx, &row, Told::Cancelled { guests_know })?;
    Ok(row)
}

/// Takes another time of the hosts for a meeting in place of its own.
///
/// # Errors
/// [`Error::Conflict`] `slot_taken` when a host has another claim then.
pub(crate) fn reclaim(
    tx: &mut Tx<'_>,
    row: &MeetingRow,
    hosts: &[UserId],
    span: (Timestamp, Timestamp),
) -> Result<()> {
    store::claims::delete_of_meeting(tx, row.id)?;
    claims::take(tx, hosts, span, row.booking_link_id, &claim_kind(row))
}

/// Takes the time of a meeting, with the buffers of its link, unless something else has it: a host may want two at once.
pub(super) fn claim_if_free(tx: &mut Tx<'_>, row: &MeetingRow, host: UserId) -> Result<()> {
    let times = (row.starts_at, row.ends_at);
    let link = match row.booking_link_id {
        Some(id) => store::links::find(tx, id)?,
        None => None,
    };
    let with_buffers = link.map(|link| claims::with_buffers(&link.settings.0.availability, times));
    for span in with_buffers.into_iter().chain([times]) {
        match claims::take(tx, &[host], span, row.booking_link_id, &claim_kind(row)) {
            Err(Error::Conflict { .. }) => {}
            other => return other,
        }
    }
    Ok(())
}

const fn claim_kind(row: &MeetingRow) -> Kind {
    match row.state {
        MeetingState::Pending => Kind::Pending(row.id),
        _ => Kind::Booked(row.id),
    }
}

/// Writes the time that a meeting has from now on, in the zone that the contact chose if they did, and why. Nobody is told.
pub(crate) fn set_time(
    tx: &mut Tx<'_>,
    locked: &Granted<MeetingRow>,
    (starts_at, ends_at): (Timestamp, Timestamp),
    (zone, why): (Option<&str>, Option<&str>),
) -> Result<MeetingRow> {
    let row = MeetingRow {
        starts_at,
        ends_at,
        contact_time_zone: zone.unwrap_or(&locked.contact_time_zone).to_owned(),
        reason: reason(why)?,
        sequence: locked.sequence + 1,
        updated_at: tx.now(),
        ..(**locked).clone()
    };
    meetings::update(tx, locked, &row)?;
    let entry = TimelineEvent::MeetingRescheduled { meeting_id: row.id, starts_at, title: row.title.clone() };
    crm::timeline::record(tx, row.contact_id, entry)?;
    Ok(row)
}

/// The same for a host, who may want what overlaps: it takes their time where nothing else has it.
pub(crate) fn set_any_time(
    tx: &mut Tx<'_>,
    locked: &Granted<MeetingRow>,
    times: (Timestamp, Timestamp),
    why: Option<&str>,
) -> Result<MeetingRow> {
    let hosts = meetings::hosts_of(tx, locked.id)?;
    claims::lock_hosts(tx, &hosts)?;
    store::claims::delete_of_meeting(tx, locked.id)?;
    let row = set_time(tx, locked, times, (None, why))?;
    for host in hosts {
        claim_if_free(tx, &row, host)?;
    }
    Ok(row)
}
