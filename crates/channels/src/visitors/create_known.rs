//! Makes a visitor whose contact is known already.

use accounts::token::{hash_token, new_token};
use platform::{Result, Tx, VisitorActor};
use types::channels::VisitorIdentity;
use types::{ContactId, WidgetId};

use super::authenticator::TOKEN_PREFIX;
use super::store::{self, SessionRow, VisitorRow};
use crate::access;

/// Makes a verified visitor of a contact, for conversations that are brought in rather than held, such as the demo's.
/// Nobody holds the token of its session.
///
/// # Errors
/// [`Error::NotFound`](platform::Error::NotFound) when there is no such widget or it is off.
pub fn create_known(tx: &mut Tx<'_>, widget_id: WidgetId, contact_id: ContactId) -> Result<VisitorActor> {
    let widget = access::open_widget(tx, widget_id)?;
    let now = tx.now();
    let visitor = VisitorRow {
        id: tx.new_id(),
        widget_id: widget.id,
        contact_id,
        identity: VisitorIdentity::Verified,
        identity_subject: None,
        language: None,
        time_zone: None,
        created_at: now,
        last_seen_at: now,
    };
    let session = SessionRow {
        id: tx.new_id(),
        visitor_id: visitor.id,
        token_hash: hash_token(&format!("{TOKEN_PREFIX}{}", new_token())),
        created_at: now,
        last_used_at: now,
    };
    store::insert(tx, &visitor, &session)?;
    Ok(VisitorActor { id: visitor.id, session_id: session.id, widget_id, contact_id })
}
