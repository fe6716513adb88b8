//! What reaches visitors: the team's messages, and what changes about their conversation.
//!
//! Comments and activities are never passed on.

use conversations::mark_delivery;
use platform::{Result, Tx};
use types::conversations::{AuthorKind, DeliveryState, Message, MessageKind, Thread};
use types::{Event, ThreadId, VisitorEvent, VisitorId};

use crate::visitors::store::{self, MessageRow, Reach, ThreadRow};
use crate::visitors::view;

/// Passes on what a visitor may know of.
pub(crate) fn on_event(tx: &mut Tx<'_>, event: &Event) -> Result<()> {
    match event {
        Event::MessageCreated { message, thread } => match thread.visitor_id {
            Some(visitor) if is_for_visitor(message) => deliver(tx, visitor, message, thread),
            _ => Ok(()),
        },
        Event::ThreadChanged { thread } => match thread.visitor_id {
            Some(visitor) => show_thread(tx, visitor, thread.id, |_| true),
            None => Ok(()),
        },
        // A visitor sees the furthest that anybody of the team has read.
        Event::ThreadRead { thread_id, seq } => show_read(tx, *thread_id, *seq),
        _ => Ok(()),
    }
}

/// Whether a visitor may see an entry of its thread.
fn is_for_visitor(message: &Message) -> bool {
    match message.kind {
        MessageKind::Message => true,
        MessageKind::Comment | MessageKind::Activity => false,
    }
}

/// Delivers a new message to the visitor's browsers; one of the visitor's own to its other windows.
fn deliver(tx: &mut Tx<'_>, visitor: VisitorId, message: &Message, thread: &Thread) -> Result<()> {
    tx.about(thread.contact_id);
    if message.author != AuthorKind::Contact {
        let failure = match store::reach(tx, visitor)? {
            Reach::Reachable => None,
            Reach::WidgetOff => Some("The chat widget is off or was deleted."),
            Reach::VisitorGone => Some("The visitor has left this conversation for good."),
        };
        let state = if failure.is_some() { DeliveryState::Failed } else { DeliveryState::Sent };
        mark_delivery(tx, message.id, state, failure)?;
        if failure.is_some() {
            return Ok(());
        }
    }
    let Some(row) = store::find_thread(tx, thread.id)? else { return Ok(()) };
    let event = VisitorEvent::MessageCreated {
        message: Box::new(view::message(
            &row,
            MessageRow::from(message.clone()),
            message.attachments.clone(),
        )),
        thread: view::thread(tx, &row)?,
    };
    tx.emit_to_visitor(visitor, event)
}

/// Shows the visitor its conversation as it is now, if that is worth it.
fn show_thread(
    tx: &mut Tx<'_>,
    visitor: VisitorId,
    id: ThreadId,
    is_news: impl FnOnce(&ThreadRow) -> bool,
) -> Result<()> {
    let Some(row) = store::find_thread(tx, id)?.filter(is_news) else { return Ok(()) };
    let thread = view::thread(tx, &row)?;
    tx.emit_to_visitor(visitor, VisitorEvent::ThreadChanged { thread })
}

/// Shows the visitor that the team has read on.
fn show_read(tx: &mut Tx<'_>, id: ThreadId, seq: i64) -> Result<()> {
    let Some(row) = store::find_thread(tx, id)? else { return Ok(()) };
    match row.visitor_id {
        Some(visitor) if row.team_read_seq == seq => {
            let thread = view::thread(tx, &row)?;
            tx.emit_to_visitor(visitor, VisitorEvent::ThreadChanged { thread })
        }
        _ => Ok(()),
    }
}
