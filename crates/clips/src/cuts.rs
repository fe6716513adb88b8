//! Cuts: files that hold a clip and nothing else, for people outside.
//!
//! A clip has one as long as it has a link that could be opened. The recording is cut by a job, outside of any
//! transaction.

mod cutter;
mod idle;
mod make;
mod removal;
mod retry;

pub use cutter::Cutter;
pub use idle::DeleteIdleCuts;
pub use make::CutClip;
pub use removal::DeleteCutBytes;
pub use retry::{retry, retry_cut};

pub(crate) use removal::remove;

use platform::{Granted, Result, Tx};
use types::clips::CutState;

use crate::store::clips::ClipRow;
use crate::store::cuts::{self, CutRow};

/// Has a clip cut, unless it is or is being.
pub(crate) fn ensure(tx: &mut Tx<'_>, clip: &Granted<ClipRow>) -> Result<()> {
    match cuts::find(tx, clip.id)? {
        Some(cut) if cut.state != CutState::Failed => Ok(()),
        Some(_) => start(tx, clip, true),
        None => start(tx, clip, false),
    }
}

/// Begins a cut anew.
fn start(tx: &mut Tx<'_>, clip: &Granted<ClipRow>, again: bool) -> Result<()> {
    let row = CutRow::making(tx, clip.id);
    if again {
        cuts::update(tx, clip, &row)?;
    } else {
        cuts::insert(tx, clip, &row)?;
    }
    // The job holds nothing of whom the clip is about, and ends by itself when the clip is gone.
    let about = tx.contact();
    tx.about(None);
    tx.enqueue(&CutClip { clip_id: clip.id })?;
    tx.about(about);
    Ok(())
}
