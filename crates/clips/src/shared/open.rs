//! Opening a shared clip.

use accounts::Attempt;
use accounts::passwords::Passwords;
use actix_web::post;
use platform::{Error, Result, Tx};
use types::clips::{CutState, OpenSharedClip, OpenedClip, SharedClipPath};
use types::{ErrorCode, Timestamp};
use web::{Body, OpenCall, Path, Reply};

use super::{enter, limit, signed, unlisted};
use crate::store::cuts;
use crate::store::links::{self, LinkRow};
use crate::{access, view};

/// Seconds that an opened clip can be played beyond its own length.
const LONGER_SECONDS: i64 = 60 * 60;

/// Open a shared clip: its password, if it has one, for addresses that a player can use. Each opening counts as a view.
///
/// It needs no credential beside the link.
#[utoipa::path(operation_id = "open_shared_clip", tag = "shared_clips", security(()), params(SharedClipPath),
    request_body = OpenSharedClip, responses(
        (status = 200, body = OpenedClip),
        (status = 401, description = "The password is wrong or missing."),
        (status = 410, description = "The link has ended; `extra.state` says how."),
    ))]
#[post("/v1/shared_clips/{token}/open")]
pub async fn open_shared_clip(
    call: OpenCall,
    path: Path<SharedClipPath>,
    body: Body<OpenSharedClip>,
) -> Reply {
    limit(&call)?;
    let token = path.0.token;
    let named = token.clone();
    let (link, _) = call.query(move |tx| enter(tx, &named)).await?;
    check_password(&call, &link, body.0.password.as_deref()).await?;
    // The addresses are secrets, so the reply is never kept to be repeated.
    unlisted(call.write_secret(move |tx| open(tx, &token)).await)
}

/// Insists on the password of a link, if it has one.
async fn check_password(call: &OpenCall, link: &LinkRow, given: Option<&str>) -> Result<()> {
    let Some(hash) = &link.password_hash else { return Ok(()) };
    let wrong = |detail: &str| Err(Error::conflict(ErrorCode::WrongCredentials, detail));
    let Some(given) = given else { return wrong("the clip asks for a password") };
    let attempt = Attempt::take(call, &format!("of clip link {}", link.id))?;
    if !call.ctx().extension::<Passwords>()?.verify(given, Some(hash)).await? {
        return wrong("the password is wrong");
    }
    attempt.give_back();
    Ok(())
}

/// Opens a clip whose password was checked.
///
/// # Errors
/// As [`enter`]; [`Error::Conflict`] while the clip is not cut.
pub fn open(tx: &mut Tx<'_>, token: &str) -> Result<OpenedClip> {
    let (link, clip) = enter(tx, token)?;
    // Nobody deletes it while the view is noted.
    if access::lock_clip_to_follow(tx, clip.id)?.is_none() {
        return Err(Error::NotFound);
    }
    let cut = cuts::find(tx, clip.id)?.filter(|cut| cut.state == CutState::Ready);
    let cut = cut.ok_or_else(|| {
        Error::conflict(ErrorCode::Conflict, "the clip is still being made; try again in a moment")
    })?;
    links::add_view(tx, link.id)?;
    tx.audit("clip_link.open", ("clip_link", link.id.0), serde_json::json!({ "clip_id": clip.id }))?;
    view::tell(tx, &clip)?;
    let seconds = cut.duration_ms.unwrap_or_default() / 1000 + LONGER_SECONDS;
    let expires_at = Timestamp((tx.now().0 / Timestamp::SECOND + seconds) * Timestamp::SECOND);
    let signed = signed(tx.ctx(), link.id, expires_at);
    let at = |what: &str| format!("/v1/shared_clips/{token}/{what}?{signed}");
    let transcript_url = link.has_transcript.then(|| at("transcript"));
    Ok(OpenedClip { media_url: at("content"), transcript_url, expires_at })
}
