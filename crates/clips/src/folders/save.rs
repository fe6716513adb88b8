//! Making and renaming folders.

use actix_web::{post, put};
use crm::folding::name_key;
use platform::fields::{Fields, taken};
use platform::{Error, Key, Result, Tx};
use types::ClipFolderId;
use types::clips::{ClipFolder, ClipFolderPath, SaveClipFolder};
use web::{Body, Call, Path, Reply};

use super::{list, tell};
use crate::access;
use crate::store::folders::{self, FolderRow};

/// Most characters of a name.
const NAME_CHARACTERS: usize = 100;
/// Most folders.
const MOST_FOLDERS: usize = 200;

/// Make a folder of clips.
#[utoipa::path(operation_id = "create_clip_folder", tag = "clips", request_body = SaveClipFolder, responses((status = 201, body = ClipFolder)))]
#[post("/v1/clip_folders")]
pub async fn create_clip_folder(call: Call, body: Body<SaveClipFolder>) -> Reply {
    call.create(move |tx| create(tx, &body)).await
}

/// Rename a folder of clips.
#[utoipa::path(operation_id = "update_clip_folder", tag = "clips", params(ClipFolderPath), request_body = SaveClipFolder, responses((status = 200, body = ClipFolder)))]
#[put("/v1/clip_folders/{clip_folder_id}")]
pub async fn update_clip_folder(call: Call, path: Path<ClipFolderPath>, body: Body<SaveClipFolder>) -> Reply {
    call.write(move |tx| update(tx, path.clip_folder_id, &body)).await
}

/// Makes a folder.
///
/// # Errors
/// [`Error::Invalid`] for a name that breaks a rule or is taken, or with 200 folders already; [`Error::Forbidden`] without
/// `UseCallIntelligence`.
pub fn create(tx: &mut Tx<'_>, request: &SaveClipFolder) -> Result<ClipFolder> {
    access::require_sharing(tx)?;
    let (name, name_key) = checked(tx, request, None)?;
    let row = FolderRow { id: tx.new_id(), name, name_key, created_at: tx.now() };
    folders::insert(tx, &row)?;
    tx.audit("clip_folder.create", ("clip_folder", row.id.0), serde_json::json!({ "name": row.name }))?;
    tell(tx)?;
    list::shown(tx, &row)
}

/// Renames a folder.
///
/// # Errors
/// As [`create`]; [`Error::NotFound`] when there is no such folder.
pub fn update(tx: &mut Tx<'_>, id: ClipFolderId, request: &SaveClipFolder) -> Result<ClipFolder> {
    let folder = access::lock_folder(tx, id)?;
    let (name, name_key) = checked(tx, request, Some(id))?;
    let row = FolderRow { name, name_key, ..folder.clone() };
    folders::update(tx, &folder, &row)?;
    tx.audit("clip_folder.update", ("clip_folder", id.0), serde_json::json!({ "name": row.name }))?;
    tell(tx)?;
    list::shown(tx, &row)
}

/// The name in its normal form, and as it is compared, if no other folder has it.
fn checked(tx: &mut Tx<'_>, request: &SaveClipFolder, own: Option<ClipFolderId>) -> Result<(String, String)> {
    let mut fields = Fields::default();
    let name = fields.required("name", &request.name, NAME_CHARACTERS);
    fields.finish()?;
    let key = name_key(&name);
    // Two of the same name at the same time: the second sees the first.
    tx.lock(Key::Named("clip_folders", ""))?;
    let others = folders::list(tx)?;
    if own.is_none() && others.len() >= MOST_FOLDERS {
        return Err(Error::invalid("name", format!("must be one of at most {MOST_FOLDERS} folders")));
    }
    if others.iter().any(|other| Some(other.id) != own && other.name_key == key) {
        return Err(taken("name", "is the name of another folder"));
    }
    Ok((name, key))
}
