//! The only door to a clip.
//!
//! A clip is seen by whoever may see its call; of any other nobody learns that there is one (404). Sharing takes
//! `UseCallIntelligence`. It is changed by whoever made it, and by whoever may change its call. People outside come through
//! the door of a link: [`find_link`].

use calls::excerpts;
use platform::{Error, Granted, Result, Tx};
use types::{CallId, ClipFolderId, ClipId, ClipLinkId, Permission};

use crate::store::clips::{self, ClipRow};
use crate::store::folders::{self, FolderRow};
use crate::store::links::{self, LinkRow};

/// Insists that the actor may share clips, and returns the user that the actor is or acts for.
pub(crate) fn require_sharing(tx: &Tx<'_>) -> Result<types::UserId> {
    let user = tx.actor().user_id()?;
    tx.actor().require(Permission::UseCallIntelligence)?;
    Ok(user)
}

/// A clip to read.
pub(crate) fn read_clip(tx: &mut Tx<'_>, id: ClipId) -> Result<ClipRow> {
    let row = clips::find(tx, id)?.ok_or(Error::NotFound)?;
    excerpts::read(tx, row.call_id)?;
    Ok(row)
}

/// A clip to share, with users or with people outside.
pub(crate) fn lock_clip_to_share(tx: &mut Tx<'_>, id: ClipId) -> Result<Granted<ClipRow>> {
    let row = lock_seen(tx, id)?;
    require_sharing(tx)?;
    Ok(Granted::new(row))
}

/// A clip to change or to delete.
pub(crate) fn lock_clip(tx: &mut Tx<'_>, id: ClipId) -> Result<Granted<ClipRow>> {
    let row = lock_seen(tx, id)?;
    let user = require_sharing(tx)?;
    if row.created_by != user {
        excerpts::require_change(tx, row.call_id)?;
    }
    Ok(Granted::new(row))
}

/// A link to end: by whoever made it, and by whoever may change the clip.
pub(crate) fn lock_link(tx: &mut Tx<'_>, clip: ClipId, id: ClipLinkId) -> Result<Granted<LinkRow>> {
    let row = lock_seen(tx, clip)?;
    let user = require_sharing(tx)?;
    let link = links::find(tx, row.id, id)?.ok_or(Error::NotFound)?;
    if ![row.created_by, link.created_by].contains(&user) {
        excerpts::require_change(tx, row.call_id)?;
    }
    Ok(Granted::new(link))
}

/// A clip that changes because of something that happened elsewhere, whoever caused it. Nothing when it was deleted
/// meanwhile.
pub(crate) fn lock_clip_to_follow(tx: &mut Tx<'_>, id: ClipId) -> Result<Option<Granted<ClipRow>>> {
    Ok(clips::find_locked(tx, id)?.map(Granted::new))
}

/// The clips of a call that is gone, to be deleted.
pub(crate) fn lock_clips_of_gone_call(tx: &mut Tx<'_>, call: CallId) -> Result<Vec<Granted<ClipRow>>> {
    Ok(clips::of_call(tx, call)?.into_iter().map(Granted::new).collect())
}

/// Where a clip leads, locked with its call.
fn lock_seen(tx: &mut Tx<'_>, id: ClipId) -> Result<ClipRow> {
    let row = clips::find(tx, id)?.ok_or(Error::NotFound)?;
    excerpts::hold(tx, row.call_id)?;
    // It may have gone before its call was locked.
    clips::find_locked(tx, id)?.ok_or(Error::NotFound)
}

/// A clip that has just been made in this transaction.
pub(crate) fn grant_new_clip(row: ClipRow) -> Granted<ClipRow> {
    Granted::new(row)
}

/// A folder to change or to delete.
pub(crate) fn lock_folder(tx: &mut Tx<'_>, id: ClipFolderId) -> Result<Granted<FolderRow>> {
    require_sharing(tx)?;
    folders::find_locked(tx, id)?.map(Granted::new).ok_or(Error::NotFound)
}

/// A folder to put a clip into.
///
/// # Errors
/// [`Error::Invalid`] for `folder_id` when there is no such folder.
pub(crate) fn require_folder(tx: &mut Tx<'_>, id: Option<ClipFolderId>) -> Result<()> {
    match id {
        Some(id) if folders::find_locked(tx, id)?.is_none() => {
            Err(Error::invalid("folder_id", "names a folder that does not exist"))
        }
        _ => Ok(()),
    }
}

/// The link with this secret, and its clip: whoever holds the secret may know of them.
pub(crate) fn find_link(tx: &mut Tx<'_>, token_hash: &str) -> Result<(LinkRow, ClipRow)> {
    let link = links::with_token(tx, token_hash)?.ok_or(Error::NotFound)?;
    let clip = clips::find(tx, link.clip_id)?.ok_or(Error::NotFound)?;
    Ok((link, clip))
}
