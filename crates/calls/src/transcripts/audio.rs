//! A recording as it is listened to.

use std::io::Error as IoError;
use std::ops::ControlFlow;
use std::time::Duration;

use ::transcribe::{Audio, DecodeError};
use futures_util::StreamExt;
use media::Limits;
use platform::{Ctx, Error, Result};
use tempfile::NamedTempFile;
use tokio::io::AsyncWriteExt;
use types::RecordingId;

use crate::recordings::{examination, keys};

/// How long decoding may take: it waits for the engine.
const PATIENCE: Duration = Duration::from_hours(48);

/// A recording in a file of its own, which goes with it.
pub(super) struct RecordingAudio {
    file: NamedTempFile,
    limits: Limits,
}

impl RecordingAudio {
    /// Fetches a recording from the blob store.
    ///
    /// # Errors
    /// [`Error::Unavailable`] when the store cannot be used.
    pub(super) async fn fetch(ctx: &Ctx, id: RecordingId) -> Result<Self> {
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
        let limits = Limits { patience: PATIENCE, ..examination::limits(ctx.config()) };
        Ok(Self { file, limits })
    }
}

impl Audio for RecordingAudio {
    fn decode(
        &self,
        sink: &mut dyn FnMut(&[Vec<f32>]) -> ControlFlow<()>,
    ) -> std::result::Result<(), DecodeError> {
        // A handle of its own: the recording may be decoded twice at a time.
        let file = self.file.reopen()?;
        let mut is_broken_off = false;
        let decoded = media::pcm16k(file, &self.limits, |planes| match sink(planes) {
            ControlFlow::Continue(()) => Ok(()),
            ControlFlow::Break(()) => {
                is_broken_off = true;
                Err(IoError::other("nobody listens any more"))
            }
        });
        match decoded {
            Err(_) if is_broken_off => Ok(()),
            Err(cause) => Err(cause.into()),
            Ok(_) => Ok(()),
        }
    }
}
