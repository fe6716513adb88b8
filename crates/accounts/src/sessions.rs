//! Sessions: sign-ins of users. A session lives as long as its refresh token is exchanged for the next; what requests
//! carry is a short-lived access token.

mod create;
mod delete;
mod delete_all;
mod list;
mod refresh;

use actix_web::HttpResponse;
use actix_web::http::StatusCode;
use platform::{Ctx, Granted, Result, Tx};
use types::accounts::{Me, SessionReply};
use types::{SessionId, Timestamp};
use web::{Call, Reply, refresh_cookie};

use crate::store::sessions::SessionRow;
use crate::store::users::UserRow;
use crate::token::{hash_token, new_token};
use crate::{access_token, me, store};

pub(crate) use create::authenticator;
pub use create::create_session;
pub use delete::delete_session;
pub use delete_all::delete_sessions;
pub(crate) use delete_all::end_all;
pub use list::list_sessions;
pub use refresh::refresh_session;

/// What a refresh token is sealed for while its predecessor is still accepted.
const PURPOSE: &str = "refresh-token";

/// The browser that a session is in.
#[derive(Clone, Debug)]
pub(crate) struct Device {
    user_agent: String,
    address: String,
}

impl Device {
    pub(crate) fn of<Who>(call: &Call<Who>) -> Self {
        Self { user_agent: call.user_agent(), address: call.address().to_string() }
    }
}

/// A session that was started or renewed.
#[derive(Debug)]
pub(crate) struct SignedIn {
    session_id: SessionId,
    refresh_token: String,
    me: Me,
}

/// Starts a session for a user who has just proved who they are.
pub(crate) fn start(tx: &mut Tx<'_>, user: &Granted<UserRow>, device: &Device) -> Result<SignedIn> {
    let now = tx.now();
    let refresh_token = new_token();
    let row = SessionRow {
        id: tx.new_id(),
        user_id: user.id,
        refresh_hash: hash_token(&refresh_token),
        previous_hash: None,
        successor_sealed: None,
        rotated_at: now,
        user_agent: device.user_agent.clone(),
        address: device.address.clone(),
        created_at: now,
        last_used_at: now,
        expires_at: expiry(tx.ctx(), now),
        ended_at: None,
    };
    store::sessions::insert(tx, &row)?;
    store::users::touch(tx, user.id)?;
    let user = store::users::find(tx, user.id)?;
    Ok(SignedIn { session_id: row.id, refresh_token, me: me::view(tx, &user)? })
}

/// When a session ends that is used now and never again.
fn expiry(ctx: &Ctx, now: Timestamp) -> Timestamp {
    now.plus_seconds(ctx.config().sessions.refresh_token_days * 24 * 60 * 60)
}

/// The reply with the access token, and the refresh token in its cookie.
pub(crate) fn reply(ctx: &Ctx, status: StatusCode, signed_in: SignedIn) -> Reply {
    let SignedIn { session_id, refresh_token, me } = signed_in;
    let (access_token, expires_at) = access_token::issue(ctx, me.user.id, session_id)?;
    let mut response = web::json(status, &SessionReply { access_token, expires_at, me })?;
    refresh_cookie::set(&mut response, ctx.config(), &refresh_token)?;
    Ok(response)
}

/// The reply (204) that has the browser forget its refresh token.
fn forgotten(ctx: &Ctx) -> Reply {
    let mut response: HttpResponse = web::no_content();
    refresh_cookie::clear(&mut response, ctx.config())?;
    Ok(response)
}
