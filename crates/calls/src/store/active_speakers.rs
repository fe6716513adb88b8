//! Who spoke when, as the provider of a call noted it.

use db::Json;
use db::schema::active_speakers;
use diesel::prelude::*;
use platform::{Granted, Result, Tx};
use serde::{Deserialize, Serialize};
use types::CallId;

use super::calls::CallRow;

/// A time in which somebody spoke.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Turn {
    /// Its beginning in milliseconds.
    pub(crate) start_ms: i64,
    /// Its end in milliseconds.
    pub(crate) end_ms: i64,
    /// The name that the provider has.
    pub(crate) name: String,
}

impl From<zoom::timeline::Turn> for Turn {
    fn from(turn: zoom::timeline::Turn) -> Self {
        Self { start_ms: turn.start_ms, end_ms: turn.end_ms, name: turn.name }
    }
}

pub(crate) fn insert(tx: &mut Tx<'_>, call: &Granted<CallRow>, turns: &[Turn]) -> Result<()> {
    let row = (active_speakers::call_id.eq(call.id), active_speakers::turns.eq(Json(turns.to_vec())));
    diesel::insert_into(active_speakers::table).values(row).execute(tx.conn())?;
    Ok(())
}

/// Who spoke when in a call; nothing where nobody noted it.
pub(crate) fn of_call(tx: &mut Tx<'_>, call: CallId) -> Result<Vec<Turn>> {
    let found = active_speakers::table.find(call).select(active_speakers::turns);
    let found: Option<Json<Vec<Turn>>> = found.get_result(tx.conn()).optional()?;
    Ok(found.map(|Json(turns)| turns).unwrap_or_default())
}
