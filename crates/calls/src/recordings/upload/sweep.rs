//! Giving up uploads that nobody goes on with.

use std::time::Duration;

use platform::{Actor, Ctx, Periodic, Result, Tx};
use types::CallId;
use types::calls::RecordingState;

use super::KEPT_SECONDS;
use crate::recordings::DeleteRecordingBytes;
use crate::store::{recordings, uploads};
use crate::{access, view};

/// Uploads given up in one transaction.
const AT_A_TIME: i64 = 20;

/// Gives up uploads that nobody has gone on with for a day.
#[derive(Debug)]
pub struct GiveUpUploads;

impl Periodic for GiveUpUploads {
    const NAME: &'static str = "give_up_uploads";
    const EVERY: Duration = Duration::from_secs(60 * 60);

    async fn run(ctx: Ctx) -> Result<()> {
        while ctx.write(&Actor::System, some).await? > 0 {}
        Ok(())
    }
}

/// Gives up some; how many it were.
fn some(tx: &mut Tx<'_>) -> Result<usize> {
    let mut given_up = 0;
    for call in uploads::stale(tx, tx.now().plus_seconds(-KEPT_SECONDS), AT_A_TIME)? {
        given_up += usize::from(give_up(tx, call)?);
    }
    Ok(given_up)
}

/// Gives one up, unless somebody went on with it or its call is being deleted; whether it did.
fn give_up(tx: &mut Tx<'_>, id: CallId) -> Result<bool> {
    let Some(call) = access::lock_call_to_follow(tx, id)? else { return Ok(false) };
    let recording = recordings::find(tx, id)?.filter(|row| row.state == RecordingState::Uploading);
    let Some(recording) = recording else { return Ok(false) };
    uploads::delete(tx, recording.id)?;
    recordings::delete(tx, &call)?;
    tx.enqueue(&DeleteRecordingBytes { recording_id: recording.id })?;
    view::touched(tx, &call)?;
    Ok(true)
}
