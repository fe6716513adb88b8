//! How the import of a recording ends.

use db::Json;
use media::Facts;
use platform::{Actor, Ctx, Error, Key, Result, Tx};
use types::calls::{RecordingProblem, RecordingState};

use super::{duplicate, examination};
use crate::store::recordings::{self, RecordingRow};
use crate::store::{calls, uploads};
use crate::{access, transcripts, view};

/// A file that was examined.
pub(crate) struct Examined {
    pub(crate) facts: Facts,
    /// In lower-case hexadecimal.
    pub(crate) sha256: String,
}

/// Notes what is known of a recording whose bytes are stored, and says whether it is kept: not when its call was deleted
/// meanwhile, nor when another import of the same file was faster.
pub(crate) async fn succeed(ctx: &Ctx, recording: RecordingRow, examined: Examined) -> Result<bool> {
    ctx.write(&Actor::System, move |tx| {
        tx.lock(Key::Named("recording", &examined.sha256))?;
        if duplicate::find(tx, &examined.sha256, recording.call_id)?.is_some() {
            finish(tx, failed(&recording, duplicate::problem()))?;
            return Ok(false);
        }
        let told_ms = calls::find(tx, recording.call_id)?.and_then(|call| call.duration_ms);
        finish(tx, ready(&recording, &examined, told_ms)?)
    })
    .await
}

/// Notes that a recording cannot be used, and why.
pub(crate) async fn fail(ctx: &Ctx, recording: RecordingRow, problem: RecordingProblem) -> Result<()> {
    let row = failed(&recording, problem);
    ctx.write(&Actor::System, move |tx| finish(tx, row.clone()).map(|_| ())).await
}

fn ready(recording: &RecordingRow, examined: &Examined, told_ms: Option<i64>) -> Result<RecordingRow> {
    let facts = &examined.facts;
    Ok(RecordingRow {
        state: RecordingState::Ready,
        media_type: Some(facts.media_type().to_owned()),
        sha256: Some(examined.sha256.clone()),
        duration_ms: Some(i64::try_from(facts.duration_ms).map_err(Error::internal)?),
        has_picture: facts.video_codec.is_some(),
        channels: Json(examination::levels(facts)),
        problems: Json(examination::problems(facts, told_ms)),
        ..recording.clone()
    })
}

fn failed(recording: &RecordingRow, problem: RecordingProblem) -> RecordingRow {
    RecordingRow { state: RecordingState::Failed, problems: Json(vec![problem]), ..recording.clone() }
}

/// Writes the end of an import, and says whether the call is still there.
fn finish(tx: &mut Tx<'_>, row: RecordingRow) -> Result<bool> {
    let Some(locked) = access::lock_call_to_follow(tx, row.call_id)? else { return Ok(false) };
    recordings::update(tx, &locked, &row)?;
    uploads::delete(tx, row.id)?;
    if row.state == RecordingState::Ready {
        transcripts::transcribe_automatically(tx, &locked)?;
    }
    let mut call = locked.clone();
    call.duration_ms = row.duration_ms.or(call.duration_ms);
    view::touched(tx, &access::regrant(&locked, call))?;
    Ok(true)
}
