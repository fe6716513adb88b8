//! Deleting a folder.

use actix_web::delete;
use platform::{Result, Tx};
use types::ClipFolderId;
use types::clips::ClipFolderPath;
use web::{Call, Path, Reply};

use super::tell;
use crate::access;
use crate::store::folders;

/// Delete a folder of clips. The clips stay, in no folder.
#[utoipa::path(operation_id = "delete_clip_folder", tag = "clips", params(ClipFolderPath), responses((status = 204)))]
#[delete("/v1/clip_folders/{clip_folder_id}")]
pub async fn delete_clip_folder(call: Call, path: Path<ClipFolderPath>) -> Reply {
    call.delete(move |tx| delete(tx, path.clip_folder_id)).await
}

/// Deletes a folder.
///
/// # Errors
/// [`Error::NotFound`](platform::Error::NotFound); [`Error::Forbidden`](platform::Error::Forbidden) without
/// `UseCallIntelligence`.
pub fn delete(tx: &mut Tx<'_>, id: ClipFolderId) -> Result<()> {
    let folder = access::lock_folder(tx, id)?;
    folders::delete(tx, &folder)?;
    tx.audit("clip_folder.delete", ("clip_folder", id.0), serde_json::json!({ "name": folder.name }))?;
    tell(tx)
}
