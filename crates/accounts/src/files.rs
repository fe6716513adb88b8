//! Files: uploads that become attachments of messages.
//!
//! The bytes go to the blob store first, under a key of their own; then the row is written. What is left over when that
//! does not happen is swept up. A file is loose until a message takes it, and loose files are deleted after a day.

mod content;
mod create;
mod link;
mod names;
mod sniff;
mod sweep;

use std::collections::HashMap;
use std::ops::Range;

use actix_web::http::header::HeaderMap;
use futures_util::StreamExt;
use platform::{Actor, Ctx, Error, Job, Result, Tx};
use serde::{Deserialize, Serialize};
use types::files::File;
use types::{ContactId, FileId};
use web::{Download, Reply};

use crate::store::files::FileRow;
use crate::{access, store};

pub use content::get_file_content;
pub use create::{create_file, upload};
pub use sweep::{DeleteLooseFiles, SweepBlobs};

/// Where the bytes of files are in the blob store.
const BLOB_PREFIX: &str = "files";

fn blob_key(id: FileId) -> String {
    format!("{BLOB_PREFIX}/{id}")
}

/// The file as it is shown, with a link to its content.
fn view(ctx: &Ctx, row: &FileRow) -> File {
    File {
        id: row.id,
        name: row.name.clone(),
        content_type: row.content_type.clone(),
        size: row.size,
        is_image: sniff::is_image(&row.content_type),
        url: link::url(ctx, row.id),
        created_at: row.created_at,
    }
}

/// Attaches loose files of the actor's own to a message, in this order. Erasing `contact` erases them.
///
/// # Errors
/// [`Error::Invalid`] for `attachment_ids` when one does not exist, is attached already, is named twice or was uploaded
/// by somebody else.
pub fn attach(tx: &mut Tx<'_>, ids: &[FileId], contact: Option<ContactId>) -> Result<Vec<File>> {
    if ids.is_empty() {
        return Ok(Vec::new());
    }
    let mut loose: HashMap<FileId, _> =
        access::lock_own_loose_files(tx, ids)?.into_iter().map(|file| (file.id, file)).collect();
    let mut attached = Vec::with_capacity(ids.len());
    for id in ids {
        let file = loose.remove(id).ok_or_else(|| {
            Error::invalid(
                "attachment_ids",
                format!("{id} is not a file that you uploaded and have not sent yet"),
            )
        })?;
        store::files::mark_attached(tx, &file, contact)?;
        attached.push(view(tx.ctx(), &file));
    }
    Ok(attached)
}

/// The files with these ids, for whoever may read the messages they are attached to; the caller has checked that.
///
/// # Errors
/// [`Error::Internal`] when the database refuses it.
pub fn load(tx: &mut Tx<'_>, ids: &[FileId]) -> Result<HashMap<FileId, File>> {
    if ids.is_empty() {
        return Ok(HashMap::new());
    }
    let rows = store::files::find_all(tx, ids)?;
    Ok(rows.iter().map(|row| (row.id, view(tx.ctx(), row))).collect())
}

/// The whole content of a file, for a job that works on it; the caller has checked that it may.
///
/// # Errors
/// [`Error::NotFound`] when it is gone; [`Error::Unavailable`] when the blob store cannot be used.
pub async fn read(ctx: &Ctx, id: FileId) -> Result<Vec<u8>> {
    let file = ctx.read(&Actor::System, move |tx| store::files::find(tx, id)).await?;
    let blobs = ctx.extension::<blob::Store>()?;
    let unavailable = |error: blob::Error| match error {
        blob::Error::NotFound => Error::NotFound,
        other => Error::Unavailable(other.to_string()),
    };
    let mut stream = blobs.get_range(&file.blob_key, None).await.map_err(unavailable)?.stream;
    let mut content = Vec::new();
    while let Some(part) = stream.next().await {
        content.extend_from_slice(&part.map_err(unavailable)?);
    }
    Ok(content)
}

/// Answers a request with the bytes of a blob, whole or in part, read as they are sent.
///
/// # Errors
/// [`Error::NotFound`] when it is gone; [`Error::Unavailable`] when the blob store cannot be used.
pub async fn send(ctx: &Ctx, blob_key: &str, download: Download, asked: &HeaderMap) -> Reply {
    let blobs = ctx.extension::<blob::Store>()?;
    let open = |range: Option<Range<u64>>| async move {
        match blobs.get_range(blob_key, range).await {
            Ok(blob) => Ok(blob.stream),
            Err(blob::Error::NotFound) => Err(Error::NotFound),
            Err(other) => Err(Error::Unavailable(other.to_string())),
        }
    };
    download.answer(asked, open).await
}

/// Insists that the actor uploaded a file.
///
/// # Errors
/// [`Error::Invalid`] for `file_id` otherwise.
pub fn require_own(tx: &mut Tx<'_>, id: FileId) -> Result<()> {
    let uploader = tx.actor().key();
    match store::files::find(tx, id) {
        Ok(file) if file.uploader == uploader => Ok(()),
        Ok(_) | Err(Error::NotFound) => Err(Error::invalid("file_id", "must be a file that you uploaded")),
        Err(other) => Err(other),
    }
}

/// Deletes files that no message holds any more; the caller has checked that. Their bytes go after the commit.
///
/// # Errors
/// [`Error::Internal`] when a message still holds one.
pub fn delete(tx: &mut Tx<'_>, ids: &[FileId]) -> Result<()> {
    let mut blob_keys = Vec::new();
    for some in ids.chunks(500) {
        for file in access::lock_files(tx, some)? {
            store::files::delete(tx, &file)?;
            blob_keys.push(file.into_inner().blob_key);
        }
    }
    if blob_keys.is_empty() {
        return Ok(());
    }
    // Erasing the contact deletes the jobs about it, and this one must run.
    let about = tx.contact();
    tx.about(None);
    tx.enqueue(&DeleteBlobs { blob_keys })?;
    tx.about(about);
    Ok(())
}

/// Deletes the bytes of files whose rows are gone.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct DeleteBlobs {
    /// Their keys in the blob store.
    pub blob_keys: Vec<String>,
}

impl Job for DeleteBlobs {
    const KIND: &'static str = "delete_blobs";

    async fn run(self, ctx: Ctx) -> Result<()> {
        let blobs = ctx.extension::<blob::Store>()?;
        for key in &self.blob_keys {
            blobs.delete(key).await.map_err(Error::internal)?;
        }
        Ok(())
    }
}
