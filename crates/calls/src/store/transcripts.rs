//! Transcripts: where each came from, how far it has come, and how helpful it was found.

use db::on;
use db::schema::{transcript_votes, transcripts};
use diesel::prelude::*;
use platform::{Granted, Result, Tx};
use types::calls::{SpeakerSeparation, Transcript, TranscriptSource, TranscriptState, TranscriptVotes};
use types::{CallId, Timestamp, TranscriptId, UserId};

use super::calls::CallRow;

/// A row of `transcripts`.
#[derive(Clone, Debug, PartialEq, Queryable, Selectable, Insertable, AsChangeset)]
#[diesel(table_name = transcripts, treat_none_as_null = true)]
pub(crate) struct TranscriptRow {
    pub(crate) id: TranscriptId,
    pub(crate) call_id: CallId,
    pub(crate) source: TranscriptSource,
    pub(crate) state: TranscriptState,
    pub(crate) progress: i32,
    pub(crate) error: Option<String>,
    pub(crate) engine: Option<String>,
    pub(crate) model: Option<String>,
    pub(crate) language: Option<String>,
    pub(crate) separation: Option<SpeakerSeparation>,
    pub(crate) created_at: Timestamp,
    pub(crate) finished_at: Option<Timestamp>,
}

impl TranscriptRow {
    pub(crate) fn to_wire(&self) -> Transcript {
        Transcript {
            id: self.id,
            call_id: self.call_id,
            source: self.source,
            state: self.state,
            progress: self.progress,
            error: self.error.clone(),
            engine: self.engine.clone(),
            model: self.model.clone(),
            language: self.language.clone(),
            separation: self.separation,
            finished_at: self.finished_at,
        }
    }
}

/// How far the transcripts of these calls have come.
pub(crate) fn states_of(tx: &mut Tx<'_>, calls: &[CallId]) -> Result<Vec<(CallId, TranscriptState)>> {
    let of_calls = transcripts::table.filter(transcripts::call_id.eq_any(calls.to_vec()));
    Ok(of_calls.select((transcripts::call_id, transcripts::state)).load(tx.conn())?)
}

/// The transcript of a call.
pub(crate) fn find(tx: &mut Tx<'_>, call: CallId) -> Result<Option<TranscriptRow>> {
    let of_call = transcripts::table.filter(transcripts::call_id.eq(call));
    Ok(of_call.select(TranscriptRow::as_select()).get_result(tx.conn()).optional()?)
}

/// Has this be the transcript of the call, in the place of the one before. What the one before says stays until it is
/// cleared.
pub(crate) fn replace(tx: &mut Tx<'_>, call: &Granted<CallRow>, row: &TranscriptRow) -> Result<()> {
    debug_assert_eq!(call.id, row.call_id);
    diesel::delete(transcripts::table.filter(transcripts::call_id.eq(call.id))).execute(tx.conn())?;
    diesel::insert_into(transcripts::table).values(row.clone()).execute(tx.conn())?;
    Ok(())
}

/// Writes a changed row.
pub(crate) fn update(tx: &mut Tx<'_>, call: &Granted<CallRow>, row: &TranscriptRow) -> Result<()> {
    let of_call = transcripts::table.find(row.id).filter(transcripts::call_id.eq(call.id));
    diesel::update(of_call).set(row.clone()).execute(tx.conn())?;
    Ok(())
}

/// How helpful a transcript was found, by all and by one user.
pub(crate) fn votes(tx: &mut Tx<'_>, call: CallId, user: Option<UserId>) -> Result<TranscriptVotes> {
    let of_call = transcript_votes::table.filter(transcript_votes::call_id.eq(call));
    let helpful = of_call.filter(transcript_votes::helpful.eq(true)).count().get_result(tx.conn())?;
    let unhelpful = of_call.filter(transcript_votes::helpful.eq(false)).count().get_result(tx.conn())?;
    let own = match user {
        Some(user) => of_call
            .filter(transcript_votes::user_id.eq(user))
            .select(transcript_votes::helpful)
            .get_result(tx.conn())
            .optional()?,
        None => None,
    };
    Ok(TranscriptVotes { helpful, unhelpful, own })
}

/// Saves a user's vote in the place of the one before.
pub(crate) fn save_vote(tx: &mut Tx<'_>, call: CallId, user: UserId, helpful: bool) -> Result<()> {
    let row = (
        transcript_votes::call_id.eq(call),
        transcript_votes::user_id.eq(user),
        transcript_votes::helpful.eq(helpful),
        transcript_votes::created_at.eq(tx.now()),
    );
    on!(tx.conn(), conn => diesel::insert_into(transcript_votes::table)
        .values(row)
        .on_conflict((transcript_votes::call_id, transcript_votes::user_id))
        .do_update()
        .set(transcript_votes::helpful.eq(helpful))
        .execute(conn))?;
    Ok(())
}

/// Takes a user's vote back.
pub(crate) fn delete_vote(tx: &mut Tx<'_>, call: CallId, user: UserId) -> Result<()> {
    diesel::delete(transcript_votes::table.find((call, user))).execute(tx.conn())?;
    Ok(())
}

/// Forgets every vote on a call's transcript.
pub(crate) fn delete_votes(tx: &mut Tx<'_>, call: &Granted<CallRow>) -> Result<()> {
    let of_call = transcript_votes::table.filter(transcript_votes::call_id.eq(call.id));
    diesel::delete(of_call).execute(tx.conn())?;
    Ok(())
}
