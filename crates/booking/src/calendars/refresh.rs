//! Reading an account's calendars at once.

use actix_web::post;
use platform::{Actor, Error};
use types::booking::{CalendarAccount, CalendarAccountPath};
use web::{Call, Path, Reply};

use super::{Provider, connect, sync};
use crate::access;
use crate::store::calendars;

/// Read an account's calendars at once, and wait for it. What was wrong and is not any more is cleared, and links of yours can
/// be booked again.
#[utoipa::path(operation_id = "refresh_calendar_account", tag = "booking", params(CalendarAccountPath), responses((status = 200, body = CalendarAccount)))]
#[post("/v1/calendar_accounts/{calendar_account_id}/refresh")]
pub async fn refresh_calendar_account(call: Call, path: Path<CalendarAccountPath>) -> Reply {
    let id = path.calendar_account_id;
    let (account, added) = call
        .query(move |tx| {
            let account = access::read_calendar_account(tx, id)?;
            let calendars = calendars::of_accounts(tx, &[id])?;
            Ok((
                account,
                calendars.into_iter().filter(|row| row.is_added).map(|row| row.id).collect::<Vec<_>>(),
            ))
        })
        .await?;
    // Calendars that were made since are listed, and what is said of the known ones is written down.
    if let Ok(provider) = Provider::open(call.ctx(), &account).await
        && let Ok(found) = provider.calendars().await
    {
        call.ctx().write(&Actor::System, move |tx| connect::relist(tx, id, &found)).await?;
    }
    for calendar in added {
        match sync::read(call.ctx(), calendar, sync::Asked::AtOnce).await {
            // It was taken away meanwhile.
            Ok(()) | Err(Error::NotFound) => {}
            Err(cause) => return Err(cause.into()),
        }
    }
    call.write(move |tx| {
        access::read_calendar_account(tx, id)?;
        super::shown_one(tx, id)
    })
    .await
}
