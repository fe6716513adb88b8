//! The audit log: who did what to what.

use db::Json;
use db::schema::audit_entries;
use diesel::prelude::*;
use types::AuditEntryId;

use crate::{Result, Tx};

pub(crate) fn write(
    tx: &mut Tx<'_>,
    action: &str,
    (subject_kind, subject_id): (&str, i64),
    detail: serde_json::Value,
) -> Result<()> {
    let row = (
        audit_entries::id.eq(tx.new_id::<AuditEntryId>()),
        audit_entries::actor.eq(tx.actor().key()),
        audit_entries::actor_name.eq(tx.actor().name()),
        audit_entries::action.eq(action),
        audit_entries::subject_kind.eq(subject_kind),
        audit_entries::subject_id.eq(subject_id),
        audit_entries::detail.eq(Json(detail)),
        audit_entries::address.eq(tx.address().map(|address| address.to_string())),
        audit_entries::contact_id.eq(tx.contact()),
        audit_entries::created_at.eq(tx.now()),
    );
    diesel::insert_into(audit_entries::table).values(row).execute(tx.conn())?;
    Ok(())
}
