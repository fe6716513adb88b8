//! Taking calendars away.

use actix_web::delete;
use platform::{Result, Tx};
use types::CalendarAccountId;
use types::booking::CalendarAccountPath;
use web::{Call, Path, Reply};

use super::channels;
use crate::access;
use crate::store::calendars;

/// Take an account away with its calendars: they take no time any more. Meetings that were written to them stay there.
#[utoipa::path(operation_id = "delete_calendar_account", tag = "booking", params(CalendarAccountPath), responses((status = 204)))]
#[delete("/v1/calendar_accounts/{calendar_account_id}")]
pub async fn delete_calendar_account(call: Call, path: Path<CalendarAccountPath>) -> Reply {
    call.delete(move |tx| delete(tx, path.calendar_account_id)).await
}

/// Deletes an account of the actor's own. Another calendar becomes the default if that was among them.
///
/// # Errors
/// [`Error::NotFound`](platform::Error::NotFound) for an account of somebody else.
pub fn delete(tx: &mut Tx<'_>, id: CalendarAccountId) -> Result<()> {
    let locked = access::lock_calendar_account(tx, id)?;
    let user = locked.user_id;
    for calendar in calendars::of_accounts(tx, &[id])? {
        channels::end(tx, &locked, &calendar)?;
    }
    calendars::delete_account(tx, &locked)?;
    super::choose_default(tx, user)?;
    super::tell(tx, user)?;
    tx.audit(
        "calendar_account.delete",
        ("calendar_account", id.0),
        serde_json::json!({ "name": locked.name }),
    )
}
