//! What a call belongs to: contacts, companies, deals and tickets, and what their timelines say of it.

use std::collections::BTreeMap;

use platform::{Result, Tx};
use types::CallId;
use types::crm::{AssociationReason, RecordRef, TimelineEvent};

use crate::store::calls::CallRow;
use crate::store::{notes, participants, people, transcripts};

/// What a call belongs to because of who takes part, and why.
pub(crate) type Due = BTreeMap<RecordRef, AssociationReason>;

/// The contacts that take part in a call, and the company of each.
pub(crate) fn due(tx: &mut Tx<'_>, call: CallId) -> Result<Due> {
    let contacts = participants::contacts_of(tx, call)?;
    let companies = people::companies_of(tx, &contacts)?.into_iter();
    let companies = companies.map(|company| (company.into(), AssociationReason::PrimaryCompany));
    let contacts = contacts.into_iter().map(|contact| (contact.into(), AssociationReason::Participant));
    Ok(companies.chain(contacts).collect())
}

/// Follows a change of who takes part. `before` is what was due then: only the difference is carried out, so that what
/// somebody has removed by hand does not come back, and what somebody has added stays.
pub(crate) fn follow(tx: &mut Tx<'_>, call: &CallRow, before: &Due) -> Result<()> {
    let after = due(tx, call.id)?;
    let known: BTreeMap<RecordRef, AssociationReason> = crm::associations::of(tx, call.id.into())?
        .into_iter()
        .map(|row| (if row.from.id == call.id.into() { row.to } else { row.from }, row.reason))
        .collect();
    for record in before.keys().filter(|record| !after.contains_key(record)) {
        if known.get(record).is_some_and(|reason| *reason != AssociationReason::Manual) {
            crm::associations::dissociate(tx, call.id.into(), *record)?;
        }
    }
    for (record, reason) in after.iter().filter(|(record, _)| !before.contains_key(record)) {
        if !known.contains_key(record) {
            crm::associations::associate(tx, call.id.into(), *record, *reason)?;
        }
    }
    Ok(())
}

/// Has the timelines of all records that a call belongs to say of it what is true now.
pub(crate) fn write_timelines(tx: &mut Tx<'_>, call: &CallRow) -> Result<()> {
    for row in crm::associations::of(tx, call.id.into())? {
        let record = if row.from.id == call.id.into() { row.to } else { row.from };
        write_timeline(tx, call, record)?;
    }
    Ok(())
}

/// The same for one record.
pub(crate) fn write_timeline(tx: &mut Tx<'_>, call: &CallRow, record: RecordRef) -> Result<()> {
    let recorded = TimelineEvent::CallRecorded { record: call.id.into() };
    let mut entries = vec![(recorded, call.started_at, call.owner_id)];
    if let Some(at) = transcripts::find(tx, call.id)?.and_then(|row| row.finished_at) {
        entries.push((TimelineEvent::CallTranscribed { record: call.id.into() }, at, None));
    }
    if let Some(note) = notes::find(tx, call.id)?.filter(|note| !note.text.is_empty()) {
        let noted = TimelineEvent::CallNoted { record: call.id.into(), preview: note.preview() };
        entries.push((noted, note.updated_at, note.updated_by));
    }
    crm::timeline::rewrite(tx, record, call.id.0, entries)
}
