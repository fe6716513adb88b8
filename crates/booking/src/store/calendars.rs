//! Accounts, their calendars, and what stands in these.

use db::schema::{calendar_accounts, calendar_events, calendars, contacts, users};
use diesel::prelude::*;
use platform::{Granted, Result, Tx};
use types::accounts::UserState;
use types::booking::{CalendarProvider, CalendarState};
use types::{CalendarAccountId, CalendarId, ConnectionId, ContactId, Timestamp, UserId};

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
    /// When the channel is to be renewed, or tried again when it could not be begun.
    pub(crate) channel_due_at: Option<Timestamp>,
}

/// How an added calendar is.
#[derive(Clone, Debug, PartialEq, Eq, Queryable, Selectable)]
#[diesel(table_name = calendars)]
pub(crate) struct Health {
    pub(crate) user_id: UserId,
    pub(crate) state: CalendarState,
    /// When it was read, and up to when it is known.
    pub(crate) synced_at: Option<Timestamp>,
    pub(crate) synced_until: Option<Timestamp>,
}

/// How the added calendars of users are.
pub(crate) fn health(tx: &mut Tx<'_>, users: &[UserId]) -> Result<Vec<Health>> {
    Ok(calendars::table
        .filter(calendars::user_id.eq_any(users.to_vec()))
        .filter(calendars::is_added.eq(true))
        .select(Health::as_select())
        .load(tx.conn())?)
}

