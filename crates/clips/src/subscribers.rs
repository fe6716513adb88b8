//! What follows for clips from events of other slices, in the same transaction.

use calls::excerpts;
use platform::{Result, Tx};
use types::{CallId, Event};

use crate::{access, clips};

/// Follows an event. What the transaction does afterwards is about whomever it was about before.
pub(crate) fn follow(tx: &mut Tx<'_>, event: &Event) -> Result<()> {
    match event {
        // Some are only told to forget a call that is still there.
        Event::CallRemoved { call_id } if !excerpts::exists(tx, *call_id)? => delete_of_call(tx, *call_id),
        _ => Ok(()),
    }
}

/// Deletes the clips of a call that is gone.
fn delete_of_call(tx: &mut Tx<'_>, call: CallId) -> Result<()> {
    let about = tx.contact();
    for clip in access::lock_clips_of_gone_call(tx, call)? {
        clips::remove(tx, &clip)?;
    }
    tx.about(about);
    Ok(())
}
