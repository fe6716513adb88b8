//! Creating an inbox.

use std::collections::BTreeSet;

use actix_web::post;
use platform::{Error, Result, Tx};
use serde_json::json;
use types::conversations::{Inbox, SaveInbox};
use types::{Event, FieldError, Subject, UserId};
use web::{Body, Call, Reply};

use super::update::admit;
use crate::access;
use crate::store::inboxes::{self, InboxRow};
use crate::store::people;

/// Create an inbox.
#[utoipa::path(operation_id = "create_inbox", tag = "conversations", request_body = SaveInbox, responses((status = 201, body = Inbox)))]
#[post("/v1/inboxes")]
pub async fn create_inbox(call: Call, body: Body<SaveInbox>) -> Reply {
    call.create(move |tx| create(tx, &body)).await
}

/// Creates an inbox with its members.
///
/// # Errors
/// [`Error::Invalid`] naming `name` or `member_ids`; [`Error::Forbidden`] without `ManageInboxes`.
pub fn create(tx: &mut Tx<'_>, request: &SaveInbox) -> Result<Inbox> {
    let row = InboxRow { id: tx.new_id(), name: request.name.trim().to_owned(), created_at: tx.now() };
    let inbox = access::grant_new_inbox(tx, row)?;
    let members = check(tx, request)?;
    inboxes::insert(tx, &inbox).map_err(name_taken)?;
    tx.audit("inbox.create", ("inbox", inbox.id.0), json!({ "name": inbox.name, "member_ids": members }))?;
    let wire = inbox.to_wire(members.iter().copied().collect());
    admit(tx, &inbox, &wire, &members)?;
    tx.emit(Subject::Inbox(inbox.id), Event::InboxChanged { inbox: wire.clone() })?;
    Ok(wire)
}

/// Checks name and members, all at once; the members without repetitions.
pub(super) fn check(tx: &mut Tx<'_>, request: &SaveInbox) -> Result<BTreeSet<UserId>> {
    let mut errors = Vec::new();
    let mut refuse = |field: &str, code: &str, detail: &str| {
        errors.push(FieldError { field: field.to_owned(), code: code.to_owned(), detail: detail.to_owned() });
    };
    let name = request.name.trim();
    if name.is_empty() {
        refuse("name", "required", "must not be empty");
    }
    if name.chars().count() > 100 {
        refuse("name", "too_long", "must have at most 100 characters");
    }
    if name.chars().any(char::is_control) {
        refuse("name", "malformed", "must not contain control characters");
    }
    let members: BTreeSet<UserId> = request.member_ids.iter().copied().collect();
    let ids: Vec<UserId> = members.iter().copied().collect();
    if people::existing(tx, &ids)?.len() != ids.len() {
        refuse("member_ids", "unknown", "must name users who have not been deactivated");
    }
    if errors.is_empty() { Ok(members) } else { Err(Error::Invalid(errors)) }
}

pub(super) fn name_taken(error: Error) -> Error {
    if !error.is_taken() {
        return error;
    }
    Error::Invalid(vec![FieldError {
        field: "name".to_owned(),
        code: "taken".to_owned(),
        detail: "another inbox has this name".to_owned(),
    }])
}
