use actix_web::post;
use platform::{Error, Result, Tx};
use types::accounts::ReadNotifications;
use types::{Event, NotificationId, Subject, Timestamp, UserId};
use web::{Body, Call, Reply};

use crate::{access, store};

/// Mark notifications as read.
#[utoipa::path(operation_id = "read_notifications", tag = "notifications", request_body = ReadNotifications, responses((status = 204)))]
#[post("/v1/notifications/read")]
pub async fn read_notifications(call: Call, body: Body<ReadNotifications>) -> Reply {
    call.delete(move |tx| read(tx, &body)).await
}

/// Marks notifications of the user who acts as read.
///
/// # Errors
/// [`Error::Invalid`] when `up_to` names no notification of the user's.
pub fn read(tx: &mut Tx<'_>, which: &ReadNotifications) -> Result<()> {
    let user = access::signed_in(tx.actor())?.id;
    let up_to = which.up_to.map(|id| place_of(tx, user, id)).transpose()?;
    if store::notifications::mark_read(tx, user, up_to, which)? == 0 {
        return Ok(());
    }
    let ReadNotifications { up_to, thread_id, call_id } = *which;
    let event = Event::NotificationsRead { up_to, thread_id, call_id };
    tx.emit(Subject::User(user), event)
}

/// Where one of the user's notifications stands in the list.
fn place_of(tx: &mut Tx<'_>, user: UserId, id: NotificationId) -> Result<(Timestamp, NotificationId)> {
    let found = store::notifications::find(tx, id)?.filter(|row| row.user_id == user);
    let row = found.ok_or_else(|| Error::invalid("up_to", "names no notification of yours"))?;
    Ok((row.created_at, row.id))
}
