//! Whether a calendar can be used, and telling its owner when not.

use calendar::SyncToken;
use platform::{Granted, Result, Tx};
use types::booking::CalendarState;

use super::channels;
use super::sync::{Claimed, EVERY_SECONDS, Seen, SyncCalendar};
use crate::entries::WriteEntry;
use crate::store::calendars::{self, CalendarRow};
use crate::store::entries;
use crate::{access, mails};

/// Seconds until a calendar that could not be read is read again.
const AGAIN_SECONDS: i64 = 60;
/// Seconds after which its owner is told.
const PATIENCE_SECONDS: i64 = 10 * 60;

/// The calendar, if it is still to be read and by us.
fn ours(tx: &mut Tx<'_>, claimed: &Claimed) -> Result<Option<Granted<CalendarRow>>> {
    let locked = access::lock_calendar_to_follow(tx, claimed.calendar.id)?;
    Ok(locked.filter(|row| row.is_added && row.syncing_until == Some(claimed.lease)))
}

/// Notes that a calendar was read. What could not be written to it is tried again.
pub(super) fn read(tx: &mut Tx<'_>, claimed: &Claimed, seen: &Seen) -> Result<()> {
    let Some(locked) = ours(tx, claimed)? else { return Ok(()) };
    // Whoever changed how it is used meanwhile wants all of it read again, and who was told of a change, what is new.
    let is_asked_anew =
        locked.sync_token != claimed.calendar.sync_token || locked.is_two_way != claimed.calendar.is_two_way;
    let now = tx.now();
    let is_due_again = is_asked_anew || locked.next_sync_at <= now;
    let mut row = CalendarRow {
        state: CalendarState::Ok,
        error: None,
        failing_since: None,
        alerted_at: None,
        sync_token: match is_asked_anew {
            true => None,
            false => seen.changes.token.as_ref().map(|SyncToken(token)| token.clone()),
        },
        synced_at: Some(claimed.now),
        synced_until: Some(seen.until),
        next_sync_at: if is_due_again { now } else { now.plus_seconds(EVERY_SECONDS) },
        syncing_until: None,
        ..(*locked).clone()
    };
    channels::watch_if_due(tx, claimed.account.provider, &mut row)?;
    calendars::update(tx, &locked, &row)?;
    let failed = entries::failed(tx, row.id, now)?;
    // What could not be written made it due too: it has the time until the next round.
    if is_due_again && failed.is_empty() {
        tx.enqueue(&SyncCalendar { calendar_id: row.id })?;
    }
    for meeting_id in failed {
        tx.enqueue(&WriteEntry { meeting_id })?;
    }
    followed(tx, &locked, &row)
}

/// Notes that a calendar could not be read, and why; and has its owner told once, after ten minutes.
pub(super) fn not_read(tx: &mut Tx<'_>, claimed: &Claimed, cause: &calendar::Error) -> Result<()> {
    let Some(locked) = ours(tx, claimed)? else { return Ok(()) };
    let now = tx.now();
    let since = locked.failing_since.unwrap_or(now);
    let is_late = now.seconds_since(since) >= PATIENCE_SECONDS && locked.alerted_at.is_none();
    let row = CalendarRow {
        state: match cause {
            calendar::Error::Unauthorized => CalendarState::Refused,
            _ => CalendarState::Unreachable,
        },
        error: Some(cause.to_string()),
        failing_since: Some(since),
        alerted_at: if is_late { Some(now) } else { locked.alerted_at },
        next_sync_at: now.plus_seconds(AGAIN_SECONDS),
        syncing_until: None,
        ..(*locked).clone()
    };
    calendars::update(tx, &locked, &row)?;
    if is_late {
        mails::unreachable(tx, &row)?;
    }
    followed(tx, &locked, &row)
}

fn followed(tx: &mut Tx<'_>, before: &CalendarRow, row: &CalendarRow) -> Result<()> {
    super::settle_account(tx, row.account_id)?;
    if (before.state, &before.error) == (row.state, &row.error) {
        return Ok(());
    }
    super::tell(tx, row.user_id)
}
