//! What people outside do with a link: see what it is, open it, play it, read along.
//!
//! Whether the link still opens its clip is asked at each of these, so that ending one cuts off whoever is playing.

mod content;
mod get;
mod open;
mod transcript;

pub use content::get_shared_clip_content;
pub use get::{get, get_shared_clip};
pub use open::{open, open_shared_clip};
pub use transcript::get_shared_transcript;

pub(crate) use content::head_shared_clip_content;

use accounts::signed_links;
use accounts::token::hash_token;
use actix_web::http::header::{HeaderName, HeaderValue};
use calls::excerpts;
use platform::{Ctx, Error, Result, Tx};
use types::clips::{ClipLinkState, OpenedClipQuery};
use types::{CallId, ClipLinkId, ErrorCode, Permission, Timestamp, UserId};
use web::{OpenCall, Quota, Reply, address_key};

use crate::access;
use crate::settings::Sharing;
use crate::store::clips::ClipRow;
use crate::store::links::LinkRow;

/// What links to what belongs to an opened clip are signed for.
const PURPOSE: &str = "opened-clip";
/// Characters of a link's secret.
const TOKEN_CHARACTERS: usize = 43;

/// Keeps what people outside are shown out of search engines.
pub(crate) const ROBOTS: HeaderName = HeaderName::from_static("x-robots-tag");
/// What that header says.
pub(crate) const NOT_INDEXED: HeaderValue = HeaderValue::from_static("noindex, nofollow, noarchive");

/// The link with this secret and its clip, if it opens it still.
///
/// # Errors
/// [`Error::NotFound`] when there is no such link; [`Error::Conflict`] with the code `link_ended`, and in `extra.state` how,
/// when it does not open anything any more.
pub(crate) fn enter(tx: &mut Tx<'_>, token: &str) -> Result<(LinkRow, ClipRow)> {
    if token.len() != TOKEN_CHARACTERS {
        return Err(Error::NotFound);
    }
    let (link, clip) = access::find_link(tx, &hash_token(token))?;
    let sharing: Sharing = tx.setting()?;
    let state = match ended(&link, &sharing, tx.now()) {
        None if !may_share(tx, link.created_by, clip.call_id)? => Some(ClipLinkState::Suspended),
        known => known,
    };
    match state {
        None => Ok((link, clip)),
        Some(state) => Err(Error::Conflict {
            code: ErrorCode::LinkEnded,
            detail: "This link has ended; ask whoever sent it for a new one.".to_owned(),
            extra: Some(serde_json::json!({ "state": state })),
        }),
    }
}

/// How a link has ended by itself or because of the settings; nothing if it has not.
pub(crate) fn ended(link: &LinkRow, sharing: &Sharing, now: Timestamp) -> Option<ClipLinkState> {
    if link.revoked_at.is_some() {
        return Some(ClipLinkState::Revoked);
    }
    if link.expires_at <= now {
        return Some(ClipLinkState::Expired);
    }
    (!sharing.links).then_some(ClipLinkState::Suspended)
}

/// Whether a user may share a call now.
pub(crate) fn may_share(tx: &mut Tx<'_>, user: UserId, call: CallId) -> Result<bool> {
    let Some(actor) = accounts::actor_of(tx, user)? else { return Ok(false) };
    Ok(actor.has(Permission::UseCallIntelligence) && excerpts::is_seen_by(tx, call, &actor)?)
}

/// Counts a request of somebody outside.
pub(crate) fn limit(call: &OpenCall) -> Result<()> {
    let quota = Quota::per_minute(call.ctx().config().limits.shared_clips_per_minute);
    call.limit("shared_clips", address_key(call.address()), quota)
}

/// The part of an address that stands for a clip that was opened by this link.
fn signed(ctx: &Ctx, link: ClipLinkId, expires_at: Timestamp) -> String {
    let expires = expires_at.0 / Timestamp::SECOND;
    let signature = signed_links::sign(ctx, PURPOSE, &link.to_string(), expires);
    format!("expires={expires}&signature={signature}")
}

/// Checks that part.
///
/// # Errors
/// [`Error::NotFound`] when it was changed, is another link's or is over.
fn check(ctx: &Ctx, link: ClipLinkId, query: &OpenedClipQuery) -> Result<()> {
    signed_links::check(ctx, PURPOSE, &link.to_string(), query.expires, &query.signature).map(|_| ())
}

/// Keeps a reply out of search engines.
fn unlisted(reply: Reply) -> Reply {
    let mut reply = reply?;
    reply.headers_mut().insert(ROBOTS, NOT_INDEXED);
    Ok(reply)
}
