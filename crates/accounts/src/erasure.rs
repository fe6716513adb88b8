//! What happens here when a contact is merged or erased.

use platform::{Actor, Ctx, Error, Job, Result, Tx};
use serde::{Deserialize, Serialize};
use types::{ContactId, Event};

use crate::{files, store, webhooks};

/// Clears or moves all that carries the contact as its erasure key: events, jobs, kept replies, mails, notifications, what
/// webhooks are told, files, and the details of the audit log.
pub(crate) fn on_event(tx: &mut Tx<'_>, event: &Event) -> Result<()> {
    match event {
        Event::ContactErased { contact_id } => erase(tx, *contact_id, event),
        Event::ContactMerged { from_id, into } => store::erasure::move_contact(tx, *from_id, into.id),
        _ => Ok(()),
    }
}

fn erase(tx: &mut Tx<'_>, contact: ContactId, event: &Event) -> Result<()> {
    webhooks::erase_contact(tx, contact)?;
    store::erasure::erase_contact(tx, contact, serde_json::to_value(event)?)?;
    let about = tx.contact();
    tx.about(None);
    // After the commit: the messages that hold the files are cleared in this transaction too.
    tx.enqueue(&FinishErasure { contact_id: contact })?;
    tx.about(about);
    Ok(())
}

/// Deletes the files of an erased contact, and what the database's own log of latest writes still holds of it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct FinishErasure {
    /// The contact.
    pub contact_id: ContactId,
}

impl Job for FinishErasure {
    const KIND: &'static str = "finish_erasure";

    async fn run(self, ctx: Ctx) -> Result<()> {
        let deleted = ctx.write(&Actor::System, move |tx| {
            let (ids, attached) = store::erasure::files_of(tx, self.contact_id)?;
            if let Some(held) = attached.first() {
                return Err(Error::internal(format!(
                    "a message still holds file {held} of an erased contact"
                )));
            }
            files::delete(tx, &ids)
        });
        deleted.await?;
        ctx.fold_log().await
    }
}
