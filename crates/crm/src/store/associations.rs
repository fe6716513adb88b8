//! Associations: each pair of records once, from the one with the lower id.

use db::on;
use db::schema::associations;
use diesel::prelude::*;
use platform::{Granted, Result, Tx};
use types::crm::{Association, AssociationReason, ObjectKind, RecordRef};
use types::{AssociationId, RecordId, Timestamp, UserId};

/// A row of `associations`.
#[derive(Debug, Clone, PartialEq, Queryable, Insertable)]
#[diesel(table_name = associations)]
pub(crate) struct AssociationRow {
    pub(crate) id: AssociationId,
    pub(crate) from_kind: ObjectKind,
    pub(crate) from_id: RecordId,
    pub(crate) to_kind: ObjectKind,
    pub(crate) to_id: RecordId,
    pub(crate) reason: AssociationReason,
    pub(crate) created_by: Option<UserId>,
    pub(crate) created_at: Timestamp,
}

impl AssociationRow {
    pub(crate) fn from(&self) -> RecordRef {
        RecordRef { kind: self.from_kind, id: self.from_id }
    }

    pub(crate) fn to(&self) -> RecordRef {
        RecordRef { kind: self.to_kind, id: self.to_id }
    }

    /// The record on the other side.
    pub(crate) fn other(&self, one: RecordId) -> RecordRef {
        if self.from_id == one { self.to() } else { self.from() }
    }

    pub(crate) fn to_wire(&self) -> Association {
        Association {
            id: self.id,
            from: self.from(),
            to: self.to(),
            reason: self.reason,
            created_by: self.created_by,
            created_at: self.created_at,
        }
    }
}

/// Two records in the order in which they are stored.
pub(crate) fn ordered(one: RecordRef, other: RecordRef) -> (RecordRef, RecordRef) {
    if one.id < other.id { (one, other) } else { (other, one) }
}

/// Adds a pair; false when it is there already.
pub(crate) fn insert(tx: &mut Tx<'_>, row: &AssociationRow) -> Result<bool> {
    let inserted = on!(tx.conn(), conn => diesel::insert_into(associations::table)
        .values(row)
        .on_conflict((associations::from_id, associations::to_id))
        .do_nothing()
        .execute(conn))?;
    Ok(inserted == 1)
}

pub(crate) fn find(tx: &mut Tx<'_>, id: AssociationId) -> Result<Option<AssociationRow>> {
    Ok(associations::table.find(id).get_result(tx.conn()).optional()?)
}

pub(crate) fn find_pair(tx: &mut Tx<'_>, one: RecordRef, other: RecordRef) -> Result<Option<AssociationRow>> {
    let (from, to) = ordered(one, other);
    Ok(associations::table
        .filter(associations::from_id.eq(from.id))
        .filter(associations::to_id.eq(to.id))
        .get_result(tx.conn())
        .optional()?)
}

pub(crate) fn set_reason(tx: &mut Tx<'_>, id: AssociationId, reason: AssociationReason) -> Result<()> {
    diesel::update(associations::table.find(id)).set(associations::reason.eq(reason)).execute(tx.conn())?;
    Ok(())
}

pub(crate) fn delete(tx: &mut Tx<'_>, row: &Granted<AssociationRow>) -> Result<()> {
    diesel::delete(associations::table.find(row.id)).execute(tx.conn())?;
    Ok(())
}

/// All associations of a record, the newest first.
pub(crate) fn of(tx: &mut Tx<'_>, record: RecordId) -> Result<Vec<AssociationRow>> {
    Ok(associations::table
        .filter(associations::from_id.eq(record).or(associations::to_id.eq(record)))
        .order((associations::created_at.desc(), associations::id.desc()))
        .load(tx.conn())?)
}

/// All associations of these records, the newest first.
pub(crate) fn of_all(tx: &mut Tx<'_>, records: &[RecordId]) -> Result<Vec<AssociationRow>> {
    let either =
        associations::from_id.eq_any(records.to_vec()).or(associations::to_id.eq_any(records.to_vec()));
    let order = (associations::created_at.desc(), associations::id.desc());
    Ok(associations::table.filter(either).order(order).load(tx.conn())?)
}

/// The newest associations of a record with records of one kind.
pub(crate) fn of_kind(
    tx: &mut Tx<'_>,
    record: RecordId,
    kind: ObjectKind,
    limit: i64,
) -> Result<Vec<AssociationRow>> {
    let forth = associations::from_id.eq(record).and(associations::to_kind.eq(kind));
    let back = associations::to_id.eq(record).and(associations::from_kind.eq(kind));
    Ok(associations::table
        .filter(forth.or(back))
        .order((associations::created_at.desc(), associations::id.desc()))
        .limit(limit)
        .load(tx.conn())?)
}

pub(crate) fn delete_all_of(tx: &mut Tx<'_>, record: RecordId) -> Result<()> {
    let all = associations::table.filter(associations::from_id.eq(record).or(associations::to_id.eq(record)));
    diesel::delete(all).execute(tx.conn())?;
    Ok(())
}
