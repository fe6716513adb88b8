//! Taking cuts away.

use platform::{Ctx, Error, Granted, Job, Result, Tx};
use serde::{Deserialize, Serialize};

use crate::store::clips::ClipRow;
use crate::store::cuts;

/// Deletes the bytes of a cut whose row is gone.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct DeleteCutBytes {
    /// Their key in the blob store.
    pub blob_key: String,
}

impl Job for DeleteCutBytes {
    const KIND: &'static str = "delete_cut_bytes";

    async fn run(self, ctx: Ctx) -> Result<()> {
        ctx.extension::<blob::Store>()?.delete(&self.blob_key).await.map_err(Error::internal)
    }
}

/// Takes the cut of a clip away, if it has one: the row now, the bytes after the commit.
pub(crate) fn remove(tx: &mut Tx<'_>, clip: &Granted<ClipRow>) -> Result<()> {
    let Some(cut) = cuts::find(tx, clip.id)? else { return Ok(()) };
    cuts::delete(tx, clip)?;
    // Erasing a contact deletes the jobs about it, and this one must run.
    let about = tx.contact();
    tx.about(None);
    tx.enqueue(&DeleteCutBytes { blob_key: cut.blob_key })?;
    tx.about(about);
    Ok(())
}
