//! The folders with what is in them.

use std::collections::HashMap;

use actix_web::get;
use platform::{Error, Result, Tx};
use types::ClipFolderId;
use types::clips::{ClipFolder, ClipFolders};
use web::{Call, Reply};

use super::MOST_COUNTED;
use crate::access;
use crate::store::folders::{self, FolderRow};

/// List the folders of clips.
#[utoipa::path(operation_id = "list_clip_folders", tag = "clips", responses((status = 200, body = ClipFolders)))]
#[get("/v1/clip_folders")]
pub async fn list_clip_folders(call: Call) -> Reply {
    call.read(list).await
}

/// All folders by name, each with the number of clips that the actor may see.
///
/// # Errors
/// [`Error::Forbidden`](platform::Error::Forbidden) without `UseCallIntelligence`.
pub fn list(tx: &mut Tx<'_>) -> Result<ClipFolders> {
    access::require_sharing(tx)?;
    let counts = counts(tx)?;
    let shown = |row: &FolderRow| row.to_wire(counts.get(&row.id).copied().unwrap_or_default());
    Ok(ClipFolders { items: folders::list(tx)?.iter().map(shown).collect() })
}

/// One folder as it is shown.
pub(super) fn shown(tx: &mut Tx<'_>, row: &FolderRow) -> Result<ClipFolder> {
    let counts = counts(tx)?;
    Ok(row.to_wire(counts.get(&row.id).copied().unwrap_or_default()))
}

/// How many clips of each folder the actor may see; none for a program that may see no calls.
fn counts(tx: &mut Tx<'_>) -> Result<HashMap<ClipFolderId, i64>> {
    let counts = match folders::counts(tx) {
        Err(Error::Forbidden(_)) => return Ok(HashMap::new()),
        counts => counts?.into_iter(),
    };
    Ok(counts.map(|(folder, count)| (folder, count.min(MOST_COUNTED))).collect())
}
