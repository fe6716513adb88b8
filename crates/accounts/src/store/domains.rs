//! Domains of the account's own.

use db::schema::domains;
use diesel::prelude::*;
use platform::{Granted, Result, Tx};
use types::accounts::{DomainFault, DomainProof, DomainState};
use types::{DomainId, Timestamp, UserId};

use super::first_locked;

/// A row of `domains`.
#[derive(Clone, Debug, Queryable, Selectable, Insertable, AsChangeset)]
#[diesel(table_name = domains, treat_none_as_null = true)]
pub(crate) struct DomainRow {
    pub(crate) id: DomainId,
    pub(crate) name: String,
    pub(crate) token: String,
    pub(crate) state: DomainState,
    pub(crate) proof: Option<DomainProof>,
    pub(crate) dns_fault: Option<DomainFault>,
    pub(crate) http_fault: Option<DomainFault>,
    pub(crate) verified_at: Option<Timestamp>,
    pub(crate) checked_at: Option<Timestamp>,
    pub(crate) failing_since: Option<Timestamp>,
    pub(crate) created_by: UserId,
    pub(crate) created_at: Timestamp,
}

pub(crate) fn insert(tx: &mut Tx<'_>, row: &DomainRow) -> Result<()> {
    diesel::insert_into(domains::table).values(row.clone()).execute(tx.conn())?;
    Ok(())
}

/// Writes a changed row over the one that was locked.
pub(crate) fn update(tx: &mut Tx<'_>, locked: &Granted<DomainRow>, row: &DomainRow) -> Result<()> {
    diesel::update(domains::table.find(locked.id)).set(row.clone()).execute(tx.conn())?;
    Ok(())
}

pub(crate) fn delete(tx: &mut Tx<'_>, row: &Granted<DomainRow>) -> Result<()> {
    diesel::delete(domains::table.find(row.id)).execute(tx.conn())?;
    Ok(())
}

pub(crate) fn count(tx: &mut Tx<'_>) -> Result<i64> {
    Ok(domains::table.count().get_result(tx.conn())?)
}

pub(crate) fn find(tx: &mut Tx<'_>, id: DomainId) -> Result<DomainRow> {
    Ok(domains::table.find(id).select(DomainRow::as_select()).get_result(tx.conn())?)
}

pub(crate) fn find_locked(tx: &mut Tx<'_>, id: DomainId) -> Result<DomainRow> {
    Ok(first_locked!(tx.conn(), domains::table.find(id).select(DomainRow::as_select()))?)
}

pub(crate) fn named(tx: &mut Tx<'_>, name: &str) -> Result<Option<DomainRow>> {
    let query = domains::table.filter(domains::name.eq(name)).select(DomainRow::as_select());
    Ok(query.get_result(tx.conn()).optional()?)
}

/// Locked, so that nobody removes it to the end of the transaction.
pub(crate) fn named_locked(tx: &mut Tx<'_>, name: &str) -> Result<Option<DomainRow>> {
    let query = domains::table.filter(domains::name.eq(name));
    Ok(first_locked!(tx.conn(), query.select(DomainRow::as_select())).optional()?)
}

/// Domains after `after` in the order of their ids.
pub(crate) fn page(tx: &mut Tx<'_>, after: Option<DomainId>, limit: i64) -> Result<Vec<DomainRow>> {
    let mut query = domains::table.order(domains::id).limit(limit).into_boxed();
    if let Some(after) = after {
        query = query.filter(domains::id.gt(after));
    }
    Ok(query.select(DomainRow::as_select()).load(tx.conn())?)
}

/// Those that were verified once, and not looked at since a time.
pub(crate) fn due(tx: &mut Tx<'_>, before: Timestamp) -> Result<Vec<DomainRow>> {
    let was_verified = domains::verified_at.is_not_null();
    let due = domains::table.filter(was_verified.and(domains::checked_at.le(before)));
    Ok(due.order(domains::checked_at).select(DomainRow::as_select()).load(tx.conn())?)
}