/// The added calendars of users that are not known up to an instant.
pub(crate) fn known_less(tx: &mut Tx<'_>, users: &[UserId], until: Timestamp) -> Result<Vec<CalendarId>> {
    Ok(calendars::table
        .filter(calendars::user_id.eq_any(users.to_vec()))
        .filter(calendars::is_added.eq(true))
        .filter(calendars::synced_until.lt(until))
        .select(calendars::id)
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

/// Those of these calendars that are kept the same both ways.
pub(crate) fn two_way(tx: &mut Tx<'_>, ids: &[CalendarId]) -> Result<Vec<CalendarId>> {
    Ok(calendars::table
        .filter(calendars::id.eq_any(ids.to_vec()))
        .filter(calendars::is_two_way.eq(true))
        .select(calendars::id)
        .load(tx.conn())?)
}

/// The calendar that meetings of a user are written to.
pub(crate) fn default_of(tx: &mut Tx<'_>, user: UserId) -> Result<Option<CalendarRow>> {
    let default = calendars::table.filter(calendars::user_id.eq(user)).filter(calendars::is_default.eq(true));
    Ok(default.select(CalendarRow::as_select()).get_result(tx.conn()).optional()?)
}

/// The accounts of a user, in the order in which they were connected.
pub(crate) fn accounts_of(tx: &mut Tx<'_>, user: UserId) -> Result<Vec<AccountRow>> {
    let own = calendar_accounts::table.filter(calendar_accounts::user_id.eq(user));
    let own = own.order((calendar_accounts::created_at, calendar_accounts::id));
    Ok(own.select(AccountRow::as_select()).load(tx.conn())?)
}

pub(crate) fn account(tx: &mut Tx<'_>, id: CalendarAccountId) -> Result<Option<AccountRow>> {
    let query = calendar_accounts::table.find(id).select(AccountRow::as_select());
    Ok(query.get_result(tx.conn()).optional()?)
}

pub(crate) fn insert_account(tx: &mut Tx<'_>, row: &AccountRow) -> Result<()> {
    diesel::insert_into(calendar_accounts::table).values(row.clone()).execute(tx.conn())?;
    Ok(())
}

/// Writes a changed row over the one that was locked.
pub(crate) fn update_account(tx: &mut Tx<'_>, locked: &Granted<AccountRow>, row: &AccountRow) -> Result<()> {
    diesel::update(calendar_accounts::table.find(locked.id)).set(row.clone()).execute(tx.conn())?;
    Ok(())
}

/// Deletes an account with its calendars and what stands in them.
pub(crate) fn delete_account(tx: &mut Tx<'_>, locked: &Granted<AccountRow>) -> Result<()> {
    for calendar in of_accounts(tx, &[locked.id])? {
        delete(tx, calendar.id)?;
    }
    diesel::delete(calendar_accounts::table.find(locked.id)).execute(tx.conn())?;
    Ok(())
}

/// The calendars of these accounts, by name.
pub(crate) fn of_accounts(tx: &mut Tx<'_>, accounts: &[CalendarAccountId]) -> Result<Vec<CalendarRow>> {
    Ok(calendars::table
        .filter(calendars::account_id.eq_any(accounts.to_vec()))
        .order((calendars::name, calendars::id))
        .select(CalendarRow::as_select())
        .load(tx.conn())?)
}

pub(crate) fn find(tx: &mut Tx<'_>, id: CalendarId) -> Result<Option<CalendarRow>> {
    Ok(calendars::table.find(id).select(CalendarRow::as_select()).get_result(tx.conn()).optional()?)
}

pub(crate) fn insert(tx: &mut Tx<'_>, row: &CalendarRow) -> Result<()> {
    diesel::insert_into(calendars::table).values(row.clone()).execute(tx.conn())?;
    Ok(())
}

/// Writes a changed row over the one that was locked.
pub(crate) fn update(tx: &mut Tx<'_>, locked: &Granted<CalendarRow>, row: &CalendarRow) -> Result<()> {
    diesel::update(calendars::table.find(locked.id)).set(row.clone()).execute(tx.conn())?;
    Ok(())
}

/// Deletes a calendar with what stands in it.
pub(crate) fn delete(tx: &mut Tx<'_>, id: CalendarId) -> Result<()> {
    delete_events(tx, id)?;
    diesel::delete(calendars::table.find(id)).execute(tx.conn())?;
    Ok(())
}

/// Makes none of a user's calendars the default.
pub(crate) fn clear_default(tx: &mut Tx<'_>, user: UserId) -> Result<()> {
    diesel::update(
        calendars::table.filter(calendars::user_id.eq(user)).filter(calendars::is_default.eq(true)),
    )
    .set(calendars::is_default.eq(false))
    .execute(tx.conn())?;
    Ok(())
}

/// Some added calendars of users who work here that are to be read now and that nobody reads, those that wait longest first.
pub(crate) fn due(tx: &mut Tx<'_>, now: Timestamp, most: i64) -> Result<Vec<CalendarId>> {
    let active = users::table.filter(users::state.eq(UserState::Active)).select(users::id);
    Ok(calendars::table
        .filter(calendars::is_added.eq(true))
        .filter(calendars::user_id.eq_any(active))
        .filter(calendars::next_sync_at.le(now))
        .filter(calendars::syncing_until.is_null().or(calendars::syncing_until.le(now)))
        .order((calendars::next_sync_at, calendars::id))
        .limit(most)
        .select(calendars::id)
        .load(tx.conn())?)
}

/// An entry of a calendar: when it takes the time.
#[derive(Clone, Debug, PartialEq, Eq, Queryable, Selectable, Insertable, AsChangeset)]
#[diesel(table_name = calendar_events)]
pub(crate) struct EventRow {
    pub(crate) id: i64,
    pub(crate) calendar_id: CalendarId,
    pub(crate) user_id: UserId,
    pub(crate) external_id: String,
    pub(crate) instance: String,
    pub(crate) uid: String,
    pub(crate) starts_at: Timestamp,
    pub(crate) ends_at: Timestamp,
    pub(crate) is_busy: bool,
}

/// All that stands in a calendar.
pub(crate) fn events(tx: &mut Tx<'_>, calendar: CalendarId) -> Result<Vec<EventRow>> {
    let all = calendar_events::table.filter(calendar_events::calendar_id.eq(calendar));
    Ok(all.select(EventRow::as_select()).load(tx.conn())?)
}

pub(crate) fn insert_event(tx: &mut Tx<'_>, row: &EventRow) -> Result<()> {
    diesel::insert_into(calendar_events::table).values(row.clone()).execute(tx.conn())?;
    Ok(())
}

pub(crate) fn update_event(tx: &mut Tx<'_>, row: &EventRow) -> Result<()> {
    diesel::update(calendar_events::table.find(row.id)).set(row.clone()).execute(tx.conn())?;
    Ok(())
}

/// Deletes these entries.
pub(crate) fn delete_some(tx: &mut Tx<'_>, ids: &[i64]) -> Result<()> {
    diesel::delete(calendar_events::table.filter(calendar_events::id.eq_any(ids.to_vec())))
        .execute(tx.conn())?;
    Ok(())
}

/// Forgets what stands in a calendar.
pub(crate) fn delete_events(tx: &mut Tx<'_>, calendar: CalendarId) -> Result<()> {
    diesel::delete(calendar_events::table.filter(calendar_events::calendar_id.eq(calendar)))
        .execute(tx.conn())?;
    Ok(())
}

/// The verified contacts with these addresses: whose address it is, and whom.
pub(crate) fn contacts_with(tx: &mut Tx<'_>, addresses: &[String]) -> Result<Vec<(String, ContactId)>> {
    let rows: Vec<(Option<String>, ContactId)> = contacts::table
        .filter(contacts::email.is_not_null())
        .filter(contacts::email.assume_not_null().eq_any(addresses.to_vec()))
        .filter(contacts::verified.eq(true))
        .select((contacts::email, contacts::id))
        .load(tx.conn())?;
    Ok(rows.into_iter().filter_map(|(email, id)| email.map(|email| (email, id))).collect())
}

/// Has these calendars read again at an instant, and not before.
pub(crate) fn postpone(tx: &mut Tx<'_>, ids: &[CalendarId], at: Timestamp) -> Result<()> {
    diesel::update(calendars::table.filter(calendars::id.eq_any(ids.to_vec())))
        .set(calendars::next_sync_at.eq(at))
        .execute(tx.conn())?;
    Ok(())
}
