//! Kinds of meetings.

use db::schema::{booking_links, meeting_types, meetings};
use diesel::prelude::*;
use platform::{Granted, Result, Tx};
use types::booking::MeetingType;
use types::{MeetingTypeId, Timestamp};

/// A row of `meeting_types`.
#[derive(Clone, Debug, PartialEq, Queryable, Selectable, Insertable)]
#[diesel(table_name = meeting_types)]
pub(crate) struct MeetingTypeRow {
    pub(crate) id: MeetingTypeId,
    pub(crate) name: String,
    pub(crate) name_key: String,
    pub(crate) created_at: Timestamp,
}

impl MeetingTypeRow {
    pub(crate) fn to_wire(&self) -> MeetingType {
        MeetingType { id: self.id, name: self.name.clone() }
    }
}

/// All of them by name.
pub(crate) fn list(tx: &mut Tx<'_>) -> Result<Vec<MeetingTypeRow>> {
    let by_name = meeting_types::table.order((meeting_types::name_key, meeting_types::id));
    Ok(by_name.select(MeetingTypeRow::as_select()).load(tx.conn())?)
}

pub(crate) fn find(tx: &mut Tx<'_>, id: MeetingTypeId) -> Result<Option<MeetingTypeRow>> {
    let query = meeting_types::table.find(id).select(MeetingTypeRow::as_select());
    Ok(query.get_result(tx.conn()).optional()?)
}

pub(crate) fn insert(tx: &mut Tx<'_>, row: &MeetingTypeRow) -> Result<()> {
    diesel::insert_into(meeting_types::table).values(row.clone()).execute(tx.conn())?;
    Ok(())
}

/// Deletes a kind; the meetings that were of it are of none then. The caller has seen to the links.
pub(crate) fn delete(tx: &mut Tx<'_>, row: &Granted<MeetingTypeRow>) -> Result<()> {
    diesel::update(meetings::table.filter(meetings::meeting_type_id.eq(row.id)))
        .set(meetings::meeting_type_id.eq(None::<MeetingTypeId>))
        .execute(tx.conn())?;
    diesel::delete(meeting_types::table.find(row.id)).execute(tx.conn())?;
    Ok(())
}

/// The settings of all links that have not ended, to see which name a kind.
pub(crate) fn used_by_links(tx: &mut Tx<'_>, id: MeetingTypeId) -> Result<bool> {
    let all: Vec<super::links::LinkRow> = booking_links::table
        .filter(booking_links::ended_at.is_null())
        .select(super::links::LinkRow::as_select())
        .load(tx.conn())?;
    Ok(all.iter().any(|link| link.settings.0.meeting_type_id == Some(id)))
}
