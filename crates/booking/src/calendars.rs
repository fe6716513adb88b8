//! The calendars of hosts: what they are connected with, which of them count, and what stands in them.
//!
//! - A user's calendars are theirs alone. Every added one takes time; one of them is the default, to which meetings are written.
//! - A calendar of somebody else cannot be added, and a feed is never the default.
//! - A calendar that cannot be read is not empty: its state says so until it can be read again, and closes the links.
//!
//! Map: `connect`, `list`, `update`, `delete`, `refresh` the operations; `provider` whoever keeps calendars; `sync` when one is
//! read; `busy` what of it takes time; `found` what it means for meetings; `health` whether it can be used; `channels` being
//! told of changes, and `pushes` what is told.

mod busy;
mod channels;
mod connect;
mod delete;
mod found;
mod health;
mod list;
mod provider;
mod pushes;
mod refresh;
mod sync;
mod update;

use std::collections::HashMap;

use platform::{Error, Result, Tx};
use types::booking::{Calendar, CalendarAccount, CalendarProvider, CalendarState};
use types::{CalendarAccountId, Event, Subject, UserId};

use crate::store::calendars::{self, AccountRow, CalendarRow};
use crate::store::links;
use crate::view;

pub use channels::{EndChannel, WatchCalendar};
pub use connect::connect_calendars;
pub use delete::{delete, delete_calendar_account};
pub use list::{list, list_calendar_accounts};
pub use pushes::{receive_google_push, receive_microsoft_push};
pub use refresh::refresh_calendar_account;
pub use sync::{SyncCalendar, SyncCalendars};
pub use update::{update, update_calendar};

pub(crate) use provider::{Provider, zone_of};
pub(crate) use sync::reach;

/// Accounts as their user sees them.
fn shown(tx: &mut Tx<'_>, rows: Vec<AccountRow>) -> Result<Vec<CalendarAccount>> {
    let ids: Vec<CalendarAccountId> = rows.iter().map(|row| row.id).collect();
    let mut calendars: HashMap<CalendarAccountId, Vec<Calendar>> = HashMap::new();
    for row in calendars::of_accounts(tx, &ids)? {
        calendars.entry(row.account_id).or_default().push(row.into_wire());
    }
    let show = |row: AccountRow| CalendarAccount {
        id: row.id,
        provider: row.provider,
        name: row.name,
        state: row.state,
        error: row.error,
        can_two_way: row.provider != CalendarProvider::Feed,
        calendars: calendars.remove(&row.id).unwrap_or_default(),
    };
    Ok(rows.into_iter().map(show).collect())
}

/// One account.
fn shown_one(tx: &mut Tx<'_>, id: CalendarAccountId) -> Result<CalendarAccount> {
    let row = calendars::account(tx, id)?.ok_or(Error::NotFound)?;
    shown(tx, vec![row])?.pop().ok_or(Error::NotFound)
}

/// Tells a user that their calendars changed, and everybody that it may be possible again, or not any more, to book them.
fn tell(tx: &mut Tx<'_>, user: UserId) -> Result<()> {
    tx.emit(Subject::User(user), Event::CalendarsChanged)?;
    for link in links::hosted_by(tx, user)? {
        view::tell_link(tx, link)?;
    }
    Ok(())
}

/// Brings the state of an account in line with that of its added calendars: the worst of theirs.
fn settle_account(tx: &mut Tx<'_>, id: CalendarAccountId) -> Result<()> {
    let Some(locked) = crate::access::lock_calendar_account_to_follow(tx, id)? else { return Ok(()) };
    let calendars = calendars::of_accounts(tx, &[id])?;
    let worst = calendars.iter().filter(|row| row.is_added).max_by_key(|row| badness(row.state));
    let (state, error) = worst.map_or((CalendarState::Ok, None), |row| (row.state, row.error.clone()));
    if (state, &error) == (locked.state, &locked.error) {
        return Ok(());
    }
    let row = AccountRow { state, error, updated_at: tx.now(), ..(*locked).clone() };
    calendars::update_account(tx, &locked, &row)
}

const fn badness(state: CalendarState) -> u8 {
    match state {
        CalendarState::Ok => 0,
        CalendarState::Pending => 1,
        CalendarState::Unreachable => 2,
        CalendarState::Refused => 3,
    }
}

/// Makes another calendar of a user the default when none is: the first that can be written to.
fn choose_default(tx: &mut Tx<'_>, user: UserId) -> Result<()> {
    if calendars::default_of(tx, user)?.is_some() {
        return Ok(());
    }
    let accounts: Vec<CalendarAccountId> =
        calendars::accounts_of(tx, user)?.iter().map(|row| row.id).collect();
    let mut fit: Vec<CalendarRow> = calendars::of_accounts(tx, &accounts)?;
    fit.retain(|row| row.is_added && row.is_writable);
    fit.sort_by_key(|row| row.id);
    let Some(row) = fit.into_iter().next() else { return Ok(()) };
    let Some(locked) = crate::access::lock_calendar_to_follow(tx, row.id)? else { return Ok(()) };
    let row = CalendarRow { is_default: true, ..(*locked).clone() };
    calendars::update(tx, &locked, &row)
}

impl CalendarRow {
    fn into_wire(self) -> Calendar {
        Calendar {
            id: self.id,
            name: self.name,
            color: self.color,
            time_zone: self.time_zone,
            is_owned: self.is_owned,
            is_writable: self.is_writable,
            is_added: self.is_added,
            is_default: self.is_default,
            is_two_way: self.is_two_way,
            state: if self.is_added { self.state } else { CalendarState::Ok },
            error: self.error,
            synced_at: self.synced_at,
        }
    }
}
