//! How a calendar is used.

use actix_web::put;
use platform::fields::Fields;
use platform::{Error, Result, Tx};
use types::CalendarId;
use types::booking::{CalendarAccount, CalendarPath, CalendarProvider, CalendarState, UpdateCalendar};
use web::{Body, Call, Path, Reply};

use super::{SyncCalendar, channels};
use crate::access;
use crate::store::calendars::{self, CalendarRow};

/// Change how a calendar of yours is used.
#[utoipa::path(operation_id = "update_calendar", tag = "booking", params(CalendarPath), request_body = UpdateCalendar, responses((status = 200, body = CalendarAccount)))]
#[put("/v1/calendars/{calendar_id}")]
pub async fn update_calendar(call: Call, path: Path<CalendarPath>, body: Body<UpdateCalendar>) -> Reply {
    call.write(move |tx| update(tx, path.calendar_id, &body)).await
}

/// Writes how a calendar of the actor's own is used. Whoever has calendars that can be written to has one default: it is given
/// up by making another one the default, or by taking the calendar away, when another takes its place.
///
/// # Errors
/// [`Error::Invalid`] for somebody else's calendar that is to be added, for a default that cannot be written to or is not
/// added, and for both ways where that cannot be; [`Error::NotFound`] for a calendar of somebody else's.
pub fn update(tx: &mut Tx<'_>, id: CalendarId, request: &UpdateCalendar) -> Result<CalendarAccount> {
    let locked = access::lock_calendar(tx, id)?;
    let account = calendars::account(tx, locked.account_id)?.ok_or(Error::NotFound)?;
    check(&locked, account.provider, request)?;
    let mut row = CalendarRow {
        is_added: request.is_added,
        is_default: request.is_default,
        is_two_way: request.is_two_way,
        ..(*locked).clone()
    };
    if row == *locked {
        return super::shown_one(tx, row.account_id);
    }
    let is_read_anew = row.is_added && (!locked.is_added || row.is_two_way != locked.is_two_way);
    if is_read_anew || !row.is_added {
        row.sync_token = None;
        row.next_sync_at = tx.now();
    }
    if row.is_added != locked.is_added {
        calendars::delete_events(tx, id)?;
        channels::end(tx, &account, &locked)?;
        row = CalendarRow {
            channel_id: None,
            channel_resource: None,
            channel_due_at: None,
            state: CalendarState::Pending,
            error: None,
            failing_since: None,
            alerted_at: None,
            synced_at: None,
            synced_until: None,
            ..row
        };
    }
    if row.is_default && !locked.is_default {
        calendars::clear_default(tx, row.user_id)?;
    }
    calendars::update(tx, &locked, &row)?;
    super::choose_default(tx, row.user_id)?;
    super::settle_account(tx, row.account_id)?;
    if is_read_anew {
        tx.enqueue(&SyncCalendar { calendar_id: id })?;
    }
    super::tell(tx, row.user_id)?;
    super::shown_one(tx, row.account_id)
}

fn check(row: &CalendarRow, provider: CalendarProvider, request: &UpdateCalendar) -> Result<()> {
    let mut fields = Fields::default();
    if request.is_added && !row.is_owned {
        fields.refuse("is_added", "not_owned", "a calendar of somebody else's cannot be added".to_owned());
    }
    if request.is_default && !(row.is_writable && request.is_added) {
        let rule = "must be an added calendar that can be written to".to_owned();
        fields.refuse("is_default", "not_writable", rule);
    }
    if row.is_default && request.is_added && !request.is_default {
        let rule = "is changed by making another calendar the default".to_owned();
        fields.refuse("is_default", "required", rule);
    }
    let both_ways = provider != CalendarProvider::Feed && row.is_writable && request.is_added;
    if request.is_two_way && !both_ways {
        let rule = "needs an added calendar that can be written to".to_owned();
        fields.refuse("is_two_way", "not_writable", rule);
    }
    fields.finish()
}
