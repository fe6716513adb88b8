//! Entries of meetings in the hosts' calendars.

use db::schema::{meeting_entries, meeting_hosts, meetings};
use diesel::dsl::exists;
use diesel::prelude::*;
use platform::{Result, Tx};
use types::booking::{CalendarEntryState, MeetingState};
use types::{CalendarId, MeetingId, Timestamp, UserId};

use super::meetings::{EntryRow, MeetingRow};

pub(crate) fn find(tx: &mut Tx<'_>, meeting: MeetingId) -> Result<Option<EntryRow>> {
    let query = meeting_entries::table.find(meeting).select(EntryRow::as_select());
    Ok(query.get_result(tx.conn()).optional()?)
}

/// Writes the entry of a meeting, over the one it had. The caller has locked the meeting.
pub(crate) fn save(tx: &mut Tx<'_>, row: &EntryRow) -> Result<()> {
    if find(tx, row.meeting_id)?.is_some() {
        diesel::update(meeting_entries::table.find(row.meeting_id)).set(row.clone()).execute(tx.conn())?;
    } else {
        diesel::insert_into(meeting_entries::table).values(row.clone()).execute(tx.conn())?;
    }
    Ok(())
}

pub(crate) fn delete(tx: &mut Tx<'_>, meeting: MeetingId) -> Result<()> {
    diesel::delete(meeting_entries::table.find(meeting)).execute(tx.conn())?;
    Ok(())
}

/// The meetings with an entry in a calendar that are not over at an instant.
pub(crate) fn of_calendar(
    tx: &mut Tx<'_>,
    calendar: CalendarId,
    after: Timestamp,
) -> Result<Vec<(EntryRow, MeetingRow)>> {
    Ok(meeting_entries::table
        .inner_join(meetings::table.on(meetings::id.eq(meeting_entries::meeting_id)))
        .filter(meeting_entries::calendar_id.eq(calendar))
        .filter(meetings::ends_at.gt(after))
        .select((EntryRow::as_select(), MeetingRow::as_select()))
        .load(tx.conn())?)
}

/// The meetings whose entries in a calendar could not be written, and that are not over.
pub(crate) fn failed(tx: &mut Tx<'_>, calendar: CalendarId, now: Timestamp) -> Result<Vec<MeetingId>> {
    Ok(meeting_entries::table
        .inner_join(meetings::table.on(meetings::id.eq(meeting_entries::meeting_id)))
        .filter(meeting_entries::calendar_id.eq(calendar))
        .filter(meeting_entries::state.eq(CalendarEntryState::Failed))
        .filter(meetings::ends_at.gt(now))
        .select(meetings::id)
        .load(tx.conn())?)
}

/// The meetings of a host that have these UIDs: which, and when.
pub(crate) fn of_host_with_uids(
    tx: &mut Tx<'_>,
    host: UserId,
    uids: &[String],
) -> Result<Vec<(String, Timestamp, Timestamp, MeetingState)>> {
    Ok(meetings::table
        .inner_join(meeting_hosts::table.on(meeting_hosts::meeting_id.eq(meetings::id)))
        .filter(meeting_hosts::user_id.eq(host))
        .filter(meetings::uid.eq_any(uids.to_vec()))
        .select((meetings::uid, meetings::starts_at, meetings::ends_at, meetings::state))
        .load(tx.conn())?)
}

/// Whether there is a meeting with a UID, whoever its hosts are.
pub(crate) fn has_uid(tx: &mut Tx<'_>, uid: &str) -> Result<bool> {
    let with_it = meetings::table.filter(meetings::uid.eq(uid.to_owned()));
    Ok(diesel::select(exists(with_it)).get_result(tx.conn())?)
}
