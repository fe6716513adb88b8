//! Notes of calls.

use accounts::content::preview_of;
use db::on;
use db::schema::call_notes;
use diesel::prelude::*;
use platform::{Granted, Result, Tx};
use types::calls::CallNote;
use types::{CallId, Timestamp, UserId};

use super::calls::CallRow;

/// A row of `call_notes`.
#[derive(Clone, Debug, PartialEq, Queryable, Selectable, Insertable, AsChangeset)]
#[diesel(table_name = call_notes, treat_none_as_null = true)]
pub(crate) struct NoteRow {
    pub(crate) call_id: CallId,
    pub(crate) html: String,
    pub(crate) text: String,
    pub(crate) version: i64,
    pub(crate) updated_by: Option<UserId>,
    pub(crate) updated_at: Timestamp,
}

impl NoteRow {
    /// As it is shown.
    pub(crate) fn to_wire(&self) -> CallNote {
        CallNote {
            html: self.html.clone(),
            version: self.version,
            updated_by: self.updated_by,
            updated_at: Some(self.updated_at),
        }
    }

    /// The beginning of it.
    pub(crate) fn preview(&self) -> String {
        preview_of(&self.text)
    }
}

/// The note of a call, if somebody has written one.
pub(crate) fn find(tx: &mut Tx<'_>, call: CallId) -> Result<Option<NoteRow>> {
    let note = call_notes::table.find(call).select(NoteRow::as_select());
    Ok(note.get_result(tx.conn()).optional()?)
}

/// Writes the note of a call that is locked.
pub(crate) fn save(tx: &mut Tx<'_>, call: &Granted<CallRow>, row: &NoteRow) -> Result<()> {
    debug_assert_eq!(call.id, row.call_id);
    on!(tx.conn(), conn => diesel::insert_into(call_notes::table)
        .values(row)
        .on_conflict(call_notes::call_id)
        .do_update()
        .set(row)
        .execute(conn))?;
    Ok(())
}
