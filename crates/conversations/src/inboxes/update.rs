//! Changing an inbox and who works in it.

use std::collections::BTreeSet;

use actix_web::put;
use platform::{Granted, Result, Sockets, Tx};
use serde_json::json;
use types::conversations::{Inbox, InboxPath, SaveInbox};
use types::{Event, InboxId, Subject, UserId};
use web::{Body, Call, Path, Reply};

use super::create::{check, name_taken};
use crate::access;
use crate::store::inboxes::{self, InboxRow};

/// Change an inbox: the request holds the whole of it. Users taken out of it hear nothing of it from then on.
#[utoipa::path(operation_id = "update_inbox", tag = "conversations", params(InboxPath), request_body = SaveInbox, responses((status = 200, body = Inbox)))]
#[put("/v1/inboxes/{inbox_id}")]
pub async fn update_inbox(call: Call, path: Path<InboxPath>, body: Body<SaveInbox>) -> Reply {
    call.write(move |tx| update(tx, path.inbox_id, &body)).await
}

/// Writes name and members. Members who were deactivated since may stay.
///
/// # Errors
/// [`Error::Invalid`](platform::Error::Invalid) naming `name` or `member_ids`;
/// [`Error::Forbidden`](platform::Error::Forbidden) without `ManageInboxes`.
pub fn update(tx: &mut Tx<'_>, id: InboxId, request: &SaveInbox) -> Result<Inbox> {
    let inbox = access::lock_inbox(tx, id)?;
    let before: BTreeSet<UserId> = inboxes::members(tx, id)?.into_iter().collect();
    let mut new = request.clone();
    new.member_ids.retain(|user| !before.contains(user));
    let gained = check(tx, &new)?;
    let wanted: BTreeSet<UserId> = request.member_ids.iter().copied().collect();
    let lost: BTreeSet<UserId> = before.difference(&wanted).copied().collect();
    let name = request.name.trim();
    inboxes::rename(tx, &inbox, name).map_err(name_taken)?;
    let detail = json!({ "name": name, "added": gained, "removed": lost });
    tx.audit("inbox.update", ("inbox", id.0), detail)?;
    let wire = Inbox { name: name.to_owned(), ..inbox.to_wire(wanted.into_iter().collect()) };
    dismiss(tx, &inbox, &lost)?;
    admit(tx, &inbox, &wire, &gained)?;
    tx.emit(Subject::Inbox(id), Event::InboxChanged { inbox: wire.clone() })?;
    Ok(wire)
}

/// Makes users members, and tells each of them.
pub(super) fn admit(
    tx: &mut Tx<'_>,
    inbox: &Granted<InboxRow>,
    wire: &Inbox,
    users: &BTreeSet<UserId>,
) -> Result<()> {
    if users.is_empty() {
        return Ok(());
    }
    inboxes::add_members(tx, inbox, users)?;
    for user in users {
        tx.rescope_sockets(Sockets::User(*user))?;
        tx.emit(Subject::User(*user), Event::InboxGained { inbox: wire.clone() })?;
    }
    Ok(())
}

/// Takes users out, tells each of them, and stops what they were about to hear.
fn dismiss(tx: &mut Tx<'_>, inbox: &Granted<InboxRow>, users: &BTreeSet<UserId>) -> Result<()> {
    if users.is_empty() {
        return Ok(());
    }
    inboxes::remove_members(tx, inbox, users)?;
    for user in users {
        tx.rescope_sockets(Sockets::User(*user))?;
        tx.emit(Subject::User(*user), Event::InboxRemoved { inbox_id: inbox.id })?;
    }
    Ok(())
}
