//! A recording beside the blob store, to be worked on.

use std::fs::File;
use std::io::Result as IoResult;
use std::path::Path;

use futures_util::StreamExt;
use platform::{Ctx, Error, Result};
use tempfile::NamedTempFile;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use types::RecordingId;

use super::keys;

/// A recording in a file of its own, which goes with it.
pub struct Fetched(NamedTempFile);

impl Fetched {
    /// Fetches a recording from the blob store.
    ///
    /// # Errors
    /// [`Error::Unavailable`] when the store cannot be used.
    pub(crate) async fn fetch(ctx: &Ctx, id: RecordingId) -> Result<Self> {
        let file = NamedTempFile::new().map_err(Error::internal)?;
        let blobs = ctx.extension::<blob::Store>()?;
        let unavailable = |cause: blob::Error| Error::Unavailable(cause.to_string());
        let mut bytes = blobs.get_range(&keys::recording(id), None).await.map_err(unavailable)?.stream;
        let mut target = tokio::fs::File::from_std(file.reopen().map_err(Error::internal)?);
        while let Some(chunk) = bytes.next().await {
            let chunk = chunk.map_err(|cause| Error::Unavailable(cause.to_string()))?;
            target.write_all(&chunk).await.map_err(Error::internal)?;
        }
        target.flush().await.map_err(Error::internal)?;
        Ok(Self(file))
    }

    /// Where it is.
    pub fn path(&self) -> &Path {
        self.0.path()
    }

    /// Another handle to it, which reads from the beginning.
    ///
    /// # Errors
    /// When the disk failed.
    pub fn reopen(&self) -> IoResult<File> {
        self.0.reopen()
    }

    /// Its first bytes.
    ///
    /// # Errors
    /// [`Error::Internal`] when the disk failed.
    pub(crate) async fn head(&self, bytes: usize) -> Result<Vec<u8>> {
        let file = tokio::fs::File::from_std(self.reopen().map_err(Error::internal)?);
        let mut head = Vec::with_capacity(bytes);
        file.take(bytes as u64).read_to_end(&mut head).await.map_err(Error::internal)?;
        Ok(head)
    }
}
