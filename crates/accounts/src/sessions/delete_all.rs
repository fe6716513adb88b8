use actix_web::delete;
use platform::{Result, Sockets, Tx};
use types::{SessionId, UserId};
use web::{Call, Reply};

use crate::{access, store};

/// Sign out everywhere, here too.
#[utoipa::path(operation_id = "delete_sessions", tag = "sessions", responses((status = 204)))]
#[delete("/v1/sessions")]
pub async fn delete_sessions(call: Call) -> Reply {
    call.transact(|tx| {
        let user = access::signed_in(tx.actor())?.id;
        end_all(tx, user, None)
    })
    .await?;
    super::forgotten(call.ctx())
}

/// Ends the sessions of a user, except perhaps one, and cuts their sockets.
pub(crate) fn end_all(tx: &mut Tx<'_>, user: UserId, except: Option<SessionId>) -> Result<()> {
    for session in store::sessions::end_all(tx, user, except)? {
        tx.end_sockets(Sockets::Session(session), "signed_out")?;
    }
    Ok(())
}
