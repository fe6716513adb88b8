//! What follows for booking from events of other slices, in the same transaction.

use db::Json;
use platform::{Result, Tx};
use types::booking::MeetingState;
use types::{ContactId, Event};

use crate::store::{self, meetings, requests};
use crate::{access, conferences, entries, settings, view};

/// Follows an event. What the transaction does afterwards is about whomever it was about before.
pub(crate) fn follow(tx: &mut Tx<'_>, event: &Event) -> Result<()> {
    let about = tx.contact();
    match event {
        Event::ContactMerged { from_id, into } => merged(tx, *from_id, into.id)?,
        Event::ContactErased { contact_id } => erased(tx, *contact_id)?,
        Event::DomainRemoved { name, .. } => settings::require_unused(tx, name)?,
        _ => {}
    }
    tx.about(about);
    Ok(())
}

fn merged(tx: &mut Tx<'_>, from: ContactId, into: ContactId) -> Result<()> {
    requests::move_to(tx, from, into)?;
    for id in meetings::move_to(tx, from, into)? {
        if let Some(row) = meetings::find(tx, id)? {
            view::tell_meeting(tx, &row)?;
        }
    }
    Ok(())
}

/// Meetings stay as times that were taken, without a word of the contact's; those that were still to come are off.
fn erased(tx: &mut Tx<'_>, contact: ContactId) -> Result<()> {
    requests::delete_of(tx, contact)?;
    for locked in access::lock_meetings_of(tx, contact)? {
        let mut row = (*locked).clone();
        let stands = matches!(row.state, MeetingState::Booked | MeetingState::Pending);
        if stands && row.starts_at > tx.now() {
            row.state = MeetingState::Cancelled;
            row.sequence += 1;
            store::claims::delete_of_meeting(tx, row.id)?;
        }
        row.title = String::new();
        row.description = None;
        row.told_description = None;
        row.location = None;
        row.reason = None;
        row.guests = Json(Vec::new());
        row.answers = Json(Vec::new());
        row.contact_time_zone = "UTC".to_owned();
        row.conference_url = None;
        row.booker_name = None;
        row.booker_email = None;
        row.updated_at = tx.now();
        meetings::update(tx, &locked, &row)?;
        entries::forget(tx, &row)?;
        conferences::forget(tx, &row)?;
        view::tell_meeting(tx, &row)?;
    }
    Ok(())
}
