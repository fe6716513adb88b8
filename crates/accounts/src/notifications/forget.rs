use platform::{Result, Tx};
use types::{CallId, ClipId};

use crate::store;

/// Deletes the notifications about a call that is deleted.
///
/// # Errors
/// [`Error::Internal`](platform::Error::Internal) when the database refuses it.
pub fn forget_call(tx: &mut Tx<'_>, call: CallId) -> Result<()> {
    store::notifications::delete_of_call(tx, call)
}

/// Deletes the notifications about a clip that is deleted.
///
/// # Errors
/// [`Error::Internal`](platform::Error::Internal) when the database refuses it.
pub fn forget_clip(tx: &mut Tx<'_>, call: CallId, clip: ClipId) -> Result<()> {
    store::notifications::delete_of_clip(tx, call, clip)
}
