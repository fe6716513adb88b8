//! A recording as it is listened to.

use std::io::Error as IoError;
use std::ops::ControlFlow;
use std::time::Duration;

use ::transcribe::{Audio, DecodeError};
use media::Limits;
use platform::{Ctx, Result};
use types::RecordingId;

use crate::recordings::{Fetched, examination};

/// How long decoding may take: it waits for the engine.
const PATIENCE: Duration = Duration::from_hours(48);

/// A recording that is decoded as often as an engine asks for it.
pub(super) struct RecordingAudio {
    file: Fetched,
    limits: Limits,
}

impl RecordingAudio {
    /// Fetches a recording from the blob store.
    ///
    /// # Errors
    /// [`Error::Unavailable`](platform::Error::Unavailable) when the store cannot be used.
    pub(super) async fn fetch(ctx: &Ctx, id: RecordingId) -> Result<Self> {
        let limits = Limits { patience: PATIENCE, ..examination::limits(ctx.config()) };
        Ok(Self { file: Fetched::fetch(ctx, id).await?, limits })
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
