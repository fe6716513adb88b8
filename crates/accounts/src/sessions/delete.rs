use actix_web::delete;
use platform::{Result, Sockets, Tx};
use web::{Call, Reply};

use crate::{access, store};

/// Sign out of this session.
#[utoipa::path(operation_id = "delete_session", tag = "sessions", responses((status = 204)))]
#[delete("/v1/sessions/current")]
pub async fn delete_session(call: Call) -> Reply {
    call.transact(delete).await?;
    super::forgotten(call.ctx())
}

fn delete(tx: &mut Tx<'_>) -> Result<()> {
    let session = access::signed_in(tx.actor())?.session_id;
    store::sessions::end(tx, session)?;
    tx.end_sockets(Sockets::Session(session), "signed_out")
}
