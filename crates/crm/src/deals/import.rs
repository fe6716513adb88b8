//! What an import does with one row.

use platform::{Result, Tx};
use types::DealId;
use types::crm::SaveDeal;

use super::create::checked;

/// Creates a deal or changes one, or with `dry` only checks whether that would break a rule.
///
/// # Errors
/// [`Error::Invalid`](platform::Error::Invalid) for fields that break a rule.
pub(crate) fn save_imported(
    tx: &mut Tx<'_>,
    id: Option<DealId>,
    request: &SaveDeal,
    dry: bool,
) -> Result<()> {
    if dry {
        let now = tx.now();
        return checked(tx, id.unwrap_or(DealId(0)), (now, request.stage_id), request).map(|_| ());
    }
    match id {
        Some(id) => super::update(tx, id, request)?,
        None => super::create(tx, request)?,
    };
    Ok(())
}
