//! The contact behind a visitor: made when there is something to keep, merged, erased.

use crm::visitors::NewVisitorContact;
use platform::{Result, Sockets, Tx};
use types::Event;

use super::store::{self, VisitorRow};

/// Makes the visitor's contact unless it exists, and returns its name. The visitor must be locked.
pub(crate) fn ensure(tx: &mut Tx<'_>, visitor: &VisitorRow) -> Result<String> {
    if let Some(name) = store::contact_name(tx, visitor.contact_id)? {
        return Ok(name);
    }
    let name = format!("Visitor {:04}", visitor.id.0 % 10_000);
    let contact = NewVisitorContact {
        id: visitor.contact_id,
        name: &name,
        language: visitor.language.as_deref(),
        time_zone: visitor.time_zone.as_deref(),
    };
    Ok(crm::visitors::create(tx, contact)?.name)
}

/// Follows contacts that are merged, and forgets the visitors of one that is erased.
pub(crate) fn on_event(tx: &mut Tx<'_>, event: &Event) -> Result<()> {
    match event {
        Event::ContactMerged { from_id, into } => store::move_to_contact(tx, *from_id, into.id),
        Event::ContactErased { contact_id } => {
            for visitor in store::delete_of_contact(tx, *contact_id)? {
                tx.end_sockets(Sockets::Visitor(visitor), "erased")?;
            }
            Ok(())
        }
        _ => Ok(()),
    }
}
