//! Calls as records: what the slice of records asks of them.

use crm::records::RecordSource;
use platform::{Result, Tx};
use types::crm::{RecordRef, RecordSummary};
use types::{CallId, Event, RecordId, Subject, UserId};

use crate::store::calls::{self, CallRow};
use crate::{access, associations, view};

/// Where records of the kind `call` are found. The server wires it in as [`crm::records::Calls`].
#[derive(Clone, Copy, Debug)]
pub struct CallRecords;

impl RecordSource for CallRecords {
    fn summaries(&self, tx: &mut Tx<'_>, ids: &[RecordId]) -> Result<Vec<RecordSummary>> {
        let ids: Vec<CallId> = ids.iter().map(|id| CallId(id.0)).collect();
        Ok(access::seen(tx, &ids)?.into_iter().map(summary).collect())
    }

    fn search(&self, tx: &mut Tx<'_>, text: &str, limit: i64) -> Result<Vec<RecordSummary>> {
        // A program that may read no calls finds none.
        let Ok(scope) = access::scope(tx) else { return Ok(Vec::new()) };
        let found = calls::starting_with(tx, &scope, &crm::folding::name_key(text), limit)?;
        Ok(found.into_iter().map(summary).collect())
    }

    fn associated(&self, tx: &mut Tx<'_>, id: RecordId, other: RecordRef) -> Result<()> {
        let Some(call) = calls::find(tx, CallId(id.0))? else { return Ok(()) };
        associations::write_timeline(tx, &call, other)?;
        view::tell(tx, &call, Event::CallChanged { call_id: call.id })
    }

    fn dissociated(&self, tx: &mut Tx<'_>, id: RecordId, owner: Option<UserId>) -> Result<()> {
        let Some(call) = calls::find(tx, CallId(id.0))? else { return Ok(()) };
        let subject = Subject::Record { read: call.read_permission(), owner };
        let audience = access::audience(tx, &call)?;
        if !audience.contains(&subject) {
            tx.emit(subject, Event::CallRemoved { call_id: call.id })?;
        }
        tx.emit_to(&audience, Event::CallChanged { call_id: call.id })
    }
}

fn summary(call: CallRow) -> RecordSummary {
    // The day in UTC: 2026-03-02.
    let day = call.started_at.to_string().chars().take(10).collect();
    RecordSummary { record: call.id.into(), name: call.title, detail: Some(day), owner_id: call.owner_id }
}
