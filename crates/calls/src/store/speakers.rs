//! Speakers: who is heard in calls.

use db::schema::{segments, speakers};
use diesel::prelude::*;
use platform::{Granted, Result, Tx};
use types::calls::{MatchedBy, Speaker};
use types::{CallId, ParticipantId, SpeakerId};

use super::calls::CallRow;

/// A row of `speakers`.
#[derive(Clone, Debug, PartialEq, Queryable, Selectable, Insertable, AsChangeset)]
#[diesel(table_name = speakers, treat_none_as_null = true)]
pub(crate) struct SpeakerRow {
    pub(crate) id: SpeakerId,
    pub(crate) call_id: CallId,
    pub(crate) number: i32,
    pub(crate) channel: Option<i32>,
    pub(crate) name: Option<String>,
    pub(crate) participant_id: Option<ParticipantId>,
    pub(crate) matched_by: Option<MatchedBy>,
}

impl SpeakerRow {
    pub(crate) fn to_wire(&self) -> Speaker {
        Speaker {
            id: self.id,
            number: self.number,
            channel: self.channel,
            name: self.name.clone(),
            participant_id: self.participant_id,
            matched_by: self.matched_by,
        }
    }
}

/// The speakers of these calls by their numbers.
pub(crate) fn of_calls(tx: &mut Tx<'_>, calls: &[CallId]) -> Result<Vec<SpeakerRow>> {
    let of_calls = speakers::table.filter(speakers::call_id.eq_any(calls.to_vec()));
    let in_order = of_calls.order((speakers::call_id, speakers::number));
    Ok(in_order.select(SpeakerRow::as_select()).load(tx.conn())?)
}

pub(crate) fn insert(tx: &mut Tx<'_>, call: &Granted<CallRow>, row: &SpeakerRow) -> Result<()> {
    debug_assert_eq!(call.id, row.call_id);
    diesel::insert_into(speakers::table).values(row.clone()).execute(tx.conn())?;
    Ok(())
}

pub(crate) fn update(tx: &mut Tx<'_>, call: &Granted<CallRow>, row: &SpeakerRow) -> Result<()> {
    let of_call = speakers::table.find(row.id).filter(speakers::call_id.eq(call.id));
    diesel::update(of_call).set(row.clone()).execute(tx.conn())?;
    Ok(())
}

/// Deletes the speakers of a call whose segments are gone.
pub(crate) fn delete(tx: &mut Tx<'_>, call: &Granted<CallRow>) -> Result<()> {
    diesel::delete(speakers::table.filter(speakers::call_id.eq(call.id))).execute(tx.conn())?;
    Ok(())
}

/// Who speaks when in a call, in the order of beginnings.
pub(crate) fn talk(tx: &mut Tx<'_>, call: CallId) -> Result<Vec<(Option<SpeakerId>, i64, i64)>> {
    let of_call = segments::table.filter(segments::call_id.eq(call)).order(segments::seq);
    Ok(of_call.select((segments::speaker_id, segments::start_ms, segments::end_ms)).load(tx.conn())?)
}
