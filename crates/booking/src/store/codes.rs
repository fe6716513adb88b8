//! Codes that prove an address.

use db::on;
use db::schema::booking_codes;
use diesel::prelude::*;
use platform::{Result, Tx};
use types::Timestamp;

/// A row of `booking_codes`.
#[derive(Clone, Debug, PartialEq, Eq, Queryable, Selectable, Insertable, AsChangeset)]
#[diesel(table_name = booking_codes, primary_key(address_hash))]
pub(crate) struct CodeRow {
    pub(crate) address_hash: String,
    pub(crate) code_hash: String,
    pub(crate) attempts: i32,
    pub(crate) expires_at: Timestamp,
}

/// Writes the code of an address in place of the one that it had.
pub(crate) fn save(tx: &mut Tx<'_>, row: &CodeRow) -> Result<()> {
    on!(tx.conn(), conn => diesel::insert_into(booking_codes::table)
        .values(row.clone())
        .on_conflict(booking_codes::address_hash)
        .do_update()
        .set(row.clone())
        .execute(conn))?;
    Ok(())
}

pub(crate) fn find(tx: &mut Tx<'_>, address_hash: &str) -> Result<Option<CodeRow>> {
    let query = booking_codes::table.find(address_hash.to_owned()).select(CodeRow::as_select());
    Ok(query.get_result(tx.conn()).optional()?)
}

/// Changes the number of codes that were tried for an address.
pub(crate) fn count(tx: &mut Tx<'_>, address_hash: &str, change: i32) -> Result<()> {
    diesel::update(booking_codes::table.find(address_hash.to_owned()))
        .set(booking_codes::attempts.eq(booking_codes::attempts + change))
        .execute(tx.conn())?;
    Ok(())
}

pub(crate) fn delete(tx: &mut Tx<'_>, address_hash: &str) -> Result<()> {
    diesel::delete(booking_codes::table.find(address_hash.to_owned())).execute(tx.conn())?;
    Ok(())
}

/// Deletes those that are over.
pub(crate) fn delete_expired(tx: &mut Tx<'_>, now: Timestamp) -> Result<usize> {
    Ok(diesel::delete(booking_codes::table.filter(booking_codes::expires_at.le(now))).execute(tx.conn())?)
}
