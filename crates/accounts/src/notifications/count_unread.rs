use actix_web::get;
use types::accounts::UnreadNotifications;
use web::{Call, Reply};

use crate::{access, store};

/// Where counting stops.
const MOST: i64 = 1000;

/// Count the notifications you have not seen.
#[utoipa::path(operation_id = "count_unread_notifications", tag = "notifications", responses((status = 200, body = UnreadNotifications)))]
#[get("/v1/notifications/unread")]
pub async fn count_unread_notifications(call: Call) -> Reply {
    call.read(|tx| {
        let user = access::signed_in(tx.actor())?.id;
        Ok(UnreadNotifications { count: store::notifications::count_unread(tx, user, MOST)? })
    })
    .await
}
