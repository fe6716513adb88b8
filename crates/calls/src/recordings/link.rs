//! Making a link that a player can use.

use accounts::signed_links;
use actix_web::post;
use platform::{Actor, Error, Result, Tx};
use types::calls::{CallPath, RecordingLink};
use types::{CallId, RecordingId, SessionId, Timestamp};
use web::{Call, Path, Reply};

use super::playable;
use crate::access;

/// What links are signed for.
const PURPOSE: &str = "recording-link";
/// Seconds that a link is valid beyond the length of the recording.
const LONGER_SECONDS: i64 = 60 * 60;

/// Make a link to a call's recording that needs no credential, for a player.
///
/// It belongs to the sign-in that asks for it, and stops working with it, or when the user may not see the call any more.
/// The audit log has one entry for each link.
#[utoipa::path(operation_id = "create_recording_link", tag = "calls", params(CallPath), responses(
    (status = 201, body = RecordingLink),
    (status = 409, description = "There is no recording that can be played."),
))]
#[post("/v1/calls/{call_id}/recording/link")]
pub async fn create_recording_link(call: Call, path: Path<CallPath>) -> Reply {
    // It lets whoever holds it listen, so it is never kept to be repeated.
    call.create_secret(move |tx| create(tx, path.call_id)).await
}

/// Makes a link for the session that acts.
///
/// # Errors
/// [`Error::Conflict`] when there is nothing to play; [`Error::Unauthenticated`] for a program, which sends its token.
pub fn create(tx: &mut Tx<'_>, id: CallId) -> Result<RecordingLink> {
    let call = access::read_call(tx, id)?;
    let Actor::User(user) = tx.actor() else { return Err(Error::Unauthenticated) };
    let recording = playable(tx, call.id)?;
    let seconds = recording.duration_ms.unwrap_or_default() / 1000 + LONGER_SECONDS;
    let expires_at = Timestamp((tx.now().0 / Timestamp::SECOND + seconds) * Timestamp::SECOND);
    tx.audit("call.play", ("call", id.0), serde_json::json!({ "recording_id": recording.id }))?;
    Ok(RecordingLink { url: url(tx, recording.id, user.session_id, expires_at), expires_at })
}

fn url(tx: &Tx<'_>, id: RecordingId, session: SessionId, expires_at: Timestamp) -> String {
    let expires = expires_at.0 / Timestamp::SECOND;
    let signature = signed_links::sign(tx.ctx(), PURPOSE, &named(id, session), expires);
    format!("/v1/recordings/{id}/content?session={session}&expires={expires}&signature={signature}")
}

/// Checks a link.
///
/// # Errors
/// [`Error::NotFound`] when it was changed or has expired.
pub(super) fn check(
    ctx: &platform::Ctx,
    id: RecordingId,
    session: SessionId,
    (expires, signature): (i64, &str),
) -> Result<()> {
    signed_links::check(ctx, PURPOSE, &named(id, session), expires, signature).map(|_| ())
}

/// What a link stands for.
fn named(id: RecordingId, session: SessionId) -> String {
    format!("{id} {session}")
}
