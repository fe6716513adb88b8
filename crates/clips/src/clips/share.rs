//! Sending a clip to colleagues.

use std::collections::BTreeSet;

use accounts::notifications::{Notice, Place, notify};
use actix_web::post;
use calls::excerpts;
use platform::{Error, Granted, Result, Tx};
use types::accounts::NotificationKind;
use types::clips::{Clip, ClipPath, ClipRefusal, ShareClip};
use types::{CallId, ClipId, Permission, UserId};
use web::{Body, Call, Path, Reply};

use super::mail;
use crate::store::clips::ClipRow;
use crate::store::people::{self, Person};
use crate::store::shares::{self, ShareRow};
use crate::{access, view};

/// Most users that a clip is sent to at a time.
const MOST_RECIPIENTS: usize = 50;

/// Send a clip to more colleagues, by mail and in the app.
#[utoipa::path(operation_id = "share_clip", tag = "clips", params(ClipPath), request_body = ShareClip, responses((status = 200, body = Clip)))]
#[post("/v1/clips/{clip_id}/share")]
pub async fn share_clip(call: Call, path: Path<ClipPath>, body: Body<ShareClip>) -> Reply {
    call.write(move |tx| share(tx, path.clip_id, &body)).await
}

/// Sends a clip.
///
/// # Errors
/// [`Error::Invalid`] for `recipient_ids`, as for a user who may not see the call; [`Error::NotFound`] for a clip that the
/// actor may not see; [`Error::Forbidden`] without `UseCallIntelligence`.
pub fn share(tx: &mut Tx<'_>, id: ClipId, request: &ShareClip) -> Result<Clip> {
    let clip = access::lock_clip_to_share(tx, id)?;
    if request.recipient_ids.is_empty() {
        return Err(Error::invalid("recipient_ids", "must name at least one user"));
    }
    let call = excerpts::read(tx, clip.call_id)?;
    send(tx, &clip, &call.title, &request.recipient_ids)?;
    view::changed(tx, clip.into_inner())
}

/// Sends a clip to users, all of whom may see its call.
pub(super) fn send(tx: &mut Tx<'_>, clip: &Granted<ClipRow>, call_title: &str, ids: &[UserId]) -> Result<()> {
    let recipients = checked(tx, clip.call_id, ids)?;
    let by = tx.actor().user_id()?;
    let url = view::url(tx.ctx().config().server.app_url(), clip.call_id, clip.id);
    let letter = mail::Letter { from: tx.actor().name(), clip, call_title, url: &url };
    for recipient in &recipients {
        let mail_id = accounts::mails::write(tx, letter.to(recipient))?;
        let row =
            ShareRow { mail_id, clip_id: clip.id, user_id: recipient.id, shared_by: by, shared_at: tx.now() };
        shares::insert(tx, clip, &row)?;
    }
    let ids: Vec<UserId> = recipients.iter().map(|recipient| recipient.id).collect();
    let notice = Notice {
        kind: NotificationKind::ClipShared,
        place: Place::Clip(clip.call_id, clip.id),
        from_name: tx.actor().name().to_owned(),
        preview: clip.message.clone().unwrap_or_else(|| clip.title.clone()),
        contact_id: tx.contact(),
        owner_user_id: None,
        owner_team_id: None,
    };
    notify(tx, &ids, &notice)?;
    tx.audit("clip.share", ("clip", clip.id.0), serde_json::json!({ "recipient_ids": ids }))
}

/// The users, each once, if the clip may be sent to all of them.
fn checked(tx: &mut Tx<'_>, call: CallId, ids: &[UserId]) -> Result<Vec<Person>> {
    let refuse = |rule: String| Err(Error::invalid("recipient_ids", rule));
    let different: BTreeSet<UserId> = ids.iter().copied().collect();
    if different.len() > MOST_RECIPIENTS {
        return refuse(format!("must name at most {MOST_RECIPIENTS} users"));
    }
    let different: Vec<UserId> = different.into_iter().collect();
    let people = people::active(tx, &different)?;
    if let Some(unknown) = different.iter().find(|id| !people.iter().any(|person| person.id == **id)) {
        return refuse(format!("{unknown} is no user who may sign in"));
    }
    for person in &people {
        if let Some(refusal) = refusal(tx, call, person.id)? {
            return refuse(format!("{} may not see the call ({refusal})", person.id));
        }
    }
    Ok(people)
}

/// Why a clip of a call cannot be sent to a user who may sign in; nothing if it can.
pub(super) fn refusal(tx: &mut Tx<'_>, call: CallId, user: UserId) -> Result<Option<ClipRefusal>> {
    let Some(actor) = accounts::actor_of(tx, user)? else { return Ok(Some(ClipRefusal::NoRecordings)) };
    if excerpts::is_seen_by(tx, call, &actor)? {
        return Ok(None);
    }
    let reads = actor.has(Permission::ReadCalls);
    Ok(Some(if reads { ClipRefusal::CallHidden } else { ClipRefusal::NoRecordings }))
}
