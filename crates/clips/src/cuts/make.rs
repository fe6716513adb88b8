//! Cutting a clip out of its recording.

use std::fs::File;
use std::time::Duration;

use calls::excerpts::{self, Recorded};
use media::cut::{self, Ffmpeg, Range};
use media::{Limits, MediaError};
use platform::{Actor, Ctx, Error, Job, Result, Tx};
use serde::{Deserialize, Serialize};
use tempfile::NamedTempFile;
use types::ClipId;
use types::clips::CutState;

use super::Cutter;
use crate::store::clips::{self, ClipRow};
use crate::store::cuts::{self, CutRow};
use crate::{access, view};

/// How many times as long as the clip coding its picture may take, beside what reading the recording may.
const SLOWNESS: u32 = 10;

/// Cuts a clip out of its call's recording, and stores the file.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct CutClip {
    /// The clip.
    pub clip_id: ClipId,
}

impl Job for CutClip {
    const KIND: &'static str = "cut_clip";

    async fn run(self, ctx: Ctx) -> Result<()> {
        let id = self.clip_id;
        let found = ctx.read(&Actor::System, move |tx| to_make(tx, id)).await?;
        // Deleted meanwhile, or made before.
        let Some((clip, cut)) = found else { return Ok(()) };
        let Some(recorded) = excerpts::fetch_recording(&ctx, clip.call_id).await? else {
            return fail(&ctx, cut, "the call has no recording any more".to_owned()).await;
        };
        let ffmpeg = ctx.extension::<Cutter>()?.ffmpeg().await?;
        let made = tokio::task::spawn_blocking(move || carry_out(&clip, &recorded, ffmpeg.as_ref())).await;
        match made.map_err(Error::internal)? {
            Ok((file, made)) => keep(&ctx, cut, file, made).await,
            Err(MediaError::Io(cause)) => Err(Error::internal(cause)),
            Err(refused) => fail(&ctx, cut, refused.to_string()).await,
        }
    }
}

/// The clip and its cut, if that is yet to be made.
fn to_make(tx: &mut Tx<'_>, id: ClipId) -> Result<Option<(ClipRow, CutRow)>> {
    let cut = cuts::find(tx, id)?.filter(|cut| cut.state == CutState::Making);
    Ok(clips::find(tx, id)?.zip(cut))
}

/// Cuts into a new file. It computes for long: call it where that is allowed.
fn carry_out(
    clip: &ClipRow,
    recorded: &Recorded,
    ffmpeg: Option<&Ffmpeg>,
) -> std::result::Result<(NamedTempFile, media::Clip), MediaError> {
    let file = NamedTempFile::new()?;
    let ms = |ms: i64| u64::try_from(ms).unwrap_or_default();
    let (start_ms, end_ms) = (ms(clip.from_ms), ms(clip.until_ms));
    let range = Range {
        recording: recorded.file.path(),
        container: recorded.container,
        picture: recorded.picture,
        duration_ms: recorded.duration_ms,
        start_ms,
        end_ms,
    };
    let length = Duration::from_millis(end_ms.saturating_sub(start_ms));
    let patience = recorded.limits.patience + length * SLOWNESS;
    let limits = Limits { patience, ..recorded.limits.clone() };
    let made = cut::cut(&range, ffmpeg, &limits, file.path())?;
    Ok((file, made))
}

/// Stores the file, and takes it away again if the clip went meanwhile.
async fn keep(ctx: &Ctx, cut: CutRow, file: NamedTempFile, made: media::Clip) -> Result<()> {
    let blobs = ctx.extension::<blob::Store>()?;
    let bytes = File::open(file.path()).map_err(Error::internal)?;
    let stored =
        blobs.put_stream(&cut.blob_key, blob::chunks(bytes).map_err(Error::internal)?, u64::MAX).await;
    let stored = stored.map_err(|cause| Error::Unavailable(cause.to_string()))?;
    let row = CutRow {
        state: CutState::Ready,
        media_type: Some(made.media_type().to_owned()),
        bytes: Some(i64::try_from(stored.size).map_err(Error::internal)?),
        sha256: Some(stored.sha256),
        duration_ms: Some(i64::try_from(made.duration_ms).map_err(Error::internal)?),
        has_picture: made.picture,
        picture_left_out: made.picture_left_out,
        ..cut
    };
    let key = row.blob_key.clone();
    if !finish(ctx, row).await? {
        blobs.delete(&key).await.map_err(Error::internal)?;
    }
    Ok(())
}

/// Notes that a clip cannot be cut, and why.
async fn fail(ctx: &Ctx, cut: CutRow, error: String) -> Result<()> {
    finish(ctx, CutRow { state: CutState::Failed, error: Some(error), ..cut }).await.map(|_| ())
}

/// Notes how a cut ended; whether it is still wanted.
async fn finish(ctx: &Ctx, row: CutRow) -> Result<bool> {
    ctx.write(&Actor::System, move |tx| {
        let Some(clip) = access::lock_clip_to_follow(tx, row.clip_id)? else { return Ok(false) };
        if cuts::find(tx, clip.id)?.is_none_or(|current| current.blob_key != row.blob_key) {
            return Ok(false);
        }
        cuts::update(tx, &clip, &row)?;
        view::tell(tx, &clip)?;
        Ok(true)
    })
    .await
}
