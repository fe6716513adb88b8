//! Deleting the bytes of recordings.

use futures_util::TryStreamExt;
use platform::{Ctx, Error, Job, Result};
use serde::{Deserialize, Serialize};
use types::RecordingId;

use super::keys;

/// Deletes the bytes of a recording whose row is gone.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct DeleteRecordingBytes {
    /// The recording.
    pub recording_id: RecordingId,
}

impl Job for DeleteRecordingBytes {
    const KIND: &'static str = "delete_recording_bytes";

    async fn run(self, ctx: Ctx) -> Result<()> {
        delete_bytes(&ctx, self.recording_id).await
    }
}

/// Deletes the bytes of a recording: the whole, its peaks and the parts of an upload.
pub(crate) async fn delete_bytes(ctx: &Ctx, id: RecordingId) -> Result<()> {
    delete_parts(ctx, id).await?;
    let blobs = ctx.extension::<blob::Store>()?;
    for key in [keys::recording(id), keys::peaks(id)] {
        blobs.delete(&key).await.map_err(Error::internal)?;
    }
    Ok(())
}

/// Deletes the parts of an upload.
pub(crate) async fn delete_parts(ctx: &Ctx, id: RecordingId) -> Result<()> {
    let blobs = ctx.extension::<blob::Store>()?;
    let mut parts = blobs.list_prefix(Some(&keys::parts(id))).map_err(Error::internal)?;
    while let Some(part) = parts.try_next().await.map_err(Error::internal)? {
        blobs.delete(&part.key).await.map_err(Error::internal)?;
    }
    Ok(())
}
