//! Accounts, their calendars, and what stands in these.

use db::schema::{calendar_accounts, calendar_events, calendars};
use diesel::prelude::*;
use platform::{Result, Tx};
use types::booking::{CalendarProvider, CalendarState};
use types::{CalendarAccountId, CalendarId, ConnectionId, Timestamp, UserId};

/// A row of `calendar_accounts`.
#[derive(Clone, Debug, PartialEq, Eq, Queryable, Selectable, Insertable, AsChangeset)]
#[diesel(table_name = calendar_accounts, treat_none_as_null = true)]
pub(crate) struct AccountRow {
    pub(crate) id: CalendarAccountId,
    pub(crate) user_id: UserId,
    pub(crate) provider: CalendarProvider,
    pub(crate) name: String,
    pub(crate) url: Option<String>,
    pub(crate) user_name: Option<String>,
    pub(crate) password_sealed: Option<String>,
    pub(crate) connection_id: Option<ConnectionId>,
    pub(crate) state: CalendarState,
    pub(crate) error: Option<String>,
    pub(crate) created_at: Timestamp,
    pub(crate) updated_at: Timestamp,
}

/// A row of `calendars`.
#[derive(Clone, Debug, PartialEq, Eq, Queryable, Selectable, Insertable, AsChangeset)]
#[diesel(table_name = calendars, treat_none_as_null = true)]
pub(crate) struct CalendarRow {
    pub(crate) id: CalendarId,
    pub(crate) account_id: CalendarAccountId,
    pub(crate) user_id: UserId,
    pub(crate) external_id: String,
    pub(crate) name: String,
    pub(crate) color: Option<String>,
    pub(crate) time_zone: Option<String>,
    pub(crate) is_owned: bool,
    pub(crate) is_writable: bool,
    pub(crate) is_added: bool,
    pub(crate) is_default: bool,
    pub(crate) is_two_way: bool,
    pub(crate) state: CalendarState,
    pub(crate) error: Option<String>,
    pub(crate) failing_since: Option<Timestamp>,
    pub(crate) alerted_at: Option<Timestamp>,
    pub(crate) sync_token: Option<String>,
    pub(crate) synced_at: Option<Timestamp>,
    pub(crate) synced_until: Option<Timestamp>,
    pub(crate) next_sync_at: Timestamp,
    pub(crate) syncing_until: Option<Timestamp>,
    pub(crate) channel_id: Option<String>,
    pub(crate) channel_resource: Option<String>,
    pub(crate) channel_secret_sealed: Option<String>,
    pub(crate) channel_expires_at: Option<Timestamp>,
}

/// How the added calendars of users are: whose, whether they can be used, and when they were read.
pub(crate) fn health(
    tx: &mut Tx<'_>,
    users: &[UserId],
) -> Result<Vec<(UserId, CalendarState, Option<Timestamp>)>> {
    Ok(calendars::table
        .filter(calendars::user_id.eq_any(users.to_vec()))
        .filter(calendars::is_added.eq(true))
        .select((calendars::user_id, calendars::state, calendars::synced_at))
        .load(tx.conn())?)
}

/// What takes the time of users in a stretch of time, in the calendars that they have added.
pub(crate) fn busy(
    tx: &mut Tx<'_>,
    users: &[UserId],
    (from, until): (Timestamp, Timestamp),
) -> Result<Vec<(UserId, Timestamp, Timestamp)>> {
    Ok(calendar_events::table
        .filter(calendar_events::user_id.eq_any(users.to_vec()))
        .filter(calendar_events::is_busy.eq(true))
        .filter(calendar_events::ends_at.gt(from))
        .filter(calendar_events::starts_at.lt(until))
        .select((calendar_events::user_id, calendar_events::starts_at, calendar_events::ends_at))
        .load(tx.conn())?)
}

/// The calendar that meetings of a user are written to.
pub(crate) fn default_of(tx: &mut Tx<'_>, user: UserId) -> Result<Option<CalendarRow>> {
    let default = calendars::table.filter(calendars::user_id.eq(user)).filter(calendars::is_default.eq(true));
    Ok(default.select(CalendarRow::as_select()).get_result(tx.conn()).optional()?)
}
