//! What an import does with one row.

use platform::{Result, Tx};
use types::TicketId;
use types::crm::SaveTicket;

use super::create::checked;

/// Creates a ticket or changes one, or with `dry` only checks whether that would break a rule.
///
/// # Errors
/// [`Error::Invalid`](platform::Error::Invalid) for fields that break a rule.
pub(crate) fn save_imported(
    tx: &mut Tx<'_>,
    id: Option<TicketId>,
    request: &SaveTicket,
    dry: bool,
) -> Result<()> {
    if dry {
        let now = tx.now();
        return checked(tx, id.unwrap_or(TicketId(0)), (now, request.status_id), request).map(|_| ());
    }
    match id {
        Some(id) => super::update(tx, id, request)?,
        None => super::create(tx, request)?,
    };
    Ok(())
}
