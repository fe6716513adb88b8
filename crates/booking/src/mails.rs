//! What people are told by mail about meetings, and what webhooks are told of them. Every mail is a row of the transaction in
//! which what it tells of happened.
//!
//! Map: `about` a meeting with whom it is for; `guests` mails to whoever booked and whom they invite; `hosts` mails to users;
//! `reminders` what is sent before a meeting; `requests` wishes for a meeting, and codes; `letter` the form of a mail; `when`
//! how times are said; `texts` the words; `unreachable` what the owner of a calendar is told that cannot be read.

mod about;
mod guests;
mod hosts;
mod letter;
mod reminders;
mod requests;
mod texts;
mod unreachable;
mod when;

use accounts::webhooks;
use platform::{Result, Tx};
use types::accounts::WebhookEventKind;
use types::booking::MeetingState;

use crate::meetings::Told;
use crate::store::calendars;
use crate::store::meetings::{self, MeetingRow};
use crate::{conferences, view};

pub(crate) use about::{About, Host};
pub use reminders::SendReminder;
pub(crate) use reminders::preview;
pub(crate) use requests::{code, requested};
pub(crate) use unreachable::unreachable;

/// Tells guests and hosts of a meeting what became of it, and webhooks; and has the reminders sent in time. Of a meeting that
/// is over, nobody is told by mail.
pub(crate) fn tell(tx: &mut Tx<'_>, row: &MeetingRow, told: Told) -> Result<()> {
    let about = tx.contact();
    tx.about(row.contact_id);
    tell_webhooks(tx, row, told)?;
    if row.ends_at > tx.now() {
        let meeting = About::of(tx, row)?;
        if reaches_contact(tx, &meeting)? {
            if !conferences::holds_invitation(tx, row)? {
                guests::write(tx, &meeting, told)?;
            }
            if row.state == MeetingState::Booked && told != Told::Changed {
                reminders::plan(tx, row)?;
            }
        }
        hosts::write(tx, &meeting, told)?;
    }
    tx.about(about);
    Ok(())
}

/// Writes to the guests alone: the invitation that has waited for the address of the conference, or that address by itself.
pub(crate) fn invite(tx: &mut Tx<'_>, row: &MeetingRow, told: Told) -> Result<()> {
    if row.ends_at <= tx.now() {
        return Ok(());
    }
    let about = tx.contact();
    tx.about(row.contact_id);
    let meeting = About::of(tx, row)?;
    if reaches_contact(tx, &meeting)? {
        guests::write(tx, &meeting, told)?;
    }
    tx.about(about);
    Ok(())
}

/// Asks the host whether a meeting is called off whose entry somebody deleted in the calendar. Of one that is over, nobody is
/// asked.
pub(crate) fn ask_host(tx: &mut Tx<'_>, row: &MeetingRow) -> Result<()> {
    if row.ends_at <= tx.now() {
        return Ok(());
    }
    let about = tx.contact();
    tx.about(row.contact_id);
    let meeting = About::of(tx, row)?;
    hosts::ask(tx, &meeting)?;
    tx.about(about);
    Ok(())
}

/// Tells webhooks alone.
pub(crate) fn tell_webhooks(tx: &mut Tx<'_>, row: &MeetingRow, told: Told) -> Result<()> {
    let kind = match told {
        Told::Booked | Told::Confirmed => WebhookEventKind::MeetingBooked,
        Told::Asked => WebhookEventKind::MeetingRequested,
        Told::Moved { .. } => WebhookEventKind::MeetingRescheduled,
        Told::Cancelled { .. } | Told::Declined => WebhookEventKind::MeetingCancelled,
        Told::Changed | Told::Linked => return Ok(()),
    };
    let meeting = view::meeting(tx, row.clone())?;
    webhooks::deliver(tx, kind, row.id.0, tx.now(), &meeting, Some(row.contact_id))
}

/// Whether the contact is written to. A meeting that was scheduled from a record stands on the record alone, unless its host
/// has a calendar that it is, or was, written to.
fn reaches_contact(tx: &mut Tx<'_>, meeting: &About<'_>) -> Result<bool> {
    if meeting.row.booking_link_id.is_some() {
        return Ok(true);
    }
    if !meetings::entries(tx, &[meeting.row.id])?.is_empty() {
        return Ok(true);
    }
    match meeting.hosts.first() {
        Some(host) => Ok(calendars::default_of(tx, host.id)?.is_some()),
        None => Ok(false),
    }
}
