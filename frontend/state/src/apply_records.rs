//! How the events of records change what the app knows.

use types::crm::{ObjectKind, RecordRef};
use types::{CompanyId, ContactId, Event};

use crate::booking::contacts_changed;
use crate::{Record, State};

/// Changes the state if the event is about a record or what records are made of; whether it is.
pub(crate) fn apply_records(state: &mut State, event: &Event) -> bool {
    match event {
        Event::ContactChanged { contact } => {
            record_changed(state, Record::Contact((**contact).clone()));
            state.threads.rename_contact(contact.id, contact);
        }
        Event::ContactMerged { from_id, into } => {
            record_gone(state, (*from_id).into());
            record_changed(state, Record::Contact((**into).clone()));
            state.threads.rename_contact(*from_id, into);
            contacts_changed(state);
            state.threads.rename_contact(into.id, into);
        }
        Event::CompanyChanged { company } => record_changed(state, Record::Company(company.clone())),
        Event::CompanyDeleted { company_id } => company_deleted(state, *company_id),
        Event::DealChanged { deal } => record_changed(state, Record::Deal((**deal).clone())),
        Event::DealDeleted { deal_id } => record_gone(state, (*deal_id).into()),
        Event::TicketChanged { ticket } => record_changed(state, Record::Ticket((**ticket).clone())),
        Event::TicketDeleted { ticket_id } => record_gone(state, (*ticket_id).into()),
        Event::RecordRemoved { record } => record_gone(state, *record),
        Event::CallChanged { call_id } => {
            state.calls.change(*call_id);
            state.records.call_changed();
        }
        Event::CallRemoved { call_id } => {
            state.calls.remove(*call_id);
            record_gone(state, (*call_id).into());
        }
        Event::CallNoteChanged { call_id } => state.calls.change_note(*call_id),
        Event::CallCommentsChanged { call_id } => state.calls.change_comments(*call_id),
        Event::ClipChanged { call_id, .. } | Event::ClipRemoved { call_id, .. } => {
            state.calls.change_clips(*call_id);
            state.clips_revision += 1;
        }
        Event::ClipFoldersChanged => state.clips_revision += 1,
        Event::AssociationsChanged { record } => {
            if record.kind == ObjectKind::Call {
                state.records.call_changed();
            }
            *state.records.associations_revisions.entry(*record).or_default() += 1;
        }
        Event::ConsentsChanged { contact_id } => {
            *state.records.consents_revisions.entry(*contact_id).or_default() += 1;
        }
        Event::SubscriptionTypeChanged { .. } => state.records.subscription_types_revision += 1,
        Event::ImportChanged { import } => {
            state.records.take_import((**import).clone());
        }
        other => return setup_changed(state, other),
    }
    true
}

/// What was not fetched yet need not be followed.
fn setup_changed(state: &mut State, event: &Event) -> bool {
    let setup = state.records.setup.as_mut();
    match event {
        Event::PipelineChanged { stages } => {
            if let Some(setup) = setup {
                setup.stages.clone_from(stages);
            }
        }
        Event::TicketStatusesChanged { statuses } => {
            if let Some(setup) = setup {
                setup.statuses.clone_from(statuses);
            }
        }
        Event::PropertyChanged { property } => {
            if let Some(setup) = setup {
                setup.properties.insert(property.id, property.clone());
            }
        }
        Event::SavedViewChanged { view } => {
            if let Some(setup) = setup {
                setup.views.insert(view.id, view.clone());
            }
        }
        Event::SavedViewDeleted { view_id } => {
            if let Some(setup) = setup {
                setup.views.remove(view_id);
            }
        }
        _ => return false,
    }
    true
}

fn record_changed(state: &mut State, now: Record) {
    let before = state.directory.record(now.reference());
    state.directory.insert_record(now.clone());
    state.records.changes += 1;
    state.records.place(before.as_ref(), &now, &state.directory);
}

/// Forgets a record.
pub(crate) fn record_gone(state: &mut State, record: RecordRef) {
    state.directory.remove_record(record);
    state.records.changes += 1;
    state.records.unlist(record);
    state.records.associations_revisions.remove(&record);
    state.records.consents_revisions.remove(&ContactId(record.id.0));
}

/// Nobody works for a company that is gone.
fn company_deleted(state: &mut State, company: CompanyId) {
    record_gone(state, company.into());
    for contact in state.directory.contacts.values_mut().filter(|c| c.company_id == Some(company)) {
        contact.company_id = None;
    }
    state.records.filter_again(&state.directory);
}
