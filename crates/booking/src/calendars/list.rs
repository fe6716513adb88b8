//! Your own calendars.

use actix_web::get;
use platform::{Result, Tx};
use types::booking::CalendarAccounts;
use web::{Call, Reply};

use crate::access;
use crate::store::calendars;

/// List what your calendars are connected with, and the calendars.
#[utoipa::path(operation_id = "list_calendar_accounts", tag = "booking", responses((status = 200, body = CalendarAccounts)))]
#[get("/v1/calendar_accounts")]
pub async fn list_calendar_accounts(call: Call) -> Reply {
    call.read(list).await
}

/// The actor's own accounts, in the order in which they were connected.
///
/// # Errors
/// [`Error::Forbidden`](platform::Error::Forbidden) for whoever is no user.
pub fn list(tx: &mut Tx<'_>) -> Result<CalendarAccounts> {
    let user = access::require_user(tx)?;
    let rows = calendars::accounts_of(tx, user)?;
    Ok(CalendarAccounts { items: super::shown(tx, rows)? })
}
