//! Takes away the rows of deleted calls.

use db::schema::{
    active_speakers, call_comments, call_notes, call_participants, calls, playback_positions,
    recording_parts, recording_uploads, recordings, segments, speakers, tracked_term_hits, transcript_votes,
    transcripts,
};
use diesel::prelude::*;
use platform::{Result, Tx};
use types::{CallId, RecordingId, SegmentId};

use super::words;

/// Segments deleted in one transaction, each with its words in the index.
const AT_A_TIME: i64 = 200;

/// Deletes some segments of a call with their words and hits; how many it were.
pub(crate) fn segments(tx: &mut Tx<'_>, call: CallId) -> Result<usize> {
    let some: Vec<(SegmentId, String)> = segments::table
        .filter(segments::call_id.eq(call))
        .select((segments::id, segments::text))
        .limit(AT_A_TIME)
        .load(tx.conn())?;
    for (id, text) in &some {
        words::remove(tx, *id, text)?;
    }
    let ids: Vec<SegmentId> = some.iter().map(|(id, _)| *id).collect();
    let hits = tracked_term_hits::table.filter(tracked_term_hits::segment_id.eq_any(ids.clone()));
    diesel::delete(hits).execute(tx.conn())?;
    diesel::delete(segments::table.filter(segments::id.eq_any(ids))).execute(tx.conn())?;
    Ok(some.len())
}

/// Deletes all that is left of a call once its segments are gone, and the call.
pub(crate) fn rest(tx: &mut Tx<'_>, call: CallId) -> Result<()> {
    upload(tx, call)?;
    let conn = tx.conn();
    diesel::delete(recordings::table.filter(recordings::call_id.eq(call))).execute(conn)?;
    diesel::delete(active_speakers::table.find(call)).execute(conn)?;
    diesel::delete(transcripts::table.filter(transcripts::call_id.eq(call))).execute(conn)?;
    diesel::delete(transcript_votes::table.filter(transcript_votes::call_id.eq(call))).execute(conn)?;
    diesel::delete(speakers::table.filter(speakers::call_id.eq(call))).execute(conn)?;
    diesel::delete(call_participants::table.filter(call_participants::call_id.eq(call))).execute(conn)?;
    diesel::delete(call_notes::table.filter(call_notes::call_id.eq(call))).execute(conn)?;
    let comments = call_comments::table.filter(call_comments::call_id.eq(call));
    diesel::delete(comments.filter(call_comments::parent_id.is_not_null())).execute(conn)?;
    diesel::delete(comments).execute(conn)?;
    diesel::delete(playback_positions::table.filter(playback_positions::call_id.eq(call))).execute(conn)?;
    diesel::delete(calls::table.find(call)).execute(conn)?;
    Ok(())
}

/// Deletes what is known of an upload of the call's recording.
fn upload(tx: &mut Tx<'_>, call: CallId) -> Result<()> {
    let of_call = recordings::table.filter(recordings::call_id.eq(call)).select(recordings::id);
    let ids: Vec<RecordingId> = of_call.load(tx.conn())?;
    let parts = recording_parts::table.filter(recording_parts::recording_id.eq_any(ids.clone()));
    diesel::delete(parts).execute(tx.conn())?;
    let uploads = recording_uploads::table.filter(recording_uploads::recording_id.eq_any(ids));
    diesel::delete(uploads).execute(tx.conn())?;
    Ok(())
}
