//! Calls as they are shown, and telling of them.

use std::collections::HashMap;
use std::ops::Deref;

use platform::{Granted, Result, Tx};
use types::calls::{Call, Participant, TranscriptState};
use types::crm::AssociatedRecord;
use types::{CallId, Event, Permission, RecordId};

use crate::access;
use crate::store::calls::{self, CallRow};
use crate::store::recordings::{self, RecordingRow};
use crate::store::{participants, transcripts};

/// One call.
pub(crate) fn call(tx: &mut Tx<'_>, row: CallRow) -> Result<Call> {
    Ok(Parts::of(tx, &[row.id])?.assemble(row))
}

/// Tells whoever may see the call what happened.
pub(crate) fn tell(tx: &mut Tx<'_>, call: &CallRow, event: Event) -> Result<()> {
    let audience = access::audience(tx, call)?;
    tx.emit_to(&audience, event)
}

/// Tells whoever may see the call that it changed, and shows it.
pub(crate) fn changed(tx: &mut Tx<'_>, call: Granted<CallRow>) -> Result<Call> {
    tell(tx, &call, Event::CallChanged { call_id: call.id })?;
    self::call(tx, call.into_inner())
}

/// Notes that something that belongs to the call changed, tells of it, and shows the call.
pub(crate) fn touched(tx: &mut Tx<'_>, locked: &Granted<CallRow>) -> Result<Call> {
    let mut row = locked.deref().clone();
    row.updated_at = tx.now();
    calls::update(tx, locked, &row)?;
    changed(tx, access::regrant(locked, row))
}

/// What belongs to calls and is shown with them.
pub(crate) struct Parts {
    recordings: HashMap<CallId, RecordingRow>,
    transcripts: HashMap<CallId, TranscriptState>,
    participants: HashMap<CallId, Vec<Participant>>,
    records: HashMap<RecordId, Vec<AssociatedRecord>>,
}

impl Parts {
    /// Reads it for all of these calls together.
    pub(crate) fn of(tx: &mut Tx<'_>, calls: &[CallId]) -> Result<Self> {
        let rows = recordings::of_calls(tx, calls)?;
        let mut participants: HashMap<CallId, Vec<Participant>> = HashMap::new();
        for (call, participant) in participants::of_calls(tx, calls)? {
            participants.entry(call).or_default().push(participant);
        }
        let mut records = HashMap::new();
        if tx.actor().has(Permission::ReadContacts) {
            let ids: Vec<RecordId> = calls.iter().copied().map(RecordId::from).collect();
            records = crm::associations::of_many(tx, &ids)?;
        }
        Ok(Self {
            records,
            recordings: rows.into_iter().map(|row| (row.call_id, row)).collect(),
            transcripts: transcripts::states_of(tx, calls)?.into_iter().collect(),
            participants,
        })
    }

    /// The call with its parts.
    pub(crate) fn assemble(&mut self, row: CallRow) -> Call {
        Call {
            id: row.id,
            title: row.title,
            direction: row.direction,
            source: row.source,
            external_id: row.external_id,
            started_at: row.started_at,
            duration_ms: row.duration_ms,
            owner_id: row.owner_id,
            outcome: row.outcome,
            private: row.private,
            recording: self.recordings.get(&row.id).map_or_else(recordings::none, RecordingRow::to_wire),
            transcript: self.transcripts.get(&row.id).copied(),
            participants: self.participants.remove(&row.id).unwrap_or_default(),
            records: self.records.remove(&row.id.into()).unwrap_or_default(),
            created_at: row.created_at,
            updated_at: row.updated_at,
        }
    }
}
