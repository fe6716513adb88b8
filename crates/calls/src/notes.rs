//! The note of a call: one text that everybody who may change the call writes at.

mod get;
mod save;

use types::calls::CallNote;

use crate::store::notes::NoteRow;

pub use get::{get, get_call_note};
pub use save::{save, save_call_note};

/// A note as it is shown, also before there is one.
fn shown(note: Option<&NoteRow>) -> CallNote {
    let none = || CallNote { html: String::new(), version: 0, updated_by: None, updated_at: None };
    note.map_or_else(none, NoteRow::to_wire)
}
