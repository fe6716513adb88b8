//! The audit log: every administrative act, for whoever may read it.

use actix_web::get;
use platform::{Result, Tx};
use types::accounts::{AuditEntry, ListAuditEntries};
use types::{Page, Permission};
use web::{Call, Params, Reply};

use crate::store;
use platform::Paging;

/// List the entries of the audit log, the newest first.
#[utoipa::path(operation_id = "list_audit_entries", tag = "audit", params(ListAuditEntries), responses((status = 200, body = Page<AuditEntry>)))]
#[get("/v1/audit_entries")]
pub async fn list_audit_entries(call: Call, query: Params<ListAuditEntries>) -> Reply {
    call.read(move |tx| list(tx, &query)).await
}

fn list(tx: &mut Tx<'_>, query: &ListAuditEntries) -> Result<Page<AuditEntry>> {
    tx.actor().require(Permission::ReadAudit)?;
    let paging = Paging::of(query.cursor.as_deref(), query.limit)?;
    let rows = store::audit_entries::page(tx, query, &paging)?;
    Ok(paging.page(rows, store::audit_entries::cursor).map(AuditEntry::from))
}
