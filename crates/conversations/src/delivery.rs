//! What a channel reports of a thread: how far messages came, what the contact did.

use platform::{Error, Result, Tx};
use types::conversations::{ActivityKind, DeliveryState, ThreadStatus};
use types::{Event, MessageId, ThreadId};

use crate::access;
use crate::entries::{self, Author};
use crate::store::messages::MessageRow;
use crate::store::threads::ThreadRow;
use crate::store::{messages, threads};

/// Writes down how far a message to the contact has come; `error` says why it failed.
///
/// # Errors
/// [`Error::NotFound`]; [`Error::Invalid`] for what is no message to the contact.
pub fn mark_delivery(
    tx: &mut Tx<'_>,
    message: MessageId,
    state: DeliveryState,
    error: Option<&str>,
) -> Result<()> {
    let (message, thread) = access::lock_message_to_follow(tx, message)?;
    if message.delivery.is_none() {
        return Err(Error::invalid("message_id", "must name a message to the contact"));
    }
    messages::set_delivery(tx, &message, state, error)?;
    let mut row = (*message).clone();
    row.delivery = Some(state);
    row.delivery_error = error.map(str::to_owned);
    announce(tx, &thread, row)
}

/// Tells how a message is now.
pub(crate) fn announce(tx: &mut Tx<'_>, thread: &ThreadRow, row: MessageRow) -> Result<()> {
    if let Some(message) = entries::messages_to_wire(tx, thread, vec![row])?.pop() {
        tx.emit(thread.subject(), Event::MessageChanged { message: Box::new(message) })?;
    }
    Ok(())
}

/// Writes down up to which numbers entries arrived at the contact and were seen. Lower numbers than before change
/// nothing; numbers that do not exist count as the last one.
///
/// # Errors
/// [`Error::NotFound`] unless the thread is the visitor's own.
pub fn save_receipt(
    tx: &mut Tx<'_>,
    thread: ThreadId,
    delivered_seq: i64,
    read_seq: i64,
) -> Result<ThreadRow> {
    let thread = access::lock_thread_of_visitor(tx, thread)?;
    let mut row = (*thread).clone();
    row.contact_read_seq = row.contact_read_seq.max(read_seq.min(row.last_seq));
    row.contact_delivered_seq =
        row.contact_delivered_seq.max(delivered_seq.min(row.last_seq)).max(row.contact_read_seq);
    if row == *thread {
        return Ok(row);
    }
    threads::write_receipt(tx, &thread, &row)?;
    tx.emit(row.subject(), Event::ThreadChanged { thread: Box::new(row.to_wire()) })?;
    Ok(row)
}

/// Closes a thread because the contact ended it. What the contact writes next starts another thread.
///
/// # Errors
/// [`Error::NotFound`] unless the thread is the visitor's own.
pub fn end_by_contact(tx: &mut Tx<'_>, thread: ThreadId) -> Result<ThreadRow> {
    let thread = access::lock_thread_of_visitor(tx, thread)?;
    if thread.ended_by_contact {
        return Ok(thread.into_inner());
    }
    let author = contact_of(&thread);
    let now = tx.now();
    let activity = entries::activity(ActivityKind::EndedByContact);
    let thread = entries::post_activity(tx, &thread, &author, activity, |row| {
        row.status = ThreadStatus::Closed;
        row.closed_at = row.closed_at.or(Some(now));
        row.ended_by_contact = true;
    })?;
    Ok(thread.into_inner())
}

/// Notes in the thread that the contact has said who it is. Erasing the contact erases the name.
///
/// # Errors
/// [`Error::NotFound`] unless the thread is the visitor's own.
pub fn note_identified(tx: &mut Tx<'_>, thread: ThreadId, name: &str) -> Result<()> {
    let thread = access::lock_thread_of_visitor(tx, thread)?;
    let author = Author::Contact { id: thread.contact_id, name: name.to_owned() };
    entries::post_activity(tx, &thread, &author, entries::activity(ActivityKind::Identified), |_| {})?;
    Ok(())
}

fn contact_of(thread: &ThreadRow) -> Author {
    Author::Contact { id: thread.contact_id, name: thread.contact_name.clone() }
}
