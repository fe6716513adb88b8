//! Custom properties and their values.

use std::collections::HashMap;

use db::Json;
use db::schema::{properties, property_values};
use diesel::prelude::*;
use platform::{Granted, Result, Tx};
use types::crm::{ObjectKind, Property, PropertyOption, PropertyType};
use types::{PropertyId, RecordId, Timestamp};

/// A row of `properties`.
#[derive(Debug, Clone, PartialEq, Queryable, Insertable, AsChangeset)]
#[diesel(table_name = properties)]
pub(crate) struct PropertyRow {
    pub(crate) id: PropertyId,
    pub(crate) object: ObjectKind,
    pub(crate) key: String,
    pub(crate) label: String,
    pub(crate) property_type: PropertyType,
    pub(crate) options: Json<Vec<PropertyOption>>,
    pub(crate) position: i32,
    pub(crate) archived: bool,
    pub(crate) created_at: Timestamp,
}

impl PropertyRow {
    pub(crate) fn to_wire(&self) -> Property {
        Property {
            id: self.id,
            object: self.object,
            key: self.key.clone(),
            label: self.label.clone(),
            property_type: self.property_type,
            options: self.options.0.clone(),
            position: self.position,
            archived: self.archived,
        }
    }
}

/// The properties of one kind of record or of all, in order.
pub(crate) fn list(tx: &mut Tx<'_>, object: Option<ObjectKind>) -> Result<Vec<PropertyRow>> {
    let mut query = properties::table
        .order((properties::object, properties::position, properties::created_at, properties::id))
        .into_boxed();
    if let Some(object) = object {
        query = query.filter(properties::object.eq(object));
    }
    Ok(query.load(tx.conn())?)
}

pub(crate) fn lock(tx: &mut Tx<'_>, id: PropertyId) -> Result<PropertyRow> {
    let query = properties::table.find(id);
    Ok(match tx.conn() {
        db::Conn::Pg(conn) => query.for_no_key_update().get_result(conn)?,
        db::Conn::Sqlite(conn) => query.get_result(conn)?,
    })
}

pub(crate) fn insert(tx: &mut Tx<'_>, row: &PropertyRow) -> Result<()> {
    diesel::insert_into(properties::table).values(row.clone()).execute(tx.conn())?;
    Ok(())
}

pub(crate) fn update(tx: &mut Tx<'_>, locked: &Granted<PropertyRow>, row: &PropertyRow) -> Result<()> {
    diesel::update(properties::table.find(locked.id)).set(row.clone()).execute(tx.conn())?;
    Ok(())
}

/// A value as it is stored, with what tells how to read it.
pub(crate) type StoredValue = (RecordId, String, PropertyType, String);

/// The values of one record's properties that are not archived.
pub(crate) fn values_of(tx: &mut Tx<'_>, record: RecordId) -> Result<Vec<StoredValue>> {
    Ok(property_values::table
        .inner_join(properties::table)
        .filter(property_values::record_id.eq(record))
        .filter(properties::archived.eq(false))
        .select((
            property_values::record_id,
            properties::key,
            properties::property_type,
            property_values::value,
        ))
        .load(tx.conn())?)
}

/// The values of several records' properties that are not archived, by record.
pub(crate) fn values_of_all(
    tx: &mut Tx<'_>,
    records: &[RecordId],
) -> Result<HashMap<RecordId, Vec<StoredValue>>> {
    let mut found: HashMap<RecordId, Vec<StoredValue>> = HashMap::new();
    if records.is_empty() {
        return Ok(found);
    }
    let rows: Vec<StoredValue> = property_values::table
        .inner_join(properties::table)
        .filter(property_values::record_id.eq_any(records.to_vec()))
        .filter(properties::archived.eq(false))
        .select((
            property_values::record_id,
            properties::key,
            properties::property_type,
            property_values::value,
        ))
        .load(tx.conn())?;
    for row in rows {
        found.entry(row.0).or_default().push(row);
    }
    Ok(found)
}

/// Gives a record a value, or takes it; whether anything changed.
pub(crate) fn set_value(
    tx: &mut Tx<'_>,
    record: RecordId,
    property: PropertyId,
    value: Option<&str>,
) -> Result<bool> {
    let place = property_values::table.find((record, property));
    let before: Option<String> = place.select(property_values::value).get_result(tx.conn()).optional()?;
    if before.as_deref() == value {
        return Ok(false);
    }
    diesel::delete(place).execute(tx.conn())?;
    if let Some(value) = value {
        let row = (
            property_values::record_id.eq(record),
            property_values::property_id.eq(property),
            property_values::value.eq(value),
        );
        diesel::insert_into(property_values::table).values(row).execute(tx.conn())?;
    }
    Ok(true)
}

pub(crate) fn delete_values(tx: &mut Tx<'_>, record: RecordId) -> Result<()> {
    diesel::delete(property_values::table.filter(property_values::record_id.eq(record)))
        .execute(tx.conn())?;
    Ok(())
}

/// Moves the values to a record that has none of its own for the property; the others go.
pub(crate) fn move_values(tx: &mut Tx<'_>, from: RecordId, into: RecordId) -> Result<()> {
    let own: Vec<PropertyId> = property_values::table
        .filter(property_values::record_id.eq(into))
        .select(property_values::property_id)
        .load(tx.conn())?;
    let moving = property_values::table
        .filter(property_values::record_id.eq(from))
        .filter(property_values::property_id.ne_all(own));
    diesel::update(moving).set(property_values::record_id.eq(into)).execute(tx.conn())?;
    delete_values(tx, from)
}
