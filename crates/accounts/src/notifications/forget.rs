use platform::{Result, Tx};
use types::CallId;

use crate::store;

/// Deletes the notifications about a call that is deleted.
///
/// # Errors
/// [`Error::Internal`](platform::Error::Internal) when the database refuses it.
pub fn forget_call(tx: &mut Tx<'_>, call: CallId) -> Result<()> {
    store::notifications::delete_of_call(tx, call)
}
