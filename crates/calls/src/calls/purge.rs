//! Taking away what belongs to a deleted call.

use platform::{Actor, Ctx, Job, Result, Tx};
use serde::{Deserialize, Serialize};
use types::CallId;

use crate::recordings::delete_bytes;
use crate::store::{deletion, recordings};

/// Takes away a deleted call: first the bytes, then the rows, in steps that do not hold the writer for long.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PurgeCall {
    /// The call.
    pub call_id: CallId,
}

impl Job for PurgeCall {
    const KIND: &'static str = "purge_call";

    async fn run(self, ctx: Ctx) -> Result<()> {
        let id = self.call_id;
        let recording = ctx.read(&Actor::System, move |tx| recordings::find(tx, id)).await?;
        if let Some(recording) = recording {
            delete_bytes(&ctx, recording.id).await?;
        }
        while !ctx.write(&Actor::System, move |tx| step(tx, id)).await? {}
        // Of an erased contact nothing is left, and this may end after the rest of its erasure.
        ctx.fold_log().await
    }
}

/// One step; whether nothing is left.
fn step(tx: &mut Tx<'_>, id: CallId) -> Result<bool> {
    if deletion::segments(tx, id)? > 0 {
        return Ok(false);
    }
    deletion::rest(tx, id)?;
    Ok(true)
}
