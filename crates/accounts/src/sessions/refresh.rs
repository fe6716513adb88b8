use actix_web::http::StatusCode;
use actix_web::post;
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD_NO_PAD;
use platform::{Error, Granted, Result, Sockets, Tx};
use types::ErrorCode;
use types::accounts::{SessionReply, UserState};
use web::{OpenCall, Reply, refresh_cookie};

use super::{Device, PURPOSE, SignedIn};
use crate::store::sessions::SessionRow;
use crate::token::{hash_token, new_token};
use crate::{access, me, store};

/// Exchange the refresh token for the next one and a fresh access token.
///
/// The refresh token comes in its cookie, from a page of Rapport's own origin. For some seconds a token that was
/// exchanged already gives the same successor (two tabs, a lost reply); after that, using it again ends the session.
#[utoipa::path(operation_id = "refresh_session", tag = "sessions", responses(
    (status = 200, body = SessionReply),
    (status = 401, description = "There is no refresh token, or it has ended or was used twice."),
    (status = 403, description = "A page of another origin asked."),
))]
#[post("/v1/sessions/refresh")]
pub async fn refresh_session(call: OpenCall) -> Reply {
    call.require_own_origin()?;
    let token = refresh_cookie::token(&call).ok_or(Error::Unauthenticated)?;
    let device = Device::of(&call);
    match call.transact(move |tx| refresh(tx, &token, &device)).await? {
        Outcome::SignedIn(signed_in) => super::reply(call.ctx(), StatusCode::OK, *signed_in),
        Outcome::Reused => {
            let detail =
                "This refresh token was used before; the session has been ended for safety. Sign in again.";
            Err(Error::conflict(ErrorCode::SessionReused, detail).into())
        }
    }
}

/// What came of a refresh token. That it was stolen is no error inside: what follows from it must be committed.
enum Outcome {
    SignedIn(Box<SignedIn>),
    Reused,
}

fn refresh(tx: &mut Tx<'_>, token: &str, device: &Device) -> Result<Outcome> {
    let hash = hash_token(token);
    let id = store::sessions::id_of_refresh_token(tx, &hash)?.ok_or(Error::Unauthenticated)?;
    let session = access::lock_session(tx, id)?;
    if session.ended_at.is_some() || session.expires_at <= tx.now() {
        return Err(Error::Unauthenticated);
    }
    let refresh_token = if session.refresh_hash == hash {
        rotate(tx, &session, device)?
    } else if let Some(successor) = successor_within_grace(tx, &session, &hash)? {
        successor
    } else {
        end_reused(tx, &session)?;
        return Ok(Outcome::Reused);
    };
    let user = store::users::find(tx, session.user_id)?;
    if user.state != UserState::Active {
        return Err(Error::Unauthenticated);
    }
    store::users::touch(tx, user.id)?;
    let me = me::view(tx, &user)?;
    Ok(Outcome::SignedIn(Box::new(SignedIn { session_id: session.id, refresh_token, me })))
}

fn rotate(tx: &mut Tx<'_>, session: &Granted<SessionRow>, device: &Device) -> Result<String> {
    let now = tx.now();
    let successor = new_token();
    let sealed = tx.ctx().secrets().seal(PURPOSE, successor.as_bytes())?;
    let after = SessionRow {
        refresh_hash: hash_token(&successor),
        previous_hash: Some(session.refresh_hash.clone()),
        successor_sealed: Some(STANDARD_NO_PAD.encode(sealed)),
        rotated_at: now,
        user_agent: device.user_agent.clone(),
        address: device.address.clone(),
        last_used_at: now,
        expires_at: super::expiry(tx.ctx(), now),
        ..(**session).clone()
    };
    store::sessions::rotate(tx, session, &after)?;
    Ok(successor)
}

/// The token that this one was exchanged for, if that was just now.
fn successor_within_grace(tx: &Tx<'_>, session: &SessionRow, hash: &str) -> Result<Option<String>> {
    let grace = tx.ctx().config().sessions.refresh_grace_seconds;
    let within = tx.now() <= session.rotated_at.plus_seconds(grace);
    let Some(sealed) = session.successor_sealed.as_ref().filter(|_| within) else { return Ok(None) };
    if session.previous_hash.as_deref() != Some(hash) {
        return Ok(None);
    }
    let sealed = STANDARD_NO_PAD.decode(sealed).map_err(Error::internal)?;
    let successor = tx.ctx().secrets().open(PURPOSE, &sealed)?;
    String::from_utf8(successor).map(Some).map_err(Error::internal)
}

/// Somebody has a token that was exchanged long ago: either the user's browser or a thief holds the next one, and
/// nobody can tell which, so both lose it.
fn end_reused(tx: &mut Tx<'_>, session: &Granted<SessionRow>) -> Result<()> {
    store::sessions::end(tx, session.id)?;
    tx.end_sockets(Sockets::Session(session.id), "session_reused")?;
    let detail = serde_json::json!({ "user_id": session.user_id });
    tx.audit("session.reuse", ("session", session.id.0), detail)
}
