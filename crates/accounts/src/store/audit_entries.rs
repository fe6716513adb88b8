//! The audit log, which the platform writes.

use db::schema::audit_entries;
use db::{Cursor, Json};
use diesel::prelude::*;
use platform::{Result, Tx};
use types::accounts::{AuditEntry, ListAuditEntries};
use types::{AuditEntryId, Timestamp};

use platform::Paging;

/// A row of `audit_entries`.
#[derive(Debug, Queryable, Selectable)]
#[diesel(table_name = audit_entries)]
pub(crate) struct AuditEntryRow {
    pub(crate) id: AuditEntryId,
    actor: String,
    actor_name: String,
    action: String,
    subject_kind: String,
    subject_id: i64,
    detail: Json<serde_json::Value>,
    address: Option<String>,
    pub(crate) created_at: Timestamp,
}

impl From<AuditEntryRow> for AuditEntry {
    fn from(row: AuditEntryRow) -> Self {
        Self {
            id: row.id,
            actor: row.actor,
            actor_name: row.actor_name,
            action: row.action,
            subject_kind: row.subject_kind,
            subject_id: row.subject_id.to_string(),
            detail: row.detail.0,
            address: row.address,
            created_at: row.created_at,
        }
    }
}

/// Entries that fit the query, the newest first.
pub(crate) fn page(tx: &mut Tx<'_>, query: &ListAuditEntries, paging: &Paging) -> Result<Vec<AuditEntryRow>> {
    let mut rows = audit_entries::table
        .select(AuditEntryRow::as_select())
        .order((audit_entries::created_at.desc(), audit_entries::id.desc()))
        .limit(paging.rows())
        .into_boxed();
    if let Some(user) = query.user_id {
        rows = rows.filter(audit_entries::actor.eq(format!("user:{user}")));
    }
    if let Some(action) = &query.action {
        rows = rows.filter(audit_entries::action.like(starting_with(action)).escape('\\'));
    }
    if let Some(from) = query.from {
        rows = rows.filter(audit_entries::created_at.ge(from));
    }
    if let Some(until) = query.until {
        rows = rows.filter(audit_entries::created_at.lt(until));
    }
    if let Some(after) = &paging.after {
        let (at, id) = (after.number(0)?, after.number(1)?);
        rows = rows.filter(
            audit_entries::created_at
                .lt(at)
                .or(audit_entries::created_at.eq(at).and(audit_entries::id.lt(id))),
        );
    }
    Ok(rows.load(tx.conn())?)
}

/// Where a page that ends with this entry ends.
pub(crate) fn cursor(row: &AuditEntryRow) -> Cursor {
    Cursor::new([row.created_at.0.into(), row.id.0.into()])
}

/// A pattern for what starts with `text`, which stands for itself.
fn starting_with(text: &str) -> String {
    let escaped: String = text
        .chars()
        .flat_map(|c| matches!(c, '%' | '_' | '\\').then_some('\\').into_iter().chain([c]))
        .collect();
    format!("{escaped}%")
}

#[cfg(test)]
mod tests {
    #[test]
    fn a_prefix_stands_for_itself() {
        assert_eq!(super::starting_with(r"a_b%\"), r"a\_b\%\\%");
    }
}
