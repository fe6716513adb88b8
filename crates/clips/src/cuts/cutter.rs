//! What cuts: ffmpeg where there is one.

use std::path::PathBuf;

use media::cut::Ffmpeg;
use platform::{Error, Result};
use tokio::sync::OnceCell;

/// Cuts recordings. It is an extension of the context.
#[derive(Debug, Default)]
pub struct Cutter {
    program: Option<PathBuf>,
    ffmpeg: OnceCell<Ffmpeg>,
}

impl Cutter {
    /// Cuts with this program, or with the `ffmpeg` that is found where programs are.
    pub fn new(program: Option<PathBuf>) -> Self {
        Self { program, ffmpeg: OnceCell::new() }
    }

    /// The ffmpeg that answers, if one does. It is asked until it did once.
    ///
    /// # Errors
    /// [`Error::Internal`] when the runtime is shutting down.
    pub async fn ffmpeg(&self) -> Result<Option<Ffmpeg>> {
        if let Some(known) = self.ffmpeg.get() {
            return Ok(Some(known.clone()));
        }
        let program = self.program.clone();
        let found = tokio::task::spawn_blocking(move || Ffmpeg::find(program.as_deref())).await;
        match found.map_err(Error::internal)? {
            Ok(found) => Ok(Some(self.ffmpeg.get_or_init(|| async { found }).await.clone())),
            Err(reason) => {
                tracing::info!(%reason, "no ffmpeg: clips are made without");
                Ok(None)
            }
        }
    }
}
