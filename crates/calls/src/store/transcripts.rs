//! Transcripts: how far they have come.

use db::schema::transcripts;
use diesel::prelude::*;
use platform::{Result, Tx};
use types::CallId;
use types::calls::TranscriptState;

/// How far the transcripts of these calls have come.
pub(crate) fn states_of(tx: &mut Tx<'_>, calls: &[CallId]) -> Result<Vec<(CallId, TranscriptState)>> {
    let of_calls = transcripts::table.filter(transcripts::call_id.eq_any(calls.to_vec()));
    Ok(of_calls.select((transcripts::call_id, transcripts::state)).load(tx.conn())?)
}
