//! Making a link.

use accounts::passwords::Passwords;
use accounts::token::{hash_token, new_token};
use actix_web::post;
use platform::{Error, Result, Tx};
use types::clips::{ClipPath, CreateClipLink, NewClipLink};
use types::{ClipId, ErrorCode, Timestamp};
use web::{Body, Call, Path, Reply};

use crate::settings::Sharing;
use crate::store::links::{self, LinkRow};
use crate::{access, cuts, view};

/// Most links of a clip, ended ones too.
const MOST_LINKS: i64 = 100;
const DAY_SECONDS: i64 = 24 * 60 * 60;

/// Make a link that lets people outside play a clip, and nothing else of its call.
///
/// The reply holds its address, this once.
#[utoipa::path(operation_id = "create_clip_link", tag = "clips", params(ClipPath), request_body = CreateClipLink, responses((status = 201, body = NewClipLink)))]
#[post("/v1/clips/{clip_id}/links")]
pub async fn create_clip_link(call: Call, path: Path<ClipPath>, body: Body<CreateClipLink>) -> Reply {
    // Asked before the password is hashed, which is work; the transaction asks again.
    let asked = |tx: &mut Tx<'_>, id| access::read_clip(tx, id).and_then(|_| access::require_sharing(tx));
    call.query(move |tx| asked(tx, path.clip_id)).await?;
    let password_hash = match &body.password {
        Some(password) => Some(call.ctx().extension::<Passwords>()?.hash("password", password).await?),
        None => None,
    };
    call.create_secret(move |tx| create(tx, path.clip_id, &body, password_hash.clone())).await
}

/// Makes a link, and has the clip cut if it is not. `password_hash` is that of the password of the request.
///
/// # Errors
/// [`Error::Invalid`] for `expires_at`; [`Error::Conflict`] when nothing is shared with people outside, or the clip has
/// 100 links already; [`Error::NotFound`] for a clip that the actor may not see; [`Error::Forbidden`] without
/// `UseCallIntelligence`.
pub fn create(
    tx: &mut Tx<'_>,
    id: ClipId,
    request: &CreateClipLink,
    password_hash: Option<String>,
) -> Result<NewClipLink> {
    let clip = access::lock_clip_to_share(tx, id)?;
    let sharing: Sharing = tx.setting()?;
    if !sharing.links {
        let detail = "the settings of the account allow no links for people outside";
        return Err(Error::conflict(ErrorCode::Conflict, detail));
    }
    let expires_at = expiry(tx.now(), request.expires_at, &sharing)?;
    if links::count(tx, id)? >= MOST_LINKS {
        let detail = format!("the clip has {MOST_LINKS} links already, which is the most");
        return Err(Error::conflict(ErrorCode::Conflict, detail));
    }
    let token = new_token();
    let row = LinkRow {
        id: tx.new_id(),
        clip_id: id,
        token_hash: hash_token(&token),
        password_hash,
        has_transcript: request.has_transcript,
        expires_at,
        revoked_at: None,
        created_by: tx.actor().user_id()?,
        created_at: tx.now(),
    };
    links::insert(tx, &clip, &row)?;
    cuts::ensure(tx, &clip)?;
    let detail = serde_json::json!({
        "clip_id": id,
        "expires_at": row.expires_at,
        "has_password": row.password_hash.is_some(),
        "has_transcript": row.has_transcript,
    });
    tx.audit("clip_link.create", ("clip_link", row.id.0), detail)?;
    view::tell(tx, &clip)?;
    let url = format!("{}/clip/{token}", tx.ctx().config().server.public_url);
    Ok(NewClipLink { link: view::link(tx, &row, clip.call_id)?, url })
}

/// When the link's time is over, within the bounds of the settings.
fn expiry(now: Timestamp, wanted: Option<Timestamp>, sharing: &Sharing) -> Result<Timestamp> {
    let in_days = |days: i32| now.plus_seconds(i64::from(days) * DAY_SECONDS);
    let Some(wanted) = wanted else { return Ok(in_days(sharing.default_days)) };
    if wanted <= now {
        return Err(Error::invalid("expires_at", "must be after now"));
    }
    if wanted > in_days(sharing.most_days) {
        let rule = format!("must be at most {} days from now", sharing.most_days);
        return Err(Error::invalid("expires_at", rule));
    }
    Ok(wanted)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn links_last_as_long_as_the_settings_say() {
        let sharing = Sharing { default_days: 2, most_days: 3, ..Sharing::default() };
        let now = Timestamp(1_000_000_000);
        let after = |seconds: i64| now.plus_seconds(seconds);
        assert_eq!(expiry(now, None, &sharing).unwrap(), after(2 * DAY_SECONDS));
        assert_eq!(expiry(now, Some(after(3 * DAY_SECONDS)), &sharing).unwrap(), after(3 * DAY_SECONDS));
        assert_eq!(expiry(now, Some(after(1)), &sharing).unwrap(), after(1));
        for bad in [now, after(-1), after(3 * DAY_SECONDS + 1)] {
            let refused = expiry(now, Some(bad), &sharing).unwrap_err().to_string();
            assert!(refused.starts_with("expires_at: must be"), "{refused}");
        }
    }
}
