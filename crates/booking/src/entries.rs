//! Entries of meetings in the hosts' calendars: each in the default calendar of its first host, under a UID that never changes,
//! so that it stands there once whatever fails.
//!
//! - A meeting that waits for its host is in no calendar; one that is called off is taken out.
//! - An entry stays in the calendar it was written to, whichever is the default later.
//! - What somebody deletes in the calendar calls nothing off: the entry is `missing` until the host says what they mean.
//!
//! Map: `draft` what is written; `write` writing it; `remove` taking out what was erased here; `seen` what became of it there.

mod draft;
mod remove;
mod seen;
mod write;

use platform::{Result, Tx};
use types::MeetingId;
use types::booking::{CalendarEntryState, MeetingState};

use crate::store::calendars;
use crate::store::entries as stored;
use crate::store::meetings::{self, EntryRow, MeetingRow};

pub use remove::DeleteEntry;
pub use write::WriteEntry;

pub(crate) use draft::{line_of, lines_of, title_of, zone_name};
pub(crate) use seen::seen;

/// Has the entry of a meeting follow it.
pub(crate) fn follow(tx: &mut Tx<'_>, row: &MeetingRow) -> Result<()> {
    let entry = stored::find(tx, row.id)?;
    match row.state {
        MeetingState::Pending => Ok(()),
        MeetingState::Booked => match entry {
            // The host is asked first.
            Some(entry) if entry.state == CalendarEntryState::Missing => Ok(()),
            Some(entry) => rewrite(tx, row, entry),
            None if row.ends_at <= tx.now() => Ok(()),
            None => place(tx, row),
        },
        MeetingState::Cancelled | MeetingState::Declined => match entry {
            Some(entry) if entry.state == CalendarEntryState::Missing => stored::delete(tx, row.id),
            Some(entry) => write_later(tx, entry),
            None => Ok(()),
        },
    }
}

/// Has an entry written that is gone from the calendar.
pub(crate) fn write_again(tx: &mut Tx<'_>, row: &MeetingRow) -> Result<()> {
    match stored::find(tx, row.id)? {
        Some(entry) => rewrite(tx, row, EntryRow { external_id: None, etag: None, url: None, ..entry }),
        None => place(tx, row),
    }
}

/// Takes the entry of a meeting out of the calendar, because its contact is erased.
pub(crate) fn forget(tx: &mut Tx<'_>, row: &MeetingRow) -> Result<()> {
    let Some(entry) = stored::find(tx, row.id)? else { return Ok(()) };
    let is_unknown = entry.external_id.is_none() && entry.state != CalendarEntryState::Missing;
    if is_unknown && matches!(row.state, MeetingState::Cancelled | MeetingState::Declined) {
        // It may have been written by whoever had no time to say so: it is asked for, and then taken out.
        return write_later(tx, entry);
    }
    stored::delete(tx, row.id)?;
    if let Some(external_id) = entry.external_id {
        tx.enqueue(&DeleteEntry { calendar_id: entry.calendar_id, external_id })?;
    }
    Ok(())
}

/// Has the entry written where it is, or to the default calendar when that one was taken away.
fn rewrite(tx: &mut Tx<'_>, row: &MeetingRow, entry: EntryRow) -> Result<()> {
    if calendars::find(tx, entry.calendar_id)?.is_some() {
        return write_later(tx, entry);
    }
    stored::delete(tx, row.id)?;
    place(tx, row)
}

/// Chooses the calendar of a meeting; none when its first host has none that could be written to (MEET-16).
fn place(tx: &mut Tx<'_>, row: &MeetingRow) -> Result<()> {
    let hosts = meetings::hosts_of(tx, row.id)?;
    let Some(host) = hosts.first() else { return Ok(()) };
    let Some(calendar) = calendars::default_of(tx, *host)? else { return Ok(()) };
    let entry = EntryRow {
        meeting_id: row.id,
        calendar_id: calendar.id,
        state: CalendarEntryState::Writing,
        external_id: None,
        etag: None,
        url: None,
        error: None,
        sequence: None,
    };
    write_later(tx, entry)
}

fn write_later(tx: &mut Tx<'_>, entry: EntryRow) -> Result<()> {
    let meeting_id = entry.meeting_id;
    stored::save(tx, &EntryRow { state: CalendarEntryState::Writing, error: None, ..entry })?;
    tx.enqueue(&WriteEntry { meeting_id })?;
    Ok(())
}

/// Whether the calendar that the meeting is, or will be, written to is one of an online service.
pub(crate) fn is_in_online_service(tx: &mut Tx<'_>, id: MeetingId) -> Result<bool> {
    let Some(entry) = stored::find(tx, id)? else { return Ok(false) };
    let Some(calendar) = calendars::find(tx, entry.calendar_id)? else { return Ok(false) };
    let account = calendars::account(tx, calendar.account_id)?;
    Ok(account.is_some_and(|account| account.provider.is_online_service()))
}

/// Whether two ids name one event. Servers may percent-encode the same address in more than one way (RFC 3986, section 6.2.2).
pub(crate) fn same_id(one: &str, other: &str) -> bool {
    let plain = |id: &str| percent_encoding::percent_decode_str(id).collect::<Vec<u8>>();
    one == other || (one.contains("://") && plain(one) == plain(other))
}
