//! Takes a contact out of everything that carries its id as the erasure key.

use db::Json;
use db::schema::{
    audit_entries, events, files, idempotency_keys, jobs, mails, message_attachments, notifications,
};
use diesel::prelude::*;
use platform::{Result, Tx};
use serde_json::Value;
use types::{ContactId, FileId};

/// Clears log, jobs, kept replies, outbox, notifications and the details of the audit log. Events keep their place, so
/// that positions stay without gaps; `in_place` is what they say from then on.
pub(crate) fn erase_contact(tx: &mut Tx<'_>, contact: ContactId, in_place: Value) -> Result<()> {
    let conn = tx.conn();
    diesel::update(events::table.filter(events::contact_id.eq(contact)))
        .set(events::payload.eq(Json(in_place)))
        .execute(conn)?;
    diesel::delete(jobs::table.filter(jobs::contact_id.eq(contact))).execute(conn)?;
    diesel::delete(idempotency_keys::table.filter(idempotency_keys::contact_id.eq(contact))).execute(conn)?;
    diesel::delete(mails::table.filter(mails::contact_id.eq(contact))).execute(conn)?;
    diesel::delete(notifications::table.filter(notifications::contact_id.eq(contact))).execute(conn)?;
    diesel::update(audit_entries::table.filter(audit_entries::contact_id.eq(contact)))
        .set(audit_entries::detail.eq(Json(Value::Object(serde_json::Map::new()))))
        .execute(conn)?;
    Ok(())
}

/// The files of a contact, and of those the ones that are still attached to a message.
pub(crate) fn files_of(tx: &mut Tx<'_>, contact: ContactId) -> Result<(Vec<FileId>, Vec<FileId>)> {
    let of_contact = files::table.filter(files::contact_id.eq(contact)).select(files::id).order(files::id);
    let ids: Vec<FileId> = of_contact.load(tx.conn())?;
    let attached = message_attachments::table
        .inner_join(files::table)
        .filter(files::contact_id.eq(contact))
        .select(files::id);
    let attached = attached.load(tx.conn())?;
    Ok((ids, attached))
}

/// Has what carried the key of a merged contact carry the key of the one that stays.
pub(crate) fn move_contact(tx: &mut Tx<'_>, from: ContactId, into: ContactId) -> Result<()> {
    let conn = tx.conn();
    diesel::update(events::table.filter(events::contact_id.eq(from)))
        .set(events::contact_id.eq(into))
        .execute(conn)?;
    diesel::update(jobs::table.filter(jobs::contact_id.eq(from)))
        .set(jobs::contact_id.eq(into))
        .execute(conn)?;
    diesel::update(idempotency_keys::table.filter(idempotency_keys::contact_id.eq(from)))
        .set(idempotency_keys::contact_id.eq(into))
        .execute(conn)?;
    diesel::update(mails::table.filter(mails::contact_id.eq(from)))
        .set(mails::contact_id.eq(into))
        .execute(conn)?;
    diesel::update(notifications::table.filter(notifications::contact_id.eq(from)))
        .set(notifications::contact_id.eq(into))
        .execute(conn)?;
    diesel::update(audit_entries::table.filter(audit_entries::contact_id.eq(from)))
        .set(audit_entries::contact_id.eq(into))
        .execute(conn)?;
    super::webhook_deliveries::move_contact(tx, from, into)?;
    let conn = tx.conn();
    diesel::update(files::table.filter(files::contact_id.eq(from)))
        .set(files::contact_id.eq(into))
        .execute(conn)?;
    Ok(())
}
