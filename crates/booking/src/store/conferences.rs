//! Video conferences of meetings.

use std::collections::HashMap;

use db::schema::{calendar_accounts, calendars, meeting_conferences};
use diesel::prelude::*;
use platform::{Result, Tx};
use types::booking::{CalendarProvider, ConferenceKind};
use types::{MeetingId, Timestamp, UserId};

/// A row of `meeting_conferences`.
#[derive(Clone, Debug, PartialEq, Eq, Queryable, Selectable, Insertable, AsChangeset)]
#[diesel(table_name = meeting_conferences, primary_key(meeting_id), treat_none_as_null = true)]
pub(crate) struct ConferenceRow {
    pub(crate) meeting_id: MeetingId,
    pub(crate) kind: ConferenceKind,
    pub(crate) is_asked: bool,
    pub(crate) is_wanted: bool,
    pub(crate) is_invited: bool,
    pub(crate) sequence: Option<i32>,
    pub(crate) error: Option<String>,
    pub(crate) asking_until: Option<Timestamp>,
}

pub(crate) fn find(tx: &mut Tx<'_>, meeting: MeetingId) -> Result<Option<ConferenceRow>> {
    let query = meeting_conferences::table.find(meeting).select(ConferenceRow::as_select());
    Ok(query.get_result(tx.conn()).optional()?)
}

/// Writes the conference of a new meeting. The caller has locked the meeting, here and below.
pub(crate) fn insert(tx: &mut Tx<'_>, row: &ConferenceRow) -> Result<()> {
    diesel::insert_into(meeting_conferences::table).values(row.clone()).execute(tx.conn())?;
    Ok(())
}

pub(crate) fn update(tx: &mut Tx<'_>, row: &ConferenceRow) -> Result<()> {
    diesel::update(meeting_conferences::table.find(row.meeting_id)).set(row.clone()).execute(tx.conn())?;
    Ok(())
}

pub(crate) fn delete(tx: &mut Tx<'_>, meeting: MeetingId) -> Result<()> {
    diesel::delete(meeting_conferences::table.find(meeting)).execute(tx.conn())?;
    Ok(())
}

/// Why the conferences of these meetings could not be made, as far as they could not.
pub(crate) fn errors(tx: &mut Tx<'_>, ids: &[MeetingId]) -> Result<HashMap<MeetingId, String>> {
    let rows: Vec<(MeetingId, Option<String>)> = meeting_conferences::table
        .filter(meeting_conferences::meeting_id.eq_any(ids.to_vec()))
        .filter(meeting_conferences::error.is_not_null())
        .select((meeting_conferences::meeting_id, meeting_conferences::error))
        .load(tx.conn())?;
    Ok(rows.into_iter().filter_map(|(id, error)| error.map(|error| (id, error))).collect())
}

/// Who keeps the default calendars that can make conferences, by their users.
pub(crate) fn calendar_providers(tx: &mut Tx<'_>) -> Result<Vec<(UserId, CalendarProvider)>> {
    let online = CalendarProvider::ALL.iter().copied().filter(|provider| provider.is_online_service());
    Ok(calendars::table
        .inner_join(calendar_accounts::table.on(calendar_accounts::id.eq(calendars::account_id)))
        .filter(calendars::is_default.eq(true))
        .filter(calendar_accounts::provider.eq_any(online.collect::<Vec<_>>()))
        .select((calendars::user_id, calendar_accounts::provider))
        .load(tx.conn())?)
}
